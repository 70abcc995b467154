import { matchesPattern } from "../../aws/action-pattern";
import type { PolicyDocument, PolicyStatement } from "../../aws/policy-document";
import type { GraphIndex } from "../graph/graph-index";
import { formatPath } from "../graph/peek";
import type { RegisteredResource } from "../graph/resource";
import type { Observation, RuleContext } from "../rules/rule";
import { bucketParts } from "./buckets";
import { isCallerOrSource } from "./condition-keys";
import { policyAt, type WrittenPolicy } from "./identity-policies";
import { demandCustomerKey } from "./keys";
import { failed, undecided } from "./observations";
import { judgePublicStatement } from "./public-policies";
import { demandCondition, principalsOf, statementPlace, statementSubject } from "./statements";
import { readElements, readText, type Reading } from "./values";

/** Reads the parameters `tlsMinimumVersion` and `trustedServices`. */
type BucketContext = Pick<RuleContext, "graph" | "parameter">;

/** Whether a key of the customer encrypts a bucket by default. */
export function judgeBucketEncryption(
    graph: GraphIndex,
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
            return demandCustomerKey(graph, resource, [...place, "kmsMasterKeyId"]);
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

/** Whether a bucket turns away clear text, old TLS, strangers and services that act for them. */
export function judgeBucketPolicy(
    context: BucketContext,
    bucket: RegisteredResource,
): readonly Observation[] {
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
            .flatMap((statement) => [
                ...judgePublicStatement(policy, statement),
                ...judgeServices(context, policy, statement),
            ]),
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

/** Services are let in by name, and only when they act for a named source. */
function judgeServices(
    context: BucketContext,
    policy: WrittenPolicy,
    statement: PolicyStatement,
): readonly Observation[] {
    const trusted = context.parameter<readonly string[]>("trustedServices");
    return principalsOf(statement)
        .filter(({ kind }) => kind === "service")
        .flatMap(({ name }) =>
            trusted.includes(name)
                ? demandCondition(policy, statement, isCallerOrSource, {
                      wide: `lets ${name} in for whomever it acts: aws:SourceArn or aws:SourceAccount must name the source`,
                      open: `lets ${name} in for a source that is not known before deployment`,
                      subject: name,
                  })
                : [
                      failed(
                          policy.resource,
                          policy.path,
                          `${statementPlace(policy, statement)} lets ${name} in, which is no trusted service`,
                          statementSubject(statement, name),
                      ),
                  ],
        );
}
