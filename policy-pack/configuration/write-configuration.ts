import type { PackConfiguration } from "./read-configuration";
import { ownPolicies } from "../pack";

/**
 * The one file that `pulumi preview --policy-pack-config` takes, of settings that come from several: levels, parameters, scope and
 * exemption records. Reading it gives the same configuration.
 */
export function writeConfiguration(
    configuration: PackConfiguration,
): Readonly<Record<string, Readonly<Record<string, unknown>>>> {
    const { policies, scope, exemptions } = configuration;
    const whole = { scope: scope.mode, keyServers: scope.keyServers, exemptions };
    const names = [...new Set([...policies.keys(), ownPolicies.exemptions])].sort();
    return Object.fromEntries(
        names
            .map((name): [string, Readonly<Record<string, unknown>>] => {
                const { level, parameters = {} } = policies.get(name) ?? {};
                return [
                    name,
                    {
                        ...(level === undefined ? {} : { enforcementLevel: level }),
                        ...parameters,
                        ...(name === ownPolicies.exemptions ? whole : {}),
                    },
                ];
            })
            .filter(([, settings]) => Object.keys(settings).length > 0),
    );
}
