import { ownerOfKey } from "../../aws/key-identifier";
import { TypeToken } from "../../aws/type-tokens";
import { judgeSessionStarters } from "../exposure/session-starters";
import type { RegisteredResource } from "../graph/resource";
import { unlessAttested } from "../reading/attestations";
import { parseDocument } from "../reading/document-content";
import { identityPolicyReads } from "../reading/identity-policies";
import { notApplicable, settle, undecided } from "../reading/observations";
import { attachmentReads } from "../reading/policy-attachments";
import { contentPath as path, doubt, weakness } from "../reading/session-inputs";
import { judgeRecording } from "../reading/session-recording";
import { readAny, readBoolean, readNumber, readText, show, valueAt } from "../reading/values";
import type { Observation, Rule, RuleContext } from "./rule";

/** Minutes that Systems Manager takes where a document says nothing. */
const defaultIdleMinutes = 20;

/** People work on key servers in sessions that are encrypted, streamed to an encrypted log, short, and run as a named user without rights. */
export const sessionPreferencesHardened: Rule = {
    name: "session-preferences-hardened",
    reads: [
        ...new Set([
            TypeToken.SsmDocument,
            TypeToken.LogGroup,
            ...identityPolicyReads,
            ...attachmentReads,
        ]),
    ],
    *judge(context) {
        const { graph, scope } = context;
        let sessions = 0;
        for (const document of graph.ofType(TypeToken.SsmDocument)) {
            if (!scope.includes(document)) {
                continue;
            }
            const type = readText(document.properties, ["documentType"]);
            if (type.kind === "open") {
                yield undecided(
                    document,
                    ["documentType"],
                    `documentType ${type.why}, so whether sessions follow the document is not either`,
                );
            } else if (type.kind === "known" && type.value === "Session") {
                sessions += 1;
                const found = judgeDocument(context, document);
                yield* found === undefined ? [notApplicable(document)] : settle(document, found);
            }
        }
        if (sessions === 0 && scope.keyServers.length > 0) {
            yield* unlessAttested(context, "session-preferences", "no session document is made");
        }
        yield* judgeSessionStarters(context);
    },
};

/** Undefined for documents of tunnels and single commands, which take no preferences. */
function judgeDocument(
    context: RuleContext,
    document: RegisteredResource,
): readonly Observation[] | undefined {
    const content = readAny(document.properties, path);
    const parsed =
        content.kind === "known" ? parseDocument(valueAt(document.properties, path)) : undefined;
    if (parsed === undefined) {
        const why = content.kind === "open" ? content.why : "cannot be read";
        return [undecided(document, path, `content ${why}, so how sessions run is not known`)];
    }
    const type = readText(parsed, ["sessionType"]);
    if (type.kind === "known" && type.value !== "Standard_Stream") {
        return undefined;
    }
    return [
        ...(type.kind === "open"
            ? [undecided(document, path, `content: sessionType ${type.why}`, "sessionType")]
            : []),
        ...judgeKey(document, parsed),
        ...judgeRecording(context, document, parsed),
        ...judgeMinutes(
            document,
            parsed,
            "idleSessionTimeout",
            context.parameter("sessionIdleMinutes"),
            defaultIdleMinutes,
        ),
        ...judgeMinutes(
            document,
            parsed,
            "maxSessionDuration",
            context.parameter("sessionMaximumMinutes"),
            Infinity,
        ),
        ...judgeUser(document, parsed),
    ];
}

function judgeKey(document: RegisteredResource, parsed: unknown): readonly Observation[] {
    const key = readText(parsed, ["inputs", "kmsKeyId"]);
    return key.kind === "open"
        ? [doubt(document, "kmsKeyId", key.why)]
        : key.kind === "known" && ownerOfKey(key.value) === "customer"
          ? []
          : [
                weakness(
                    document,
                    "kmsKeyId",
                    `${key.kind === "absent" ? "is not set" : `is ${show(key.value)}, no key of a customer`}, so sessions are not encrypted from end to end`,
                ),
            ];
}

function judgeMinutes(
    document: RegisteredResource,
    parsed: unknown,
    input: string,
    most: number,
    otherwise: number,
): readonly Observation[] {
    // An empty text is how the console writes that there is no limit.
    const minutes = readNumber(parsed, ["inputs", input]);
    const isEmpty = readText(parsed, ["inputs", input]).kind === "absent";
    if (minutes.kind === "open" && !isEmpty) {
        return [doubt(document, input, minutes.why)];
    }
    const value = minutes.kind === "known" ? minutes.value : otherwise;
    const found = minutes.kind === "known" ? `is ${value} minutes` : "is not set";
    return value <= most && value >= 1
        ? []
        : [weakness(document, input, `${found}: a session may last ${most} minutes`)];
}

function judgeUser(document: RegisteredResource, parsed: unknown): readonly Observation[] {
    const enabled = readBoolean(parsed, ["inputs", "runAsEnabled"]);
    const user = readText(parsed, ["inputs", "runAsDefaultUser"]);
    if (enabled.kind === "open") {
        return [doubt(document, "runAsEnabled", enabled.why)];
    }
    if (enabled.kind === "absent" || !enabled.value) {
        return [
            weakness(
                document,
                "runAsEnabled",
                `${enabled.kind === "absent" ? "is not set" : "is false"}, so sessions run as an administrator`,
            ),
        ];
    }
    if (user.kind === "open") {
        return [doubt(document, "runAsDefaultUser", user.why)];
    }
    return user.kind === "known" && user.value !== "root" && user.value !== "0"
        ? []
        : [
              weakness(
                  document,
                  "runAsDefaultUser",
                  `${user.kind === "known" ? `is ${show(user.value)}` : "is not set"}: name a user without rights`,
              ),
          ];
}
