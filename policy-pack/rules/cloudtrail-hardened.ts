import { TypeToken } from "../../aws/type-tokens";
import { formatPath, type PropertyPath } from "../graph/peek";
import type { RegisteredResource } from "../graph/resource";
import { isAttested } from "../reading/attestations";
import {
    objectResources,
    recordedByAdvanced,
    recordedByBasic,
    recordsBucket,
    type RecordedObjects,
} from "../reading/data-events";
import {
    advancedRecordsManagement,
    advancedRecordsObjects,
    basicRecordsManagement,
    selectorFields,
} from "../reading/event-selectors";
import { demandCustomerKey, keyReads } from "../reading/keys";
import { label } from "../reading/labels";
import { logBucketReads, logBucketsInScope } from "../reading/log-buckets";
import { failed, settle, undecided } from "../reading/observations";
import { readBoolean, readElements, readText } from "../reading/values";
import type { Observation, Rule, RuleContext } from "./rule";

/** Settings that must be on, with what holds when they are left out. Source: CloudTrail API, CreateTrail. */
const switches = [
    { property: "enableLogging", whenAbsent: true, lost: "nothing is recorded" },
    { property: "isMultiRegionTrail", whenAbsent: false, lost: "other regions are not recorded" },
    {
        property: "enableLogFileValidation",
        whenAbsent: false,
        lost: "changed log files cannot be told from true ones",
    },
    {
        property: "includeGlobalServiceEvents",
        whenAbsent: true,
        lost: "calls of IAM and STS are not recorded",
    },
] as const;

const dataEvents = "data events";

/** A trail records every region, its files prove themselves, and read events and calls of AWS KMS are among its events. */
export const cloudtrailHardened: Rule = {
    name: "cloudtrail-hardened",
    reads: [...new Set([TypeToken.Trail, ...logBucketReads, ...keyReads])],
    *judge(context) {
        const { graph, scope } = context;
        const hasServers = scope.keyServers.length > 0;
        const trails = graph.ofType(TypeToken.Trail);
        for (const trail of trails) {
            if (hasServers || scope.includes(trail)) {
                yield* settle(trail, judgeTrail(context, trail));
            }
        }
        if (hasServers && trails.length === 0 && !isAttested(context, "cloudtrail")) {
            yield {
                verdict: "fail",
                path: [],
                message:
                    'no trail records the calls to AWS in this stack, and the configuration does not attest "cloudtrail" for the account',
                subject: "no trail",
            };
        }
    },
    remediate: (resource) =>
        resource.type !== TypeToken.Trail
            ? []
            : switches
                  .filter(({ property, whenAbsent }) => {
                      const setting = readBoolean(resource.properties, [property]);
                      return (
                          (setting.kind === "absent" && !whenAbsent) ||
                          (setting.kind === "known" && !setting.value)
                      );
                  })
                  .map(({ property }) => ({ path: [property], value: true })),
};

function judgeTrail(context: RuleContext, trail: RegisteredResource): readonly Observation[] {
    return [
        ...switches.flatMap(({ property, whenAbsent, lost }) => {
            const setting = readBoolean(trail.properties, [property]);
            if (setting.kind === "open") {
                return [undecided(trail, [property], `${property} ${setting.why}`)];
            }
            const on = setting.kind === "known" ? setting.value : whenAbsent;
            return on ? [] : [failed(trail, [property], `${property} is not on: ${lost}`)];
        }),
        ...demandCustomerKey(context.graph, trail, ["kmsKeyId"]),
        ...["cloudWatchLogsGroupArn", "cloudWatchLogsRoleArn"].flatMap((property) =>
            readText(trail.properties, [property]).kind === "absent"
                ? [
                      failed(
                          trail,
                          [property],
                          `${property} is not set: no alarm can watch the trail`,
                      ),
                  ]
                : [],
        ),
        ...judgeEvents(context, trail).filter(
            // Without key servers there is no archive of theirs whose objects the trail could watch.
            ({ subject }) =>
                subject?.startsWith(dataEvents) !== true || context.scope.keyServers.length > 0,
        ),
    ];
}

