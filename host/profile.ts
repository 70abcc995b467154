import { exemptionCheck } from "../catalog/host-checks";
import { check, type HostCheck } from "./check";
import type { HostContext } from "./context";
import { hostContext, type HostChoices } from "./choices";
import { hostExemptions, type HostExemption } from "./exemptions";
import { item } from "./item";
import { accountChecks } from "./settings/accounts";
import { fileChecks } from "./settings/files";
import { identityChecks, integrityChecks } from "./settings/integrity";
import { kernelChecks } from "./settings/kernel";
import { loggingChecks } from "./settings/logging";
import { mountChecks } from "./settings/mounts";
import { packageChecks } from "./settings/packages";
import { passwordChecks } from "./settings/passwords";
import { protectionChecks } from "./settings/protection";
import { serviceChecks } from "./settings/services";
import { sshChecks } from "./settings/ssh";
import { workloadChecks } from "./settings/workload";

/** Everything that a host must be: the checks in the order in which `apply` makes them true. */
export interface HostProfile {
    readonly context: HostContext;
    readonly checks: readonly HostCheck[];
    /** Those that hold on the one server. */
    readonly exemptions: readonly HostExemption[];
    /** Those that hold on servers that share the profile, for those that have any. */
    readonly nodeExemptions: readonly NodeExemptions[];
}

/** Exemptions of one of several servers, by its private name. */
interface NodeExemptions {
    readonly node: string;
    readonly exemptions: readonly HostExemption[];
}

/**
 * Builds the profile of one kind of server. Throws InputError with every problem of parameters and exemptions at once.
 */
export function buildHostProfile(choices: HostChoices): HostProfile {
    const context = hostContext(choices);
    const checks = checksOf(context);
    const holdingOn = (server: string | undefined): readonly HostExemption[] =>
        hostExemptions(
            choices.exemptions ?? [],
            checks.map(({ id }) => id),
            server,
            // A limit of exemptions is a number.
            (id) => Number(context.value(id)),
        );
    const { nodes } = choices;
    return {
        context,
        checks,
        exemptions: nodes === undefined ? holdingOn(choices.server) : [],
        nodeExemptions: (nodes ?? [])
            .map(({ name, server }) => ({ node: name, exemptions: holdingOn(server) }))
            .filter(({ exemptions }) => exemptions.length > 0),
    };
}

/**
 * Accounts come before the files that belong to them; the integrity database comes when all is done, and exemptions when it is known which
 * were needed.
 */
function checksOf(context: HostContext): readonly HostCheck[] {
    return [
        ...packageChecks(context),
        ...accountChecks(context),
        ...passwordChecks(context),
        ...workloadChecks(context),
        ...identityChecks(context),
        ...sshChecks(context),
        ...serviceChecks(context),
        ...kernelChecks(context),
        ...fileChecks(context),
        ...loggingChecks(context),
        ...protectionChecks(context),
        ...mountChecks(context),
        ...integrityChecks(context),
        check(exemptionCheck, item("exemptions")),
    ];
}
