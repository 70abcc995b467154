import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { createHash } from "node:crypto";
import { operatingSystem } from "../../catalog/operating-systems";
import { parameter } from "../../catalog/parameters";
import { workload } from "../../catalog/workloads";
import { renderImageComponent } from "../../host/image-component";
import { hostScript } from "../cluster/host-profile";
import type { KeyServerImageArgs } from "../key-server-image";
import type { Location } from "../location";
import { physicalName } from "../names";
import { hostChoices, softwareOf } from "../server/host-choices";
import { defaultInstanceType } from "../server/instance";
import { defaultArchitecture, defaultOperatingSystem, imageParameter } from "../server/image";
import { createBundle, createBundleBucket } from "../storage/bundles";
import { withName } from "../tags";
import { createBuilderRole } from "./builder-role";
import { createBuildLog } from "./build-log";
import { createLifecycle } from "./lifecycle";

/** The first of each month at 04:00 UTC. */
const defaultSchedule = "cron(0 4 1 * ? *)";
const rootVolumeGibibytes = 20;
const testMinutes = 120;

export interface MadePipeline {
    readonly pipeline: aws.imagebuilder.ImagePipeline;
    readonly recipe: aws.imagebuilder.ImageRecipe;
    readonly builderRole: aws.iam.Role;
    /** Parameter of Systems Manager with the id of the newest image. */
    readonly imageParameterName: string;
}

/** The pipeline with everything that it is made of. */
export function createImagePipeline(
    name: string,
    args: KeyServerImageArgs,
    location: Location,
    parent: pulumi.Resource,
): MadePipeline {
    const { region, tags, disposable = false } = args;
    const system = operatingSystem(args.operatingSystem ?? defaultOperatingSystem);
    const software = softwareOf(workload(args.workload), args);
    const architecture = args.architecture ?? defaultArchitecture;
    const physical = physicalName(name, "imageBuilder");
    const document = renderImageComponent(hostScript(hostChoices(system, software, args)));
    const bucket = createBundleBucket(
        `${name}-build`,
        { secretKeyArn: args.secretKeyArn, disposable, region, tags },
        location,
        parent,
    );
    const bundle = createBundle(`${name}-profile`, document, bucket, { region, tags }, parent);
    // A version is never rebuilt with other content, so the content decides it.
    const version = versionOf(document);
    const component = new aws.imagebuilder.Component(
        name,
        {
            name: physical,
            platform: "Linux",
            version,
            description: `Hardens and audits ${software.title} servers`,
            uri: pulumi.interpolate`s3://${bundle.bucket}/${bundle.key}`,
            kmsKeyId: args.secretKeyArn,
            region,
            tags: withName(tags, name),
        },
        { parent },
    );
    const recipe = new aws.imagebuilder.ImageRecipe(
        name,
        {
            name: physical,
            version,
            description: `${system.title} for ${software.title}`,
            parentImage: `ssm:${imageParameter(args) ?? ""}`,
            components: [{ componentArn: component.arn }],
            blockDeviceMappings: [
                {
                    deviceName: system.rootDevice,
                    ebs: {
                        encrypted: "true",
                        kmsKeyId: args.volumeKeyArn,
                        volumeType: "gp3",
                        volumeSize: rootVolumeGibibytes,
                        deleteOnTermination: "true",
                    },
                },
            ],
            // The agent that is lent to minimal images stays: servers are managed by it.
            systemsManagerAgent: { uninstallAfterBuild: false },
            region,
            tags: withName(tags, name),
        },
        { parent },
    );
    const log = createBuildLog(name, physical, args, parent);
    const builder = createBuilderRole(name, bucket, log, args, location, parent);
    const infrastructure = new aws.imagebuilder.InfrastructureConfiguration(
        name,
        {
            name: physical,
            description: "Builders in a closed network, which no one logs in to",
            instanceProfileName: builder.profile.name,
            instanceTypes: [args.instanceType ?? defaultInstanceType[architecture] ?? ""],
            subnetId: args.subnetId,
            securityGroupIds: [args.endpointClientSecurityGroupId],
            instanceMetadataOptions: {
                httpTokens: "required",
                httpPutResponseHopLimit: parameter("imdsHopLimit").value,
            },
            terminateInstanceOnFailure: true,
            region,
            tags: withName(tags, name),
        },
        { parent, dependsOn: [...builder.policies] },
    );
    const pipeline = new aws.imagebuilder.ImagePipeline(
        name,
        {
            name: physical,
            imageRecipeArn: recipe.arn,
            infrastructureConfigurationArn: infrastructure.arn,
            distributionConfigurationArn: distribution(name, physical, args, location, parent).arn,
            enhancedImageMetadataEnabled: true,
            imageTestsConfiguration: { imageTestsEnabled: true, timeoutMinutes: testMinutes },
            imageScanningConfiguration: { imageScanningEnabled: true },
            schedule: {
                scheduleExpression: args.schedule ?? defaultSchedule,
                pipelineExecutionStartCondition: "EXPRESSION_MATCH_ONLY",
                timezone: "Etc/UTC",
            },
            status: "ENABLED",
            region,
            tags: withName(tags, name),
        },
        { parent, dependsOn: [log] },
    );
    createLifecycle(name, physical, recipe, args, location, parent);
    return {
        pipeline,
        recipe,
        builderRole: builder.role,
        imageParameterName: builtImageParameter(physical),
    };
}

function distribution(
    name: string,
    physical: string,
    args: KeyServerImageArgs,
    location: Location,
    parent: pulumi.Resource,
): aws.imagebuilder.DistributionConfiguration {
    const shared = args.sharedAccountIds ?? [];
    return new aws.imagebuilder.DistributionConfiguration(
        name,
        {
            name: physical,
            distributions: [
                {
                    region: location.region,
                    amiDistributionConfiguration: {
                        name: `${physical}-{{ imagebuilder:buildDate }}`,
                        description: "Hardened and audited image of a key server",
                        kmsKeyId: args.volumeKeyArn,
                        amiTags: { "keyward:image": physical },
                        ...(shared.length === 0 ? {} : { launchPermission: { userIds: shared } }),
                    },
                    ssmParameterConfigurations: [
                        {
                            parameterName: builtImageParameter(physical),
                            dataType: "aws:ec2:image",
                        },
                    ],
                },
            ],
            region: args.region,
            tags: withName(args.tags, name),
        },
        { parent },
    );
}

/** Parameter of Systems Manager with the id of the newest image. Image Builder's own role writes below this path only. */
function builtImageParameter(physical: string): string {
    return `/imagebuilder/${physical}`;
}

/** `1.0.N`, where N is taken from the content's hash and fits what Image Builder allows (below 2^30). */
function versionOf(content: string): string {
    const digits = createHash("sha256").update(content).digest("hex").slice(0, 7);
    return `1.0.${Number.parseInt(digits, 16)}`;
}
