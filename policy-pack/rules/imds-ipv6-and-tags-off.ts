import { serverTypes, TypeToken } from "../../aws/type-tokens";
import type { GraphIndex } from "../graph/graph-index";
import { formatPath } from "../graph/peek";
import { failed, undecided } from "../reading/observations";
import { judgeServers, serverReads, type ServerView } from "../reading/servers";
import { readText, valueAt } from "../reading/values";
import type { Observation, Rule } from "./rule";

const switches = [
    {
        property: "httpProtocolIpv6",
        why: "the metadata service answers over IPv6 as well",
    },
    {
        property: "instanceMetadataTags",
        why: "whoever is on the server reads from its tags what it is, and nothing in this stack needs to",
    },
] as const;
const tagsInMetadata = "meta-data/tags/instance";

/** The metadata service does not answer over IPv6, and shows no tags unless something in the stack reads them there. */
export const imdsIpv6AndTagsOff: Rule = {
    name: "imds-ipv6-and-tags-off",
    reads: [...serverReads, TypeToken.SsmDocument],
    judge: (context) => {
        const needsTags = readsTags(context.graph);
        return judgeServers(context, (view) => decide(view, needsTags));
    },
    remediate: (resource) =>
        switches
            .map(({ property }) => ["metadataOptions", property])
            // Tags may be needed, which one resource alone does not tell.
            .slice(0, 1)
            .filter((path) => valueAt(resource.properties, path) === "enabled")
            .map((path) => ({ path, value: "disabled" })),
};

function decide(view: ServerView, needsTags: boolean): readonly Observation[] {
    const setting = (property: string): ReturnType<typeof view.setting<string>> => {
        const path = ["metadataOptions", property];
        return view.setting(readText, { instance: path, template: path, configuration: path });
    };
    const endpoint = setting("httpEndpoint").reading;
    if (endpoint.kind === "known" && endpoint.value === "disabled") {
        return [];
    }
    return switches
        .filter(({ property }) => !(needsTags && property === "instanceMetadataTags"))
        .flatMap(({ property, why }): readonly Observation[] => {
            const { reading, resource, path } = setting(property);
            const place = formatPath(path);
            if (reading.kind === "open") {
                return [undecided(resource, path, `${place} ${reading.why}`, property)];
            }
            return reading.kind === "known" && reading.value !== "disabled"
                ? [failed(resource, path, `${place} is "${reading.value}": ${why}`)]
                : [];
        });
}

/** Whether a document or a server's user data asks the metadata service for tags. */
function readsTags(graph: GraphIndex): boolean {
    const texts = [
        ...graph
            .ofType(TypeToken.SsmDocument)
            .map(({ properties }) => valueAt(properties, ["content"])),
        ...graph.ofType(...serverTypes).map(({ properties }) => valueAt(properties, ["userData"])),
    ];
    return texts.some((text) => typeof text === "string" && text.includes(tagsInMetadata));
}