/** Events are chosen by one of two generations of selectors; without any, all management events are recorded. */
function judgeEvents(context: RuleContext, trail: RegisteredResource): readonly Observation[] {
    const advanced = readElements(trail.properties, ["advancedEventSelectors"]);
    const basic = readElements(trail.properties, ["eventSelectors"]);
    const open = [
        ["advancedEventSelectors", advanced] as const,
        ["eventSelectors", basic] as const,
    ].flatMap(([property, reading]) =>
        reading.kind === "open" ? [undecided(trail, [property], `${property} ${reading.why}`)] : [],
    );
    if (open.length > 0) {
        return open;
    }
    if (advanced.kind === "known") {
        return judgeAdvanced(context, trail, advanced.value);
    }
    return basic.kind === "known" ? judgeBasic(context, trail, basic.value) : [noDataEvents(trail)];
}

function judgeBasic(
    context: RuleContext,
    trail: RegisteredResource,
    selectors: readonly PropertyPath[],
): readonly Observation[] {
    const observations: Observation[] = [];
    if (!selectors.some((selector) => basicRecordsManagement(trail, selector))) {
        observations.push(
            failed(
                trail,
                ["eventSelectors"],
                "no selector records all management events, read ones and those of AWS KMS included",
                "management",
            ),
        );
    }
    return [
        ...observations,
        ...(selectors.some((selector) => objectResources(trail, selector).length > 0)
            ? judgeArchive(
                  context,
                  trail,
                  ["eventSelectors"],
                  recordedByBasic(trail, selectors),
                  false,
              )
            : [noDataEvents(trail)]),
    ];
}

function judgeAdvanced(
    context: RuleContext,
    trail: RegisteredResource,
    selectors: readonly PropertyPath[],
): readonly Observation[] {
    const observations: Observation[] = [];
    const described = selectors.map((selector) => selectorFields(trail, selector));
    const doubtful = described.some((fields) => fields === undefined);
    const known = described.filter((fields) => fields !== undefined);
    const data = selectors.filter((_, index) => advancedRecordsObjects(described[index] ?? []));
    const place = ["advancedEventSelectors"];
    if (!known.some(advancedRecordsManagement)) {
        const message =
            "no selector records all management events, read ones and those of AWS KMS included";
        observations.push(
            doubtful
                ? undecided(
                      trail,
                      place,
                      `${formatPath(place)} is not known: maybe ${message}`,
                      "management",
                  )
                : failed(trail, place, message, "management"),
        );
    }
    if (data.length > 0) {
        const recorded = recordedByAdvanced(trail, data);
        return [...observations, ...judgeArchive(context, trail, place, recorded, doubtful)];
    }
    const message = `${formatPath(place)} is not known: maybe no selector records access to the objects of the archive`;
    return [
        ...observations,
        doubtful ? undecided(trail, place, message, dataEvents) : noDataEvents(trail),
    ];
}

/** Buckets of this stack that logs reach, and that the trail's selectors of data events leave out. */
function judgeArchive(
    context: RuleContext,
    trail: RegisteredResource,
    place: PropertyPath,
    recorded: RecordedObjects,
    doubtful: boolean,
): readonly Observation[] {
    const property = formatPath(place);
    return logBucketsInScope(context).flatMap(({ bucket }) => {
        const certain = recordsBucket(trail, recorded, bucket);
        // A selector that is not known may record what the others leave out.
        const answer = certain === "no" && doubtful ? "maybe" : certain;
        const subject = `${dataEvents} ${bucket.name}`;
        if (answer === "yes") {
            return [];
        }
        const objects = `access to the objects of ${label(bucket)}`;
        return answer === "maybe"
            ? [
                  undecided(
                      trail,
                      place,
                      `${property} is not known: maybe ${objects} is not recorded`,
                      subject,
                  ),
              ]
            : [failed(trail, place, `no selector records ${objects}, which holds logs`, subject)];
    });
}

function noDataEvents(trail: RegisteredResource): Observation {
    return failed(
        trail,
        ["advancedEventSelectors"],
        "no selector records access to the objects of the archive (data events of AWS::S3::Object)",
        dataEvents,
    );
}
