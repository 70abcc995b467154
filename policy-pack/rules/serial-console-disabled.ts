import { TypeToken } from "../../aws/type-tokens";
import { failed, settle, undecided } from "../reading/observations";
import { readBoolean, valueAt } from "../reading/values";
import type { Observation, Rule } from "./rule";
import type { RegisteredResource } from "../graph/resource";

const path = ["enabled"];

/** Where a stack sets the account's access to the EC2 serial console, that is off. */
export const serialConsoleDisabled: Rule = {
    name: "serial-console-disabled",
    reads: [TypeToken.SerialConsoleAccess],
    *judge({ graph, scope }) {
        for (const access of graph.ofType(TypeToken.SerialConsoleAccess)) {
            if (scope.includes(access)) {
                yield* settle(access, decide(access));
            }
        }
    },
    remediate: (resource) =>
        resource.type === TypeToken.SerialConsoleAccess && isOn(resource)
            ? [{ path, value: false }]
            : [],
};

function decide(access: RegisteredResource): readonly Observation[] {
    const enabled = readBoolean(access.properties, path);
    if (enabled.kind === "open") {
        return [undecided(access, path, `enabled ${enabled.why}`)];
    }
    // The provider switches the console on where nothing is said.
    const found = enabled.kind === "known" ? "is true" : "is not set";
    return enabled.kind === "known" && !enabled.value
        ? []
        : [
              failed(
                  access,
                  path,
                  `enabled ${found}, so servers offer a login past network and session log`,
              ),
          ];
}

function isOn(access: RegisteredResource): boolean {
    const value = valueAt(access.properties, path);
    return typeof value !== "symbol" && value !== false && value !== "false";
}
