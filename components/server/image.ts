import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { operatingSystem, OperatingSystemId } from "../../catalog/operating-systems";
import type { KeyServerArgs } from "../key-server";

/** Processor architectures that EC2 and the images offer. */
export type Architecture = "x86_64" | "arm64";

export const defaultOperatingSystem: string = OperatingSystemId.AmazonLinux2023;
export const defaultArchitecture: Architecture = "x86_64";

export interface Image {
    readonly id: pulumi.Output<string>;
    /** SSM public parameter, or "" for an image given by id. */
    readonly parameter: string;
}

/** The image given by id, or the newest public one of the operating system. */
export function resolveImage(args: KeyServerArgs, parent: pulumi.Resource): Image {
    if (args.imageId !== undefined) {
        return { id: pulumi.output(args.imageId), parameter: "" };
    }
    const parameter = imageParameter(args) ?? "";
    const found = aws.ssm.getParameterOutput({ name: parameter, region: args.region }, { parent });
    // AWS marks public image parameters as plain text, the SDK every parameter's value as a secret.
    return { id: pulumi.unsecret(found.value), parameter };
}

/** SSM public parameter of the image that the arguments ask for; undefined where AWS has none. */
export function imageParameter({
    operatingSystem: id = defaultOperatingSystem,
    architecture = defaultArchitecture,
}: Pick<KeyServerArgs, "operatingSystem" | "architecture">): string | undefined {
    const { imageParameters } = operatingSystem(id);
    return isArchitecture(architecture) ? imageParameters[architecture] : undefined;
}

export function isArchitecture(name: string): name is Architecture {
    return name === "x86_64" || name === "arm64";
}
