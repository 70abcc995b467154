import { formatPath } from "../graph/peek";
import { failed, undecided } from "../reading/observations";
import { judgeServers, serverReads, type ServerView } from "../reading/servers";
import { readNumber, readText, valueAt } from "../reading/values";
import type { Observation, Rule } from "./rule";

const limitPath = ["metadataOptions", "httpPutResponseHopLimit"];
const limit = { instance: limitPath, template: limitPath, configuration: limitPath };
const endpointPath = ["metadataOptions", "httpEndpoint"];
const endpoint = { instance: endpointPath, template: endpointPath, configuration: endpointPath };

/** Answers of instance metadata stay on the server: they travel no further than the hop limit. */
export const imdsHopLimit: Rule = {
    name: "imds-hop-limit",
    reads: serverReads,
    certainAlone: true,
    judge: (context) => {
        const highest = context.parameter<number>("imdsHopLimit");
        return judgeServers(context, (view) => decide(view, highest));
    },
    remediate: (resource, context) => {
        const highest = context.parameter<number>("imdsHopLimit");
        const current = valueAt(resource.properties, limitPath);
        return typeof current === "symbol" || (typeof current === "number" && current <= highest)
            ? []
            : [{ path: limitPath, value: highest }];
    },
};

function decide(view: ServerView, highest: number): readonly Observation[] {
    const service = view.setting(readText, endpoint);
    const hops = view.setting(readNumber, limit);
    if (
        (service.reading.kind === "known" && service.reading.value === "disabled") ||
        (hops.reading.kind === "known" && hops.reading.value <= highest)
    ) {
        return [];
    }
    const place = formatPath(hops.path);
    if (hops.reading.kind === "open") {
        return [undecided(hops.resource, hops.path, `${place} ${hops.reading.why}`)];
    }
    if (service.reading.kind === "open" && service.resource === hops.resource) {
        return [
            undecided(
                service.resource,
                service.path,
                `${formatPath(service.path)} ${service.reading.why}, and no hop limit of at most ${highest} is set`,
            ),
        ];
    }
    const found =
        hops.reading.kind === "known"
            ? `${place} is ${hops.reading.value}`
            : `${place} is not set, and images such as Amazon Linux 2023 raise the default to 2`;
    return [
        failed(
            hops.resource,
            hops.path,
            `${found}: it must be at most ${highest}, or metadata credentials reach processes behind a further hop`,
        ),
    ];
}
