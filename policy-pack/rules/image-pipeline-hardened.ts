import { TypeToken } from "../../aws/type-tokens";
import { formatPath, type PropertyPath } from "../graph/peek";
import type { RegisteredResource } from "../graph/resource";
import { demandCustomerKey, keyReads } from "../reading/keys";
import { failed, settle, undecided } from "../reading/observations";
import { longestGapHours } from "../reading/schedules";
import { readBoolean, readElements, readText, show } from "../reading/values";
import type { Observation, Rule, RuleContext } from "./rule";

/** A year and a month: a schedule that names single months shows its longest pause in it. */
const checkedDays = 400;

type Judge = (context: RuleContext, resource: RegisteredResource) => readonly Observation[];

const judges: Readonly<Record<string, Judge>> = {
    [TypeToken.ImageRecipe]: (context, recipe) => [
        ...judgeVolumes(context, recipe),
        ...judgeComponents(context, recipe),
    ],
    [TypeToken.ContainerRecipe]: (context, recipe) => judgeComponents(context, recipe),
    [TypeToken.ImagePipeline]: (context, pipeline) => [
        ...judgeSchedule(context, pipeline),
        ...judgeScanning(pipeline),
    ],
    [TypeToken.InfrastructureConfiguration]: (_, builders) => judgeBuilders(builders),
};

/** Image recipes encrypt and pin what they use; pipelines run regularly and scan; builders require IMDSv2 and take no logins. */
export const imagePipelineHardened: Rule = {
    name: "image-pipeline-hardened",
    reads: [...Object.keys(judges), ...keyReads],
    *judge(context) {
        for (const [type, judge] of Object.entries(judges)) {
            for (const resource of context.graph.ofType(type)) {
                if (context.scope.includes(resource)) {
                    yield* settle(resource, judge(context, resource));
                }
            }
        }
    },
};

function judgeVolumes({ graph }: RuleContext, recipe: RegisteredResource): readonly Observation[] {
    const path = ["blockDeviceMappings"];
    const list = readElements(recipe.properties, path);
    if (list.kind !== "known") {
        return [
            list.kind === "open"
                ? undecided(recipe, path, `blockDeviceMappings ${list.why}`)
                : failed(
                      recipe,
                      path,
                      "blockDeviceMappings is not set, so the image is as unencrypted as its parent",
                  ),
        ];
    }
    return list.value.flatMap((element): readonly Observation[] => {
        const encryptedPath = [...element, "ebs", "encrypted"];
        const place = formatPath(encryptedPath);
        const encrypted = readBoolean(recipe.properties, encryptedPath);
        if (encrypted.kind === "open") {
            return [undecided(recipe, encryptedPath, `${place} ${encrypted.why}`)];
        }
        if (encrypted.kind === "absent" || !encrypted.value) {
            const found = encrypted.kind === "absent" ? "is not set" : "is false";
            return [
                failed(recipe, encryptedPath, `${place} ${found}, so the image is not encrypted`),
            ];
        }
        return demandCustomerKey(graph, recipe, [...element, "ebs", "kmsKeyId"]);
    });
}

/** An ARN that ends in `x.x.x` takes whatever version is newest; a component of this stack is one version. */
function judgeComponents(
    { graph }: RuleContext,
    recipe: RegisteredResource,
): readonly Observation[] {
    const list = readElements(recipe.properties, ["components"]);
    if (list.kind === "open") {
        return [undecided(recipe, ["components"], `components ${list.why}`)];
    }
    return (list.kind === "known" ? list.value : []).flatMap((element) => {
        const path = [...element, "componentArn"];
        const own = graph.reference(recipe, path, ["aws:imagebuilder/component:Component"]);
        const arn = readText(recipe.properties, path);
        if (own.kind === "resources") {
            return [];
        }
        if (arn.kind !== "known") {
            return arn.kind === "open"
                ? [undecided(recipe, path, `${formatPath(path)} ${arn.why}`)]
                : [];
        }
        return /\/\d+\.\d+\.\d+(?:\/\d+)?$/.test(arn.value)
            ? []
            : [
                  failed(
                      recipe,
                      path,
                      `${formatPath(path)} is ${show(arn.value)}, which names no version: the newest one runs as root`,
                      arn.value,
                  ),
              ];
    });
}

function judgeSchedule(context: RuleContext, pipeline: RegisteredResource): readonly Observation[] {
    const most = context.parameter<number>("imageBuildIntervalDays");
    const status = readText(pipeline.properties, ["status"]);
    if (status.kind !== "absent" && !(status.kind === "known" && status.value === "ENABLED")) {
        const path = ["status"];
        return [
            status.kind === "open"
                ? undecided(pipeline, path, `status ${status.why}`)
                : failed(pipeline, path, `status is ${show(status.value)}, so no image is built`),
        ];
    }
    const path: PropertyPath = ["schedule", "scheduleExpression"];
    const text = readText(pipeline.properties, path);
    if (text.kind !== "known") {
        return [
            text.kind === "open"
                ? undecided(pipeline, path, `schedule ${text.why}`)
                : failed(
                      pipeline,
                      ["schedule"],
                      "schedule is not set, so images are built by hand",
                  ),
        ];
    }
    try {
        // A month has up to 31 days, and a monthly schedule is one of thirty days to whoever writes it.
        const days = longestGapHours(text.value, context.asOf, checkedDays) / 24;
        return days <= most + 1
            ? []
            : [
                  failed(
                      pipeline,
                      path,
                      `schedule ${text.value} leaves more than ${most} days between two images`,
                  ),
              ];
    } catch (error) {
        return [failed(pipeline, path, `schedule cannot be read: ${(error as Error).message}`)];
    }
}

function judgeScanning(pipeline: RegisteredResource): readonly Observation[] {
    const path = ["imageScanningConfiguration", "imageScanningEnabled"];
    const scanning = readBoolean(pipeline.properties, path);
    return scanning.kind === "open"
        ? [undecided(pipeline, path, `${formatPath(path)} ${scanning.why}`)]
        : scanning.kind === "known" && scanning.value
          ? []
          : [
                failed(
                    pipeline,
                    path,
                    `${formatPath(path)} is not on, so holes of the image are found on servers only`,
                ),
            ];
}

function judgeBuilders(builders: RegisteredResource): readonly Observation[] {
    const path = ["instanceMetadataOptions", "httpTokens"];
    const tokens = readText(builders.properties, path);
    const keyPair = readText(builders.properties, ["keyPair"]);
    const found: Observation[] = [];
    if (tokens.kind === "open") {
        found.push(undecided(builders, path, `${formatPath(path)} ${tokens.why}`));
    } else if (tokens.kind === "absent" || tokens.value !== "required") {
        found.push(
            failed(
                builders,
                path,
                `${formatPath(path)} is ${tokens.kind === "known" ? show(tokens.value) : "not set"}: builders must require IMDSv2`,
            ),
        );
    }
    if (keyPair.kind !== "absent") {
        found.push(
            keyPair.kind === "open"
                ? undecided(builders, ["keyPair"], `keyPair ${keyPair.why}`)
                : failed(builders, ["keyPair"], "keyPair is set, so people may log in to builders"),
        );
    }
    return found;
}
