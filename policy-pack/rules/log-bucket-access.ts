import { matchesPattern } from "../../aws/action-pattern";
import { TypeToken } from "../../aws/type-tokens";
import type { PolicyDocument, PolicyStatement } from "../../aws/policy-document";
import { formatPath, type PropertyPath } from "../graph/peek";
import type { RegisteredResource } from "../graph/resource";
import { bucketParts } from "../reading/buckets";
import { policyAt } from "../reading/identity-policies";
import { describeKey, keyAt, keyReads } from "../reading/keys";
import { logBucketReads, logBucketsInScope } from "../reading/log-buckets";
import { failed, passed, undecided } from "../reading/observations";
import { judgePublicAccess, publicAccessSwitches } from "../reading/public-access";
import { readBoolean, readElements, readText, type Reading } from "../reading/values";
import type { Observation, Rule, RuleContext } from "./rule";

/** Buckets that hold logs are closed: to the public, to other owners, to clear text and to services that act for strangers. */
export const logBucketAccess: Rule = {
    name: "log-bucket-access",
    reads: [...logBucketReads, ...keyReads],
    *judge(context) {
        for (const { bucket } of logBucketsInScope(context)) {
            const found = [
                ...judgePublicAccess(context.graph, bucket),
                ...judgeOwnership(context, bucket),
                ...judgeEncryption(context, bucket),
                ...judgePolicy(context, bucket),
            ];
            yield* found.length > 0 ? found : [passed(bucket)];
        }
    },
    remediate: (resource) =>
        resource.type === TypeToken.BucketPublicAccessBlock
            ? publicAccessSwitches
                  .filter((property) => {
                      const setting = readBoolean(resource.properties, [property]);
                      return (
                          setting.kind === "absent" || (setting.kind === "known" && !setting.value)
                      );
                  })
                  .map((property) => ({ path: [property], value: true }))
            : [],
};

function judgeOwnership(
    { graph }: RuleContext,
    bucket: RegisteredResource,
): readonly Observation[] {
    const path: PropertyPath = ["rule", "objectOwnership"];
    // A bucket without the setting is owned as new buckets of S3 are: by its account alone.
    return bucketParts(graph, bucket, "ownership").flatMap((part) => {
        const ownership = readText(part.properties, path);
        if (ownership.kind === "open") {
            return [undecided(part, path, `${formatPath(path)} ${ownership.why}`)];
        }
        return ownership.kind === "known" && ownership.value !== "BucketOwnerEnforced"
            ? [
                  failed(
                      part,
                      path,
                      `${formatPath(path)} is ${ownership.value}, so access lists of objects count`,
                  ),
              ]
            : [];
    });
}

function judgeEncryption(
    { graph }: RuleContext,
    bucket: RegisteredResource,
): readonly Observation[] {
    const places = [
        ...bucketParts(graph, bucket, "encryption").map((resource) => ({
            resource,
            list: ["rules"],
        })),
        { resource: bucket, list: ["serverSideEncryptionConfiguration", "rule"] },
    ];
    for (const { resource, list } of places) {
        const rules = readElements(resource.properties, list);
        if (rules.kind === "open") {
            return [undecided(resource, list, `${formatPath(list)} ${rules.why}`)];
        }
        const [element] = rules.kind === "known" ? rules.value : [];
        if (element !== undefined) {
            const place = [...element, "applyServerSideEncryptionByDefault"];
            const path = [...place, "kmsMasterKeyId"];
            const key = keyAt(graph, resource, path);
            const algorithmPath = [...place, "sseAlgorithm"];
            const algorithm = readText(resource.properties, algorithmPath);
            if (algorithm.kind === "open") {
                const message = `${formatPath(algorithmPath)} ${algorithm.why}`;
                return [undecided(resource, algorithmPath, message)];
            }
            if (!usesKms(algorithm)) {
                return [
                    failed(
                        resource,
                        algorithmPath,
                        `${formatPath(algorithmPath)} is ${algorithm.kind === "known" ? algorithm.value : "not set"}: the key is used with aws:kms only`,
                    ),
                ];
            }
            return key.kind === "not-customer"
                ? [failed(resource, path, describeKey(path, key))]
                : key.kind === "open"
                  ? [undecided(resource, path, describeKey(path, key))]
                  : [];
        }
    }
    return [
        failed(
            bucket,
            ["serverSideEncryptionConfiguration"],
            "no customer-managed key encrypts the bucket by default",
        ),
    ];
}

/** Whether an algorithm encrypts with a key of AWS KMS; `aws:kms:dsse` does so twice. */
function usesKms(algorithm: Reading<string>): boolean {
    return algorithm.kind === "known" && algorithm.value.startsWith("aws:kms");
}

