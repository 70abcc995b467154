import { TypeToken } from "../../aws/type-tokens";
import type { RegisteredResource } from "../graph/resource";
import { servesKeyServers } from "../graph/scope";
import type { Observation, RuleContext } from "../rules/rule";
import { failed, undecided } from "./observations";
import { longestGapHours } from "./schedules";
import { readBoolean, readNumber, readText } from "./values";

/** Whether a secret is renewed, where key servers need it, and often enough where it is: reads the parameter `secretRotationDays`. */
export function judgeRotation(
    context: RuleContext,
    secret: RegisteredResource,
): readonly Observation[] {
    const { graph } = context;
    const rotations = graph.ofType(TypeToken.SecretRotation);
    const own = rotations.filter((rotation) =>
        graph.reference(rotation, ["secretId"], [TypeToken.Secret]).resources.includes(secret),
    );
    const [doubtful] = rotations.filter(
        (rotation) =>
            graph.reference(rotation, ["secretId"], [TypeToken.Secret]).kind === "unknown",
    );
    if (own.length === 0) {
        if (!servesKeyServers(context.scope, secret)) {
            return [];
        }
        return [
            doubtful === undefined
                ? failed(secret, [], "no rotation renews the secret", "rotation")
                : undecided(
                      secret,
                      [],
                      "whether a rotation of this stack renews the secret is not known",
                      "rotation",
                  ),
        ];
    }
    return own.flatMap((rotation) => judgeInterval(context, rotation));
}

function judgeInterval(context: RuleContext, rotation: RegisteredResource): readonly Observation[] {
    const most = context.parameter<number>("secretRotationDays");
    const enabled = readBoolean(rotation.properties, ["rotationEnabled"]);
    if (enabled.kind === "open" || (enabled.kind === "known" && !enabled.value)) {
        const path = ["rotationEnabled"];
        return [
            enabled.kind === "open"
                ? undecided(rotation, path, `rotationEnabled ${enabled.why}`)
                : failed(
                      rotation,
                      path,
                      "rotationEnabled is false, so the secret is never renewed",
                  ),
        ];
    }
    const daysPath = ["rotationRules", "automaticallyAfterDays"];
    const schedulePath = ["rotationRules", "scheduleExpression"];
    const days = readNumber(rotation.properties, daysPath);
    const schedule = readText(rotation.properties, schedulePath);
    if (days.kind === "open") {
        return [undecided(rotation, daysPath, `automaticallyAfterDays ${days.why}`)];
    }
    if (days.kind === "known") {
        return days.value <= most
            ? []
            : [
                  failed(
                      rotation,
                      daysPath,
                      `automaticallyAfterDays is ${days.value}, a secret may be ${most} days old`,
                  ),
              ];
    }
    if (schedule.kind !== "known") {
        return schedule.kind === "open"
            ? [undecided(rotation, schedulePath, `scheduleExpression ${schedule.why}`)]
            : [failed(rotation, ["rotationRules"], "rotationRules names no interval")];
    }
    try {
        const gap = longestGapHours(schedule.value, context.asOf, most + 1) / 24;
        return gap <= most
            ? []
            : [
                  failed(
                      rotation,
                      schedulePath,
                      `scheduleExpression ${schedule.value} leaves more than ${most} days between rotations`,
                  ),
              ];
    } catch (error) {
        return [
            failed(
                rotation,
                schedulePath,
                `scheduleExpression cannot be read: ${(error as Error).message}`,
            ),
        ];
    }
}
