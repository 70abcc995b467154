import { launcherTypes, TypeToken } from "../../aws/type-tokens";
import type { RegisteredResource } from "../graph/resource";
import { interfaceReads, interfacesOf } from "../reading/interfaces";
import { failed, settle, undecided } from "../reading/observations";
import { readBoolean, readElements, valueAt } from "../reading/values";
import type { Observation, Rule, RuleContext } from "./rule";

const check = ["sourceDestCheck"];

/** A key server has one network interface, which drops packets that are not for or from it. */
export const sourceDestCheckAndSingleEni: Rule = {
    name: "source-dest-check-and-single-eni",
    reads: interfaceReads,
    *judge(context) {
        const { graph, scope } = context;
        const checked = graph.ofType(
            TypeToken.Instance,
            TypeToken.SpotInstanceRequest,
            TypeToken.NetworkInterface,
        );
        for (const resource of checked.filter((other) => scope.includes(other))) {
            const more =
                resource.type === TypeToken.NetworkInterface
                    ? []
                    : furtherInterfaces(context, resource);
            yield* settle(resource, [...forwarding(resource), ...more]);
        }
        const described = graph.ofType(
            TypeToken.LaunchTemplate,
            TypeToken.LaunchConfiguration,
            ...launcherTypes,
        );
        for (const resource of described.filter((other) => scope.includes(other))) {
            yield* settle(resource, listedInterfaces(resource));
        }
    },
    remediate: (resource) => {
        const current = valueAt(resource.properties, check);
        return [TypeToken.Instance, TypeToken.NetworkInterface].some(
            (type) => type === resource.type,
        ) &&
            (current === false || current === "false")
            ? [{ path: check, value: true }]
            : [];
    },
};

function forwarding(resource: RegisteredResource): readonly Observation[] {
    const reading = readBoolean(resource.properties, check);
    if (reading.kind === "open") {
        return [undecided(resource, check, `sourceDestCheck ${reading.why}`)];
    }
    return reading.kind === "known" && !reading.value
        ? [failed(resource, check, "sourceDestCheck is false, so the server may forward packets")]
        : [];
}

/** Interfaces listed in one resource beyond the first. */
function listedInterfaces(resource: RegisteredResource): readonly Observation[] {
    return ["networkInterfaces", "secondaryNetworkInterfaces", "secondaryInterfaces"].flatMap(
        (property) => {
            const list = readElements(resource.properties, [property]);
            const allowed = property === "networkInterfaces" ? 1 : 0;
            if (list.kind === "open") {
                return [undecided(resource, [property], `${property} ${list.why}`)];
            }
            return list.kind === "known" && list.value.length > allowed
                ? [
                      failed(
                          resource,
                          [property],
                          `${property} describes ${list.value.length} interfaces: a second one bridges two networks`,
                      ),
                  ]
                : [];
        },
    );
}

function furtherInterfaces(
    { graph }: RuleContext,
    server: RegisteredResource,
): readonly Observation[] {
    const own = listedInterfaces(server);
    if (own.length > 0) {
        return own;
    }
    const cards = interfacesOf(graph, server)
        .interfaces.map(({ resource }) => resource)
        .filter(({ type }) => type === TypeToken.NetworkInterface);
    const distinct = [...new Set(cards)];
    // An interface that the server does not name itself comes on top of the one it is launched with.
    const named = ["networkInterfaces", "primaryNetworkInterface"].some(
        (property) => readElements(server.properties, [property]).kind !== "absent",
    );
    return distinct.length > (named ? 1 : 0)
        ? [
              failed(
                  server,
                  [],
                  `the server has further interfaces (${distinct.map(({ name }) => `"${name}"`).join(", ")}): a second one bridges two networks`,
              ),
          ]
        : [];
}
