import type * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { createImagePipeline } from "./image/pipeline";
import { validateKeyServerImageArgs } from "./image/validate";
import { findLocation } from "./location";
import { permissionsBoundary } from "./permissions-boundary";
import { refuse } from "./validation/refuse";
import { problemsOfRegion, regionOf } from "./validation/region";

/** Arguments of `KeyServerImage`. */
export interface KeyServerImageArgs {
    /** Id of the key-management software that the servers will run; it decides the host profile. */
    workload: string;
    /** Account of software that Keyward does not know (`custom`, `cloudhsm-client`), never root; required with them. */
    workloadUser?: string;
    /** systemd unit of such software, such as `kms.service`; required with it. */
    workloadUnit?: string;
    /** TCP ports that clients reach besides those of the software. Defaults to none. */
    servicePorts?: number[];
    /** Id of the operating system: `amazon-linux-2023` or `ubuntu-24.04`; EC2 Image Builder has no Debian. Defaults to `amazon-linux-2023`. */
    operatingSystem?: string;
    /** Architecture of the image, `x86_64` or `arm64`. Defaults to `x86_64`. */
    architecture?: string;
    /** Id of a private subnet with the endpoint `imagebuilder`, where builders run. */
    subnetId: pulumi.Input<string>;
    /** Id of the security group that lets builders reach the VPC endpoints and Amazon S3, and nothing else. */
    endpointClientSecurityGroupId: pulumi.Input<string>;
    /** ARN of the key that encrypts the image and the builders' volumes. */
    volumeKeyArn: pulumi.Input<string>;
    /** ARN of the key that encrypts the log of builds. */
    logKeyArn: pulumi.Input<string>;
    /** ARN of the key that encrypts the scripts of the build in Amazon S3. */
    secretKeyArn: pulumi.Input<string>;
    /** Instance type of builders; it must have the architecture. Defaults to `m7i.large`, or `m7g.large` on `arm64`. */
    instanceType?: string;
    /** Cron expression of builds, of six fields. Defaults to the first of each month at 04:00 UTC, `cron(0 4 1 * ? *)`. */
    schedule?: string;
    /** Images that are kept; older ones are deleted with their snapshots. Defaults to 6. */
    keptImages?: number;
    /** Accounts that may start servers from the image; the policy of `volumeKeyArn` must admit them, that of `KeyServerEncryption` does not. Defaults to this account alone. */
    sharedAccountIds?: string[];
    /** Whether everything can be destroyed; for development stacks. Defaults to false. */
    disposable?: boolean;
    /** ARN of an IAM policy that bounds what the roles of builders and of clearing away images can ever do. Defaults to a new one that allows what they need. */
    permissionsBoundaryArn?: pulumi.Input<string>;
    /** Region of every child. Defaults to the provider's. */
    region?: pulumi.Input<string>;
    /** Tags of every child. */
    tags?: pulumi.Input<Record<string, pulumi.Input<string>>>;
}

/**
 * A pipeline of EC2 Image Builder for key servers: from a minimal parent image, hardened by the host profile, audited on the builder and
 * again on a server that was started from the image, encrypted, scanned, kept for a while. What fails an audit becomes no image.
 */
export class KeyServerImage extends pulumi.ComponentResource {
    /** ARN of the pipeline; starting it makes an image. */
    public readonly pipelineArn: pulumi.Output<string>;
    /** Parameter of Systems Manager with the id of the newest image, for `imageParameterName` of servers; it exists after the first build. */
    public readonly imageParameterName: pulumi.Output<string>;
    /** The pipeline. */
    public readonly pipeline: aws.imagebuilder.ImagePipeline;
    /** The recipe. */
    public readonly recipe: aws.imagebuilder.ImageRecipe;
    /** The role of builders. */
    public readonly builderRole: aws.iam.Role;

    public constructor(
        name: string,
        args: KeyServerImageArgs,
        opts?: pulumi.ComponentResourceOptions,
    ) {
        refuse("KeyServerImage", name, [
            ...validateKeyServerImageArgs(args),
            ...problemsOfRegion(regionOf(args.region, opts)),
        ]);
        super("keyward:index:KeyServerImage", name, args, opts);
        const permissionsBoundaryArn = permissionsBoundary(`${name}-image`, args, this);
        const made = createImagePipeline(
            name,
            { ...args, permissionsBoundaryArn },
            findLocation(this, args.region),
            this,
        );
        this.pipeline = made.pipeline;
        this.pipelineArn = made.pipeline.arn;
        this.imageParameterName = pulumi.output(made.imageParameterName);
        this.recipe = made.recipe;
        this.builderRole = made.builderRole;
        this.registerOutputs({
            pipelineArn: this.pipelineArn,
            imageParameterName: this.imageParameterName,
            pipeline: this.pipeline,
            recipe: this.recipe,
            builderRole: this.builderRole,
        });
    }
}
