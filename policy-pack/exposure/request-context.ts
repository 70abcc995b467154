import { absentValue, known, unknownValue, type ContextValue } from "../../aws/iam/request";
import type { GraphIndex } from "../graph/graph-index";
import { defaultTags } from "../graph/marks";
import { peek } from "../graph/peek";
import type { RegisteredResource } from "../graph/resource";
import { accountOf, homePlace } from "../reading/accounts";
import { readText } from "../reading/values";

/** A caller as conditions see it. */
export type Caller =
    /** A role, user or group of the stack. */
    | { readonly kind: "holder"; readonly resource: RegisteredResource; readonly arn: string }
    /** Whom a resource's policy names: a service, an ARN, an account, or `*` for everybody. */
    | { readonly kind: "named"; readonly name: string };

/** The request's value under a key, or undefined where the caller chooses it. */
export type OpenContext = (key: string) => ContextValue | undefined;

/**
 * Keys whose value lies in how a request is made: over TLS, with a second factor, through a service or endpoint, with an encryption
 * context, for a service that a role is passed to. Source: IAM user guide, global condition context keys; service authorization reference.
 */
const wayOfRequest = new RegExp(
    `^(${[
        "aws:(multifactorauth(present|age)|securetransport|viaawsservice|calledvia(first|last)?)",
        "aws:(sourceip|vpcsourceip|sourcevpc|sourcevpcarn|vpce.*|sourcevpce|useragent|referer|requesttag/.*|tagkeys)",
        "kms:(viaservice|encryptioncontext(keys|:.*)|grant(isforawsresource|operations|constrainttype|eeprincipal)|retiringprincipal)",
        "kms:(bypasspolicylockoutsafetycheck|scheduled?keydeletionpendingwindowindays|recipientattestation:.*|requestalias)",
        "kms:(encryptionalgorithm|reencryptonsamekey)",
        "iam:(passedtoservice|associatedresourcearn)",
        "ssm:(sessiondocumentaccesscheck|overwrite)",
        "s3:(?!existingobjecttag|resourceaccount).*",
    ].join("|")})$`,
);

/** Keys that say who calls, which whoever a policy admits by something else brings along. */
const identityOfCaller =
    /^(aws:(principal.*|userid|username|source(arn|account|orgid|orgpaths))|kms:calleraccount)$/;
const source = /^aws:source(arn|account|orgid|orgpaths|owner)$/;

/** What is known of the requests of a caller on a resource. */
export function contextOf(
    graph: GraphIndex,
    caller: Caller,
    target: RegisteredResource | undefined,
): OpenContext {
    const place = homePlace(graph);
    const account = place.account === "*" ? unknownValue : known(place.account);
    return (key) => {
        const tag = /^(?:aws|ec2|ssm|s3):resourcetag\/(.*)$/.exec(key)?.[1];
        if (tag !== undefined) {
            return target === undefined ? unknownValue : tagOf(graph, target, tag);
        }
        if (key === "aws:resourceaccount" || key === "s3:resourceaccount") {
            return account;
        }
        if (key === "aws:requestedregion" && place.region !== "*") {
            return known(place.region);
        }
        return (
            callerValue(graph, caller, account, key) ??
            (wayOfRequest.test(key) || (caller.kind === "named" && identityOfCaller.test(key))
                ? undefined
                : unknownValue)
        );
    };
}

function callerValue(
    graph: GraphIndex,
    caller: Caller,
    account: ContextValue,
    key: string,
): ContextValue | undefined {
    if (caller.kind === "holder") {
        return holderValue(graph, caller.resource, caller.arn, account, key);
    }
    const { name } = caller;
    if (name === "*") {
        return undefined;
    }
    if (/\.amazonaws\.com(\.cn)?$/.test(name)) {
        return serviceValue(name, key);
    }
    const own = accountOf(name);
    switch (key) {
        case "aws:principalarn":
            return name === own || name.endsWith(":root") ? undefined : known(name);
        case "aws:principalaccount":
        case "kms:calleraccount":
            return own === undefined ? undefined : known(own);
        case "aws:principalisawsservice":
            return known("false");
        default:
            return source.test(key) ? absentValue : undefined;
    }
}

function holderValue(
    graph: GraphIndex,
    holder: RegisteredResource,
    arn: string,
    account: ContextValue,
    key: string,
): ContextValue | undefined {
    const tag = /^aws:principaltag\/(.*)$/.exec(key)?.[1];
    if (tag !== undefined) {
        const found = tagOf(graph, holder, tag);
        // A session may bring tags that its role does not carry.
        return found.kind === "absent" ? unknownValue : found;
    }
    switch (key) {
        case "aws:principalarn":
            return arn.startsWith("arn:")
                ? { kind: "values", values: [arn], partial: arn.includes("*") }
                : unknownValue;
        case "aws:principalaccount":
        case "kms:calleraccount":
            return account;
        case "aws:principaltype":
            return holder.type.endsWith(":Role") ? known("AssumedRole") : unknownValue;
        case "aws:principalisawsservice":
            return known("false");
        case "aws:principalorgid":
            return organisationOf(graph);
        default:
            // Only services act for a source.
            return source.test(key) ? absentValue : undefined;
    }
}

function serviceValue(name: string, key: string): ContextValue | undefined {
    switch (key) {
        case "aws:principalisawsservice":
            return known("true");
        case "aws:principalservicename":
            return known(name);
        case "aws:principalarn":
        case "aws:principalaccount":
        case "aws:principalorgid":
        case "kms:viaservice":
            return absentValue;
        default:
            return undefined;
    }
}

function organisationOf(graph: GraphIndex): ContextValue {
    const [organisation] = graph.ofType("aws:organizations/organization:Organization");
    const id = organisation?.id ?? (organisation && readText(organisation.properties, ["id"]));
    const text = typeof id === "string" ? id : id?.kind === "known" ? id.value : undefined;
    return text === undefined ? unknownValue : known(text);
}

/** A tag by its key, which conditions compare without case: the resource's own, or its provider's default. */
function tagOf(graph: GraphIndex, resource: RegisteredResource, key: string): ContextValue {
    const provider =
        resource.provider === undefined ? undefined : graph.byUrn(resource.provider)?.properties;
    const all = peek(resource.properties, ["tagsAll"]);
    const sources = [
        peek(resource.properties, ["tags"]),
        ...(all.kind === "known" ? [all] : []),
        defaultTags(provider),
    ];
    let isOpen = false;
    for (const tags of sources) {
        if (tags.kind !== "known" || typeof tags.value !== "object" || tags.value === null) {
            isOpen ||= tags.kind === "unknown";
            continue;
        }
        const name = Object.keys(tags.value).find((each) => each.toLowerCase() === key);
        const value = name === undefined ? undefined : readText(tags.value, [name]);
        if (value?.kind === "known") {
            return known(value.value);
        }
        isOpen ||= value?.kind === "open";
    }
    return isOpen ? unknownValue : absentValue;
}
