import { formatPath } from "../graph/peek";
import { failed, undecided } from "../reading/observations";
import { judgeServers, serverReads, type ServerView } from "../reading/servers";
import { readText, show, valueAt } from "../reading/values";
import type { Observation, Rule } from "./rule";

const tokens = {
    instance: ["metadataOptions", "httpTokens"],
    template: ["metadataOptions", "httpTokens"],
    configuration: ["metadataOptions", "httpTokens"],
};
const endpoint = {
    instance: ["metadataOptions", "httpEndpoint"],
    template: ["metadataOptions", "httpEndpoint"],
    configuration: ["metadataOptions", "httpEndpoint"],
};

/** Instance metadata answers session-bound requests (IMDSv2) only, or none at all. */
export const imdsv2Required: Rule = {
    name: "imdsv2-required",
    reads: serverReads,
    certainAlone: true,
    judge: (context) => judgeServers(context, decide),
    remediate: (resource) => {
        const path = tokens.instance;
        const current = valueAt(resource.properties, path);
        return typeof current === "symbol" || current === "required"
            ? []
            : [{ path, value: "required" }];
    },
};

function decide(view: ServerView): readonly Observation[] {
    const required = view.setting(readText, tokens);
    if (required.reading.kind === "known" && required.reading.value === "required") {
        return [];
    }
    const service = view.setting(readText, endpoint);
    if (service.reading.kind === "known" && service.reading.value === "disabled") {
        return [];
    }
    const place = formatPath(required.path);
    if (required.reading.kind === "open") {
        return [undecided(required.resource, required.path, `${place} ${required.reading.why}`)];
    }
    if (service.reading.kind === "open") {
        return [
            undecided(
                service.resource,
                service.path,
                `${formatPath(service.path)} ${service.reading.why}, and IMDSv2 is not required`,
            ),
        ];
    }
    const found =
        required.reading.kind === "known"
            ? `${place} is ${show(required.reading.value)}`
            : `${place} is not set`;
    return [
        failed(
            required.resource,
            required.path,
            `${found}, so instance metadata also answers requests without a session token (IMDSv1)`,
        ),
    ];
}
