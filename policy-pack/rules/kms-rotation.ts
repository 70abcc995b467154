import { TypeToken } from "../../aws/type-tokens";
import type { RegisteredResource } from "../graph/resource";
import { failed, notApplicable, settle, undecided } from "../reading/observations";
import { readBoolean, readNumber, readText, valueAt } from "../reading/values";
import type { Observation, Rule } from "./rule";

/** What AWS KMS takes when a period is not stated. Source: AWS KMS developer guide, automatic rotation. */
const defaultPeriodDays = 365;

/** Keys that AWS KMS can rotate are rotated, and often enough. */
export const kmsRotation: Rule = {
    name: "kms-rotation",
    reads: [
        TypeToken.KmsKey,
        TypeToken.ReplicaKey,
        TypeToken.ExternalKey,
        TypeToken.ReplicaExternalKey,
    ],
    certainAlone: true,
    *judge(context) {
        const { graph, scope } = context;
        const longest = context.parameter<number>("keyRotationDays");
        for (const key of graph.ofType(TypeToken.KmsKey).filter((found) => scope.includes(found))) {
            const rotates = canRotate(key);
            yield* rotates === false
                ? [notApplicable(key)]
                : settle(key, decide(key, longest, rotates));
        }
        // Imported material is never rotated by AWS KMS, and a replica follows its primary key.
        const others = [TypeToken.ReplicaKey, TypeToken.ExternalKey, TypeToken.ReplicaExternalKey];
        for (const key of graph.ofType(...others).filter((found) => scope.includes(found))) {
            yield notApplicable(key);
        }
    },
    remediate: (resource, context) => {
        const longest = context.parameter<number>("keyRotationDays");
        if (resource.type !== TypeToken.KmsKey || canRotate(resource) !== true) {
            return [];
        }
        const enabled = valueAt(resource.properties, ["enableKeyRotation"]);
        const period = readNumber(resource.properties, ["rotationPeriodInDays"]);
        return [
            ...(typeof enabled === "symbol" || enabled === true
                ? []
                : [{ path: ["enableKeyRotation"], value: true }]),
            ...(period.kind === "known" && period.value > longest
                ? [{ path: ["rotationPeriodInDays"], value: longest }]
                : []),
        ];
    },
};

/** Only symmetric encryption keys of AWS KMS's own store are rotated; undefined when it is not known what the key is. */
function canRotate(key: RegisteredResource): boolean | undefined {
    const read = (property: string): string | undefined => {
        const reading = readText(key.properties, [property]);
        return reading.kind === "open" ? undefined : reading.kind === "known" ? reading.value : "";
    };
    const facts = [
        { value: read("customerMasterKeySpec"), plain: ["", "SYMMETRIC_DEFAULT"] },
        { value: read("keyUsage"), plain: ["", "ENCRYPT_DECRYPT"] },
        { value: read("customKeyStoreId"), plain: [""] },
        { value: read("xksKeyId"), plain: [""] },
    ];
    if (facts.some(({ value, plain }) => value !== undefined && !plain.includes(value))) {
        return false;
    }
    return facts.some(({ value }) => value === undefined) ? undefined : true;
}

function decide(
    key: RegisteredResource,
    longest: number,
    rotates: true | undefined,
): readonly Observation[] {
    const enabled = readBoolean(key.properties, ["enableKeyRotation"]);
    const period = readNumber(key.properties, ["rotationPeriodInDays"]);
    if (enabled.kind === "open") {
        return [undecided(key, ["enableKeyRotation"], `enableKeyRotation ${enabled.why}`)];
    }
    if (enabled.kind === "absent" || !enabled.value) {
        const found = enabled.kind === "absent" ? "is not set" : "is false";
        const message = `enableKeyRotation ${found}, so the key's material never changes`;
        return [
            rotates === undefined
                ? undecided(
                      key,
                      ["enableKeyRotation"],
                      `${message}, if it is a symmetric key at all`,
                  )
                : failed(key, ["enableKeyRotation"], message),
        ];
    }
    const path = ["rotationPeriodInDays"];
    if (period.kind === "open") {
        return [undecided(key, path, `rotationPeriodInDays ${period.why}`)];
    }
    const days = period.kind === "known" ? period.value : defaultPeriodDays;
    return days > longest
        ? [
              failed(
                  key,
                  path,
                  `the key is rotated every ${days} days: at most ${longest} are allowed`,
              ),
          ]
        : [];
}
