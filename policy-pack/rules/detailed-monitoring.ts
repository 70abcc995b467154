import { serverTypes, TypeToken } from "../../aws/type-tokens";
import { formatPath } from "../graph/peek";
import type { RegisteredResource } from "../graph/resource";
import { failed, undecided } from "../reading/observations";
import { judgeServers, serverReads, type ServerView } from "../reading/servers";
import { readBoolean, valueAt } from "../reading/values";
import type { Observation, Rule } from "./rule";

const paths = {
    instance: ["monitoring"],
    template: ["monitoring", "enabled"],
    configuration: ["enableMonitoring"],
    specification: ["monitoring"],
};

/** Servers report their metrics every minute. */
export const detailedMonitoring: Rule = {
    name: "detailed-monitoring",
    reads: serverReads,
    judge: (context) => judgeServers(context, decide),
    remediate: (resource) => {
        const path = pathIn(resource);
        const current = path === undefined ? true : valueAt(resource.properties, path);
        return path === undefined || typeof current === "symbol" || current === true
            ? []
            : [{ path, value: true }];
    },
};

function decide(view: ServerView): readonly Observation[] {
    const { reading, resource, path } = view.setting(readBoolean, paths);
    const place = formatPath(path);
    // Launch configurations monitor in detail unless they say otherwise.
    if (
        (reading.kind === "known" && reading.value) ||
        (reading.kind === "absent" && view.form === "configuration")
    ) {
        return [];
    }
    if (reading.kind === "open") {
        return [undecided(resource, path, `${place} ${reading.why}`)];
    }
    const found = reading.kind === "known" ? "is false" : "is not set";
    return [failed(resource, path, `${place} ${found}, so metrics come every five minutes`)];
}

function pathIn(resource: RegisteredResource): readonly string[] | undefined {
    const isServer =
        serverTypes.includes(resource.type) && resource.type !== TypeToken.SpotFleetRequest;
    if (!isServer) {
        return undefined;
    }
    return resource.type === TypeToken.LaunchTemplate
        ? paths.template
        : resource.type === TypeToken.LaunchConfiguration
          ? paths.configuration
          : paths.instance;
}