function judgePolicy(context: RuleContext, bucket: RegisteredResource): readonly Observation[] {
    const policies = [
        ...bucketParts(context.graph, bucket, "policy").map((part) => policyAt(part, ["policy"])),
        policyAt(bucket, ["policy"]),
    ].filter((policy) => policy !== undefined);
    const [policy] = policies;
    if (policy === undefined) {
        return [failed(bucket, ["policy"], "no bucket policy refuses requests without TLS", "tls")];
    }
    const { resource, path, document } = policy;
    if (document.doubts.length > 0) {
        const [doubt] = document.doubts;
        const place = [formatPath(path), doubt?.place].filter((part) => part).join(": ");
        return [undecided(resource, path, `${place} is not known before deployment`)];
    }
    return [
        ...(refuses(document, "aws:securetransport", isFalse)
            ? []
            : [
                  failed(
                      resource,
                      path,
                      "the bucket policy does not refuse requests without TLS to the bucket and its objects (aws:SecureTransport)",
                      "secure-transport",
                  ),
              ]),
        ...(refuses(document, "s3:tlsversion", (value) =>
            isAtLeast(value, context.parameter<string>("tlsMinimumVersion")),
        )
            ? []
            : [
                  failed(
                      resource,
                      path,
                      `the bucket policy does not refuse TLS older than ${context.parameter<string>("tlsMinimumVersion")} (s3:TlsVersion)`,
                      "tls-version",
                  ),
              ]),
        ...document.statements
            .filter(({ effect }) => effect === "Allow")
            .flatMap((statement) => judgeAllow(context, resource, path, statement)),
    ];
}

/** Whether a statement denies every action to everybody under a condition on this key. */
function refuses(
    { statements }: PolicyDocument,
    key: string,
    isStrict: (value: string) => boolean,
): boolean {
    return statements.some(
        ({ effect, principal, action, resource, conditions }) =>
            effect === "Deny" &&
            (principal ?? []).some(
                ({ kind, values }) => (kind === "*" || kind === "AWS") && values.includes("*"),
            ) &&
            (action?.values ?? []).some((pattern) => matchesPattern(pattern, "s3:AnyAction")) &&
            coversBucketAndObjects(resource?.values ?? []) &&
            conditions.length === 1 &&
            conditions.every(
                (condition) =>
                    condition.key === key &&
                    /^(Bool|BoolIfExists|NumericLessThan|NumericLessThanIfExists|StringEquals)$/i.test(
                        condition.operator,
                    ) &&
                    condition.values.length > 0 &&
                    condition.values.every(isStrict),
            ),
    );
}

/** Requests about the bucket itself, such as listing it, name no object. */
function coversBucketAndObjects(patterns: readonly string[]): boolean {
    return (
        patterns.some((pattern) => pattern.endsWith("*")) &&
        patterns.some((pattern) => !pattern.endsWith("/*"))
    );
}

function isFalse(value: string): boolean {
    return value.toLowerCase() === "false";
}

function isAtLeast(value: string, minimum: string): boolean {
    return Number(value) >= Number(minimum);
}

/** Who is let in: this account's principals, or known services that act for a known source. */
function judgeAllow(
    context: RuleContext,
    resource: RegisteredResource,
    path: PropertyPath,
    statement: PolicyStatement,
): readonly Observation[] {
    const place = `${formatPath(path)}: ${statement.sid === undefined ? `Statement[${statement.index}]` : `the statement "${statement.sid}"`}`;
    const subject = statement.sid ?? "";
    const isBound = statement.conditions.some(({ key, operator }) =>
        /^aws:(source(arn|account|orgid)|principal(arn|account|orgid))$/.test(key)
            ? !/not|ifexists|null/i.test(operator)
            : false,
    );
    if (statement.notPrincipal !== undefined && !isBound) {
        return [
            failed(
                resource,
                path,
                `${place} lets everybody in but a list (NotPrincipal)`,
                `${subject} NotPrincipal`.trim(),
            ),
        ];
    }
    const trusted = context.parameter<readonly string[]>("trustedServices");
    return (statement.principal ?? []).flatMap(({ kind, values }) =>
        values.flatMap((value): readonly Observation[] => {
            if (value === "*" && !isBound) {
                return [
                    failed(resource, path, `${place} lets everybody in`, `${subject} *`.trim()),
                ];
            }
            if (kind === "Service" && !trusted.includes(value)) {
                return [
                    failed(
                        resource,
                        path,
                        `${place} lets ${value} in, which is no trusted service`,
                        `${subject} ${value}`.trim(),
                    ),
                ];
            }
            return kind === "Service" && !isBound
                ? [
                      failed(
                          resource,
                          path,
                          `${place} lets ${value} in for whomever it acts: aws:SourceArn or aws:SourceAccount must name the source`,
                          `${subject} ${value}`.trim(),
                      ),
                  ]
                : [];
        }),
    );
}
