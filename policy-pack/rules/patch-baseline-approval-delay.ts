import { TypeToken } from "../../aws/type-tokens";
import { formatPath, type PropertyPath } from "../graph/peek";
import type { RegisteredResource } from "../graph/resource";
import { coversSeverity } from "../patch-plan/approval-delay";
import { readDate } from "../patch-plan/read-window";
import { failed, settle, undecided } from "../reading/observations";
import { readElements, readNumber, readText } from "../reading/values";
import type { Observation, Rule } from "./rule";

/** Systems of which Patch Manager knows no release dates. Source: the SSM API, PatchRule. */
const undatedSystems = new Set(["DEBIAN", "UBUNTU", "RASPBIAN"]);

interface Limits {
    readonly criticalDays: number;
    readonly days: number;
    readonly asOf: Date;
}

/** Approval rules approve critical patches within the shorter wait, others within the longer one, and by no date that has passed. */
export const patchBaselineApprovalDelay: Rule = {
    name: "patch-baseline-approval-delay",
    reads: [TypeToken.PatchBaseline],
    *judge(context) {
        const limits: Limits = {
            criticalDays: context.parameter<number>("patchCriticalApprovalDelayDays"),
            days: context.parameter<number>("patchApprovalDelayDays"),
            asOf: context.asOf,
        };
        for (const baseline of context.graph.ofType(TypeToken.PatchBaseline)) {
            if (context.scope.includes(baseline)) {
                yield* settle(baseline, judgeBaseline(baseline, limits));
            }
        }
    },
    remediate: (resource, context) => {
        const rules = readElements(resource.properties, ["approvalRules"]);
        if (resource.type !== TypeToken.PatchBaseline || rules.kind !== "known") {
            return [];
        }
        const limits = {
            criticalDays: context.parameter<number>("patchCriticalApprovalDelayDays"),
            days: context.parameter<number>("patchApprovalDelayDays"),
        };
        return rules.value.flatMap((rule) => {
            const path = [...rule, "approveAfterDays"];
            const days = readNumber(resource.properties, path);
            const most = mostDays(resource, rule, limits);
            return days.kind === "known" && days.value > most ? [{ path, value: most }] : [];
        });
    },
};

/** Longest wait that a rule may set. */
function mostDays(
    baseline: RegisteredResource,
    rule: PropertyPath,
    { criticalDays, days }: Pick<Limits, "criticalDays" | "days">,
): number {
    const system = readText(baseline.properties, ["operatingSystem"]);
    if (system.kind === "known" && undatedSystems.has(system.value)) {
        return 0;
    }
    return coversSeverity(baseline, rule, "Critical") ? criticalDays : days;
}

function judgeBaseline(baseline: RegisteredResource, limits: Limits): readonly Observation[] {
    const rules = readElements(baseline.properties, ["approvalRules"]);
    if (rules.kind !== "known") {
        return rules.kind === "open"
            ? [undecided(baseline, ["approvalRules"], `approvalRules ${rules.why}`)]
            : [];
    }
    const system = readText(baseline.properties, ["operatingSystem"]);
    const undated = system.kind === "known" && undatedSystems.has(system.value);
    return rules.value.flatMap((rule) =>
        undated ? judgeUndated(baseline, rule) : judgeRule(baseline, rule, limits),
    );
}

function judgeUndated(baseline: RegisteredResource, rule: PropertyPath): readonly Observation[] {
    const days = readNumber(baseline.properties, [...rule, "approveAfterDays"]);
    const until = readText(baseline.properties, [...rule, "approveUntilDate"]);
    const why = "this system's patches have no release date, so a wait is not kept";
    return [
        ...(days.kind === "known" && days.value !== 0
            ? [
                  failed(
                      baseline,
                      [...rule, "approveAfterDays"],
                      `${formatPath(rule)}.approveAfterDays is ${days.value}: ${why}`,
                  ),
              ]
            : []),
        ...(until.kind === "known"
            ? [
                  failed(
                      baseline,
                      [...rule, "approveUntilDate"],
                      `${formatPath(rule)}.approveUntilDate is set: ${why}`,
                  ),
              ]
            : []),
        ...[days, until].flatMap((reading) =>
            reading.kind === "open"
                ? [undecided(baseline, rule, `the wait of ${formatPath(rule)} ${reading.why}`)]
                : [],
        ),
    ];
}

function judgeRule(
    baseline: RegisteredResource,
    rule: PropertyPath,
    limits: Limits,
): readonly Observation[] {
    const path = [...rule, "approveAfterDays"];
    const days = readNumber(baseline.properties, path);
    if (days.kind === "open") {
        return [undecided(baseline, path, `${formatPath(path)} ${days.why}`)];
    }
    if (days.kind === "absent") {
        return judgeDate(baseline, [...rule, "approveUntilDate"], limits.asOf);
    }
    const critical = coversSeverity(baseline, rule, "Critical");
    const limit = mostDays(baseline, rule, limits);
    return days.value <= limit
        ? []
        : [
              failed(
                  baseline,
                  path,
                  `${formatPath(path)} is ${days.value}: ${critical ? "critical patches" : "patches"} must be approved within ${limit} days`,
              ),
          ];
}

function judgeDate(
    baseline: RegisteredResource,
    path: PropertyPath,
    asOf: Date,
): readonly Observation[] {
    const date = readDate(baseline.properties, path);
    const place = formatPath(path);
    if (date.kind === "open") {
        return [undecided(baseline, path, `${place} ${date.why}`)];
    }
    if (date.kind === "absent") {
        return [
            failed(
                baseline,
                path,
                `${place} and approveAfterDays are not set: nothing says when patches are approved`,
            ),
        ];
    }
    return date.value < asOf
        ? [
              failed(
                  baseline,
                  path,
                  `${place} is ${date.value.toISOString().slice(0, 10)}, which has passed: newer patches are never approved`,
              ),
          ]
        : [];
}
