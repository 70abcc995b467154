import { formatPath } from "../graph/peek";
import type { RegisteredResource } from "../graph/resource";
import { isAttested } from "../reading/attestations";
import { bucketParts } from "../reading/buckets";
import { chain, label } from "../reading/labels";
import {
    logBucketReads,
    logBucketsInScope,
    openSendersOf,
    type CopyTarget,
    type LogBucket,
} from "../reading/log-buckets";
import { failed, passed, undecided } from "../reading/observations";
import { readBoolean, readElements, readNumber, readText } from "../reading/values";
import type { Observation, Rule, RuleContext } from "./rule";

const daysPerYear = 365;

/**
 * Logs end in a bucket that is locked in compliance mode. A bucket that copies to such a one is a landing place and need not be locked
 * itself: AWS documents no direct delivery into locked buckets.
 */
export const logBucketWorm: Rule = {
    name: "log-bucket-worm",
    reads: logBucketReads,
    *judge(context) {
        for (const { sender, path } of openSendersOf(context.graph)) {
            if (context.scope.includes(sender)) {
                const message = `${formatPath(path)} is not known before deployment, so whether the logs can be removed is not either`;
                yield undecided(sender, path, message);
            }
        }
        for (const log of logBucketsInScope(context)) {
            const found = [
                ...judgeVersioning(context, log),
                ...(log.copies.length > 0
                    ? log.copies.flatMap((copy) => judgeCopy(context, copy))
                    : [
                          ...judgeLock(context, log),
                          ...judgeSurvival(log),
                          ...judgeLifecycle(context, log),
                      ]),
            ];
            yield* found.length > 0 ? found : [passed(log.bucket)];
        }
    },
};

function judgeCopy(context: RuleContext, copy: CopyTarget): readonly Observation[] {
    const { rule, path, kind, name } = copy;
    if (kind === "resources") {
        return judgeSelection(copy);
    }
    if (kind === "foreign" && isAttested(context, `archive-locked/${name}`)) {
        return [];
    }
    return [
        undecided(
            rule,
            path,
            kind === "foreign"
                ? `logs are copied to ${name}, which is not in this stack: whether it is locked is not known, and the configuration does not attest "archive-locked/${name}"`
                : "it is not known before deployment where logs are copied to",
        ),
    ];
}

/** Logs are encrypted under a key of AWS KMS (log-bucket-access), and S3 copies such objects only where a rule says so. */
function judgeSelection({ rule, path }: CopyTarget): readonly Observation[] {
    const place = [
        ...path.slice(0, -2),
        ...["sourceSelectionCriteria", "sseKmsEncryptedObjects", "status"],
    ];
    const status = readText(rule.properties, place);
    if (status.kind === "open") {
        return [undecided(rule, place, `${formatPath(place)} ${status.why}`)];
    }
    return status.kind === "known" && status.value === "Enabled"
        ? []
        : [
              failed(
                  rule,
                  place,
                  `${formatPath(place)} is not "Enabled": objects under a key of AWS KMS, as logs are, are not copied`,
              ),
          ];
}

function judgeVersioning({ graph }: RuleContext, log: LogBucket): readonly Observation[] {
    const { bucket } = log;
    const settings = bucketParts(graph, bucket, "versioning").map((part) =>
        readText(part.properties, ["versioningConfiguration", "status"]),
    );
    const inline = readBoolean(bucket.properties, ["versioning", "enabled"]);
    if (
        settings.some((status) => status.kind === "known" && status.value === "Enabled") ||
        (settings.length === 0 && inline.kind === "known" && inline.value)
    ) {
        return [];
    }
    const open = [...settings, inline].find(({ kind }) => kind === "open");
    const message = `${describe(log)}: versioning`;
    return open?.kind === "open"
        ? [undecided(bucket, ["versioning"], `${message} ${open.why}`)]
        : [failed(bucket, ["versioning"], `${message} is not on, so an object can be replaced`)];
}

