import { AddressSet, publicPart } from "../../aws/address-set";
import type { PolicyCondition, PolicyStatement } from "../../aws/policy-document";
import type { Observation } from "../rules/rule";
import { narrowing, type Narrowing } from "./condition-keys";
import type { WrittenPolicy } from "./identity-policies";
import { isForEverybody, reportNarrowing } from "./statements";

/**
 * Keys whose fixed values keep a bucket's policy from being public, with what a fixed value is. Source: Amazon S3 user guide, "The meaning
 * of public"; organisations' paths and sources besides, because they name an organisation as well.
 */
const fixing: Readonly<Record<string, (value: string) => boolean>> = {
    "aws:principalaccount": isFixed,
    "aws:principalarn": namesAccount,
    "aws:principalorgid": isFixed,
    "aws:principalorgpaths": namesOrganization,
    "aws:sourceaccount": isFixed,
    "aws:sourcearn": namesAccount,
    "aws:sourceorgid": isFixed,
    "aws:sourceorgpaths": namesOrganization,
    "aws:sourceowner": isFixed,
    "aws:sourcevpc": isFixed,
    "aws:sourcevpce": isFixed,
    "aws:userid": (value) => /^[A-Z0-9]{12,}(:.*)?$/.test(value),
    "s3:dataaccesspointaccount": isFixed,
    "s3:dataaccesspointarn": namesAccount,
};

/** Prefix lengths of the widest ranges that AWS does not call public, and of one address. Source: as above. */
const widest = { ipv4: { range: 8, address: 32 }, ipv6: { range: 32, address: 128 } } as const;

/** Whether a bucket's policy lets everybody in: AWS calls it public then, and public access blocks refuse it. */
export function judgePublicStatement(
    policy: WrittenPolicy,
    statement: PolicyStatement,
): readonly Observation[] {
    if (statement.effect !== "Allow" || !isForEverybody(statement)) {
        return [];
    }
    const who =
        statement.notPrincipal === undefined
            ? "everybody in"
            : "everybody in but a list (NotPrincipal)";
    return reportNarrowing(policy, statement, publicity(statement), {
        wide: `lets ${who}`,
        open: `lets ${who}, unless conditions that are not known bind it`,
        subject: statement.notPrincipal === undefined ? "*" : "NotPrincipal",
    });
}

function publicity(statement: PolicyStatement): Narrowing {
    const named = narrowing(
        statement,
        (key) => Object.hasOwn(fixing, key),
        (value, key) => fixing[key]?.(value) === true,
    );
    const ranges = statement.conditions
        .filter(({ operator, key }) => key === "aws:sourceip" && /^IpAddress$/i.test(operator))
        .map(rangesNarrow);
    return [named, ...ranges].reduce((best, each) =>
        best === "narrow" || each === "wide" ? best : each,
    );
}

function rangesNarrow({ values, open }: PolicyCondition): Narrowing {
    return !values.every(isNarrowRange) || (values.length === 0 && !open)
        ? "wide"
        : open
          ? "open"
          : "narrow";
}

/** One address, or a range that is not too wide; private ranges may be as wide as they are. */
function isNarrowRange(block: string): boolean {
    const family = block.includes(":") ? widest.ipv6 : widest.ipv4;
    const [, bits = family.address] = block.split("/");
    const addresses = AddressSet.parse(block.includes("/") ? block : `${block}/${bits}`);
    return (
        addresses !== undefined && (publicPart(addresses).isEmpty || Number(bits) >= family.range)
    );
}

/** Neither a wildcard nor a variable of a policy. */
function isFixed(value: string): boolean {
    return !/[*?]|\$\{/.test(value);
}

/** An ARN of one account, of which the rest may be any; a bucket's has no account, and is named as a whole. */
function namesAccount(arn: string): boolean {
    const [, , , , account = "", ...rest] = arn.split(":");
    return (
        (/^\d{12}$/.test(account) && !arn.includes("${")) ||
        (account === "" && rest.length > 0 && isFixed(rest.join(":")))
    );
}

/** `o-a1b2c3d4e5/…`: what follows the organisation may be any of its units. */
function namesOrganization(path: string): boolean {
    return /^o-[a-z0-9]+\//.test(path) && !path.includes("${");
}
