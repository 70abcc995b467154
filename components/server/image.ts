import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { operatingSystem, OperatingSystemId } from "../../catalog/operating-systems";
import type { KeyServerArgs } from "../key-server";
import { show } from "../validation/problems";

/** Processor architectures that EC2 and the images offer. */
export type Architecture = "x86_64" | "arm64";

export const defaultOperatingSystem: string = OperatingSystemId.AmazonLinux2023;
export const defaultArchitecture: Architecture = "x86_64";

export interface Image {
    readonly id: pulumi.Output<string>;
    /** The same id, once the image was found to have the architecture; rejected otherwise, and unknown where nobody could be asked. */
    readonly checkedId: pulumi.Output<string>;
    /** SSM parameter, or "" for an image given by id. */
    readonly parameter: pulumi.Input<string>;
}

/** The image given by id, the newest of a pipeline, or the newest public one of the operating system. */
export function resolveImage(name: string, args: KeyServerArgs, parent: pulumi.Resource): Image {
    if (args.imageId !== undefined) {
        const id = pulumi.output(args.imageId);
        return { id, checkedId: checkArchitecture(name, id, args, parent), parameter: "" };
    }
    const parameter = args.imageParameterName ?? imageParameter(args) ?? "";
    const found = aws.ssm.getParameterOutput({ name: parameter, region: args.region }, { parent });
    // AWS marks public image parameters as plain text, the SDK every parameter's value as a secret.
    const id = pulumi.unsecret(found.value);
    return { id, checkedId: id, parameter };
}

/** Asks EC2 for the image: one of another architecture is refused at preview, before EC2 would refuse to start it. */
function checkArchitecture(
    name: string,
    id: pulumi.Output<string>,
    { architecture = defaultArchitecture, region }: KeyServerArgs,
    parent: pulumi.Resource,
): pulumi.Output<string> {
    const found = aws.ec2.getAmiOutput(
        { filters: [{ name: "image-id", values: [id] }], includeDeprecated: true, region },
        { parent },
    );
    return pulumi.all([id, found.architecture]).apply(([imageId, has]) => {
        if (has !== architecture) {
            // The engine shows the message alone, so it names the property itself.
            throw new pulumi.ResourceError(
                `KeyServer "${name}" refuses imageId: it must be an image of architecture ${architecture}, got ${show(imageId)}, which has ${has}; change it or the architecture`,
                parent,
            );
        }
        return imageId;
    });
}

/** SSM public parameter of the image that the arguments ask for; undefined where AWS has none. */
export function imageParameter({
    operatingSystem: id = defaultOperatingSystem,
    architecture = defaultArchitecture,
}: Pick<KeyServerArgs, "operatingSystem" | "architecture">): string | undefined {
    const { imageParameters } = operatingSystem(id);
    return isArchitecture(architecture) ? imageParameters[architecture] : undefined;
}

function isArchitecture(name: string): name is Architecture {
    return name === "x86_64" || name === "arm64";
}
