import assert from "node:assert/strict";
import { imagePipelineHardened as rule } from "../../../policy-pack/rules/image-pipeline-hardened";
import { resource, unknown, verdicts } from "../../support/graph";

type Properties = Readonly<Record<string, unknown>>;
const ebs = { encrypted: "true", kmsKeyId: "alias/volumes" };
const pinned = "arn:aws:imagebuilder:eu-central-1:aws:component/update-linux/1.0.2/1";
const floating = "arn:aws:imagebuilder:eu-central-1:aws:component/update-linux/x.x.x";
const recipe = (changes: Properties) =>
    resource("aws:imagebuilder/imageRecipe:ImageRecipe", "recipe", {
        blockDeviceMappings: [{ ebs }],
        components: [{ componentArn: pinned }],
        ...changes,
    });
const pipeline = (changes: Properties) =>
    resource("aws:imagebuilder/imagePipeline:ImagePipeline", "pipeline", {
        schedule: { scheduleExpression: "cron(0 4 1 * ? *)" },
        imageScanningConfiguration: { imageScanningEnabled: true },
        ...changes,
    });
const builders = (changes: Properties) =>
    resource(
        "aws:imagebuilder/infrastructureConfiguration:InfrastructureConfiguration",
        "builders",
        {
            instanceMetadataOptions: { httpTokens: "required" },
            ...changes,
        },
    );

describe("image-pipeline-hardened", () => {
    for (const [title, subject, expected] of [
        ["passes a recipe that encrypts and pins", recipe({}), "pass recipe"],
        [
            "fails a recipe without volumes",
            recipe({ blockDeviceMappings: undefined }),
            "fail recipe blockDeviceMappings",
        ],
        [
            "fails the last volume in the clear",
            recipe({ blockDeviceMappings: [{ ebs }, { ebs: {} }] }),
            "fail recipe blockDeviceMappings[1].ebs.encrypted",
        ],
        [
            "fails a key of AWS",
            recipe({ blockDeviceMappings: [{ ebs: { encrypted: true } }] }),
            "fail recipe blockDeviceMappings[0].ebs.kmsKeyId",
        ],
        [
            "is indeterminate for unknown volumes",
            recipe({ blockDeviceMappings: unknown }),
            "indeterminate recipe blockDeviceMappings",
        ],
        [
            "is indeterminate for the first volume",
            recipe({ blockDeviceMappings: [{ ebs: { ...ebs, encrypted: unknown } }, { ebs }] }),
            "indeterminate recipe blockDeviceMappings[0].ebs.encrypted",
        ],
        [
            "is indeterminate for an unknown key",
            recipe({ blockDeviceMappings: [{ ebs: { ...ebs, kmsKeyId: unknown } }] }),
            "indeterminate recipe blockDeviceMappings[0].ebs.kmsKeyId",
        ],
        [
            "fails a component of any version",
            recipe({ components: [{ componentArn: pinned }, { componentArn: floating }] }),
            "fail recipe components[1].componentArn",
        ],
        [
            "is indeterminate for an unknown component",
            recipe({ components: [{ componentArn: unknown }, { componentArn: pinned }] }),
            "indeterminate recipe components[0].componentArn",
        ],
        ["passes a monthly pipeline that scans", pipeline({}), "pass pipeline"],
        ["fails a pipeline that is off", pipeline({ status: "DISABLED" }), "fail pipeline status"],
        [
            "is indeterminate for an unknown status",
            pipeline({ status: unknown }),
            "indeterminate pipeline status",
        ],
        [
            "fails a pipeline without schedule",
            pipeline({ schedule: undefined }),
            "fail pipeline schedule",
        ],
        [
            "fails a pipeline twice a year",
            pipeline({ schedule: { scheduleExpression: "cron(0 4 1 1,7 ? *)" } }),
            "fail pipeline schedule.scheduleExpression",
        ],
        [
            "is indeterminate for an unknown schedule",
            pipeline({ schedule: { scheduleExpression: unknown } }),
            "indeterminate pipeline schedule.scheduleExpression",
        ],
        [
            "fails a pipeline that does not scan",
            pipeline({ imageScanningConfiguration: undefined }),
            "fail pipeline imageScanningConfiguration.imageScanningEnabled",
        ],
        [
            "is indeterminate for unknown scanning",
            pipeline({ imageScanningConfiguration: { imageScanningEnabled: unknown } }),
            "indeterminate pipeline imageScanningConfiguration.imageScanningEnabled",
        ],
        ["passes builders that require IMDSv2", builders({}), "pass builders"],
        [
            "fails builders that do not",
            builders({ instanceMetadataOptions: undefined }),
            "fail builders instanceMetadataOptions.httpTokens",
        ],
        [
            "is indeterminate for unknown tokens",
            builders({ instanceMetadataOptions: { httpTokens: unknown } }),
            "indeterminate builders instanceMetadataOptions.httpTokens",
        ],
        [
            "fails builders that people log in to",
            builders({ keyPair: "operators" }),
            "fail builders keyPair",
        ],
        [
            "is indeterminate for an unknown key pair",
            builders({ keyPair: unknown }),
            "indeterminate builders keyPair",
        ],
    ] as const) {
        it(title, () => {
            assert.deepEqual(verdicts(rule, [subject]), [expected]);
        });
    }
});
