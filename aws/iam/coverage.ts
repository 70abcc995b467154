import { matchesExactly } from "../action-pattern";
import type { Match } from "./match";

/** Whether a pattern of a policy covers a text of which parts, written `*`, are not known. */
export function covers(pattern: string, text: string): Match {
    if (matchesExactly(pattern, text)) {
        return "yes";
    }
    // A variable stands for some text, and so does a part that is not known.
    const widened = pattern.replace(/\$\{[^}]*\}/g, "*");
    if (matchesExactly(widened, text)) {
        return "maybe";
    }
    const mayMeet =
        text.includes("*") &&
        (matchesExactly(text, widened) || (widened.includes("*") && shareText(widened, text)));
    return mayMeet ? "maybe" : "no";
}

/** Whether two patterns may have a text in common: their fixed beginnings and ends agree. */
export function shareText(a: string, b: string): boolean {
    const head = (text: string): string => text.split("*", 1)[0] ?? "";
    const tail = (text: string): string => text.slice(text.lastIndexOf("*") + 1);
    const agree = (
        x: string,
        y: string,
        ends: (long: string, short: string) => boolean,
    ): boolean => (x.length > y.length ? ends(x, y) : ends(y, x));
    return (
        agree(head(a), head(b), (long, short) => long.startsWith(short)) &&
        agree(tail(a), tail(b), (long, short) => long.endsWith(short))
    );
}

/**
 * Whether an ARN pattern covers an ARN, part by part as the operators of IAM compare them: a wildcard stays within its part, but for the
 * last one, which holds colons itself. What is no ARN is covered by nothing.
 */
export function coversArn(pattern: string, arn: string): Match {
    const wanted = arnParts(pattern);
    const found = arnParts(arn);
    if (wanted === undefined || found === undefined) {
        return "no";
    }
    const parts = wanted.map((part, index) => covers(part, found[index] ?? ""));
    return parts.includes("no") ? "no" : parts.includes("maybe") ? "maybe" : "yes";
}

function arnParts(arn: string): readonly string[] | undefined {
    const parts = arn.split(":");
    return parts.length < 6 || parts[0] !== "arn"
        ? undefined
        : [...parts.slice(0, 5), parts.slice(5).join(":")];
}
