import { TypeToken } from "../../aws/type-tokens";
import { formatPath } from "../graph/peek";
import { failed, passed, undecided } from "../reading/observations";
import { judgeServers, serverReads, type ServerView } from "../reading/servers";
import { absent, readText, valueAt, type Reader } from "../reading/values";
import type { GraphIndex } from "../graph/graph-index";
import type { Observation, Rule, RuleContext } from "./rule";

const paths = {
    instance: ["iamInstanceProfile"],
    template: ["iamInstanceProfile"],
    configuration: ["iamInstanceProfile"],
    specification: ["iamInstanceProfile"],
};

/** Every key server has an instance profile with a role, so that no long-lived credentials are put on it. */
export const instanceProfileAttached: Rule = {
    name: "instance-profile-attached",
    reads: [...serverReads, TypeToken.InstanceProfile],
    *judge(context) {
        yield* judgeServers(context, (view) => decide(view, context.graph));
        yield* judgeProfiles(context);
    },
};

function decide(view: ServerView, graph: GraphIndex): readonly Observation[] {
    const specified = view.setting(readText, { specification: ["iamInstanceProfileArn"] });
    const setting =
        specified.reading.kind === "absent" ? view.setting(readProfile, paths) : specified;
    const place = formatPath(setting.path);
    if (setting.reading.kind === "absent") {
        return [
            failed(setting.resource, setting.path, `${place} is not set: the server has no role`),
        ];
    }
    const profiles = [[], ["arn"], ["name"]].flatMap(
        (field) =>
            graph.reference(
                setting.resource,
                [...setting.path, ...field],
                [TypeToken.InstanceProfile],
            ).resources,
    );
    return profiles.length === 0 && setting.reading.kind === "open"
        ? [undecided(setting.resource, setting.path, `${place} ${setting.reading.why}`)]
        : [];
}

function* judgeProfiles(context: RuleContext): Generator<Observation> {
    for (const profile of context.graph.ofType(TypeToken.InstanceProfile)) {
        if (context.scope.includes(profile)) {
            yield readText(profile.properties, ["role"]).kind === "absent"
                ? failed(profile, ["role"], "the instance profile holds no role")
                : passed(profile);
        }
    }
}

/** A profile is a name or ARN; launch templates write it as an object with one of the two. */
const readProfile: Reader<string> = (properties, path) => {
    const whole = valueAt(properties, path);
    if (typeof whole !== "object" || whole === null || Array.isArray(whole)) {
        return readText(properties, path);
    }
    const fields = ["arn", "name"].map((field) => readText(properties, [...path, field]));
    return (
        fields.find(({ kind }) => kind === "known") ??
        fields.find(({ kind }) => kind === "open") ??
        absent
    );
};