function judgeLock(context: RuleContext, log: LogBucket): readonly Observation[] {
    const { bucket } = log;
    const required = context.parameter<number>("archiveRetentionDays");
    const places = [
        ...bucketParts(context.graph, bucket, "objectLock").map((part) => ({
            properties: part.properties,
            resource: part,
            path: ["rule", "defaultRetention"],
        })),
        {
            properties: bucket.properties,
            resource: bucket,
            path: ["objectLockConfiguration", "rule", "defaultRetention"],
        },
    ];
    const found = places.map(({ properties, resource, path }) => {
        const mode = readText(properties, [...path, "mode"]);
        const days = readNumber(properties, [...path, "days"]);
        const years = readNumber(properties, [...path, "years"]);
        return { resource, path, mode, days, years };
    });
    const set = found.find(({ mode }) => mode.kind !== "absent");
    if (set === undefined) {
        return [
            failed(
                bucket,
                ["objectLockConfiguration"],
                `${describe(log)}: no default retention is set, so whoever may delete objects can remove the log`,
            ),
        ];
    }
    const { resource, path, mode, days, years } = set;
    const open = [mode, days, years].find(({ kind }) => kind === "open");
    if (open?.kind === "open") {
        return [undecided(resource, path, `${describe(log)}: the default retention ${open.why}`)];
    }
    const retention =
        days.kind === "known" ? days.value : years.kind === "known" ? years.value * daysPerYear : 0;
    const observations: Observation[] = [];
    if (mode.kind === "known" && mode.value !== "COMPLIANCE") {
        observations.push(
            failed(
                resource,
                [...path, "mode"],
                `${describe(log)}: mode is ${mode.value}: an administrator can lift it, COMPLIANCE nobody can`,
            ),
        );
    }
    if (retention < required) {
        observations.push(
            failed(
                resource,
                [...path, days.kind === "known" ? "days" : "years"],
                `${describe(log)}: objects are held for ${retention} days: at least ${required} are required`,
            ),
        );
    }
    return observations;
}

function judgeSurvival(log: LogBucket): readonly Observation[] {
    const forced = readBoolean(log.bucket.properties, ["forceDestroy"]);
    if (forced.kind === "open") {
        return [undecided(log.bucket, ["forceDestroy"], `forceDestroy ${forced.why}`)];
    }
    return forced.kind === "known" && forced.value
        ? [
              failed(
                  log.bucket,
                  ["forceDestroy"],
                  `${describe(log)}: forceDestroy is true, so the archive is emptied with the stack`,
              ),
          ]
        : [];
}

function judgeLifecycle(context: RuleContext, log: LogBucket): readonly Observation[] {
    const required = context.parameter<number>("archiveRetentionDays");
    const places: readonly [RegisteredResource, string][] = [
        ...bucketParts(context.graph, log.bucket, "lifecycle").map(
            (part): [RegisteredResource, string] => [part, "rules"],
        ),
        [log.bucket, "lifecycleRules"],
    ];
    return places.flatMap(([resource, property]) => {
        const rules = readElements(resource.properties, [property]);
        if (rules.kind === "open") {
            return [undecided(resource, [property], `${property} ${rules.why}`)];
        }
        return (rules.kind === "known" ? rules.value : []).flatMap((element) => {
            const status = readText(resource.properties, [...element, "status"]);
            const path = [...element, "expiration", "days"];
            const days = readNumber(resource.properties, path);
            if (days.kind === "open" && !(status.kind === "known" && status.value === "Disabled")) {
                return [undecided(resource, path, `${formatPath(path)} ${days.why}`)];
            }
            return !(status.kind === "known" && status.value === "Disabled") &&
                days.kind === "known" &&
                days.value > 0 &&
                days.value < required
                ? [
                      failed(
                          resource,
                          path,
                          `${describe(log)}: objects expire after ${days.value} days, before the ${required} for which they must be kept`,
                      ),
                  ]
                : [];
        });
    });
}

function describe({ bucket, senders }: LogBucket): string {
    return senders.length === 0 ? label(bucket) : chain(bucket, ...[...senders].reverse());
}
