import { operatingSystem, type OperatingSystemId } from "../catalog/operating-systems";
import { parameters, type parameter, type ParameterId } from "../catalog/parameters";
import { problemsOfValue } from "../catalog/parameters/bounds";
import type { ParameterValue } from "../catalog/parameter";
import type { Exemption } from "../catalog/records/exemption";
import { InputError } from "../catalog/records/input-error";
import type { Workload, WorkloadId } from "../catalog/workload";
import { workload } from "../catalog/workloads";
import { namedWorkload } from "../catalog/workloads/named";
import type { HostContext } from "./context";

/** What people choose for a host; everything else is the catalog's. */
export interface HostChoices {
    readonly operatingSystem: OperatingSystemId;
    readonly workload: WorkloadId;
    /** The organisation's values by parameter id. */
    readonly parameters?: Readonly<Record<string, ParameterValue>>;
    readonly exemptions?: readonly Exemption[];
    /** URN of the one server that the profile is for; exemptions of host checks need it, because each holds for some servers only. */
    readonly server?: string;
    /** Servers that share the profile, instead of `server`: each finds its exemptions by its private name. */
    readonly nodes?: readonly HostNode[];
}

/** A server that shares its profile with others. */
export interface HostNode {
    /** Private name, which it reads from `nodeNamePath`. */
    readonly name: string;
    /** Its URN. */
    readonly server: string;
}

/** Resolves choices. Throws InputError for a value outside its bounds or that would not survive in a configuration file. */
export function hostContext(choices: HostChoices): HostContext {
    const chosen = choices.parameters ?? {};
    const problems = [
        ...Object.entries(chosen).flatMap(([id, value]) => problemsOf(id, value)),
        ...problemsTogether(choices),
    ];
    if (problems.length > 0) {
        throw new InputError(problems);
    }
    const values = new Map<string, ParameterValue>(
        parameters.map(({ id, value }) => [id, chosen[id] ?? value]),
    );
    const valueOf = <Id extends ParameterId>(id: Id): ReturnType<typeof parameter<Id>>["value"] =>
        values.get(id) as ReturnType<typeof parameter<Id>>["value"];
    return {
        operatingSystem: operatingSystem(choices.operatingSystem),
        workload: named(
            workload(choices.workload),
            String(values.get("hostWorkloadUnit")),
            String(values.get("hostWorkloadUser")),
        ),
        value: valueOf,
    };
}

/** The workload under the organisation's names; without them nothing of it can be confined. */
function named(known: Workload, unit: string, user: string): Workload {
    return unit === "" || user === "" ? known : namedWorkload(known, { unit, user });
}

function problemsOf(id: string, value: ParameterValue): readonly string[] {
    const known = parameters.find((candidate) => candidate.id === id);
    if (known === undefined) {
        return [`parameter "${id}" does not exist: \`keyward checklist\` lists them`];
    }
    const problems = problemsOfValue(known, value).map((reason) => `parameter "${id}" ${reason}`);
    return problems.length > 0 ? problems : problemsOfFormat(id, value);
}

/** What a value must look like so that it can stand in a configuration file. */
const formats: Readonly<Record<string, { readonly format: RegExp; readonly what: string }>> = {
    hostClientCidrs: { format: /^[0-9a-f.:]+\/\d{1,3}$/, what: "a CIDR such as 10.0.1.0/24" },
    hostPeerCidrs: { format: /^[0-9a-f.:]+\/\d{1,3}$/, what: "a CIDR such as 10.0.1.0/24" },
    hostSshClientCidrs: { format: /^[0-9a-f.:]+\/\d{1,3}$/, what: "a CIDR such as 10.0.1.0/24" },
    hostResolverAddresses: { format: /^[0-9a-f.:]+$/, what: "an IP address" },
    hostTimeServers: { format: /^[0-9a-f.:]+$/, what: "an IP address" },
    hostSshUsers: { format: /^[a-z_][a-z0-9_-]{0,30}$/, what: "an account name" },
    hostLogServer: { format: /^$|^[A-Za-z0-9.-]+:\d{1,5}$/, what: "name:port" },
    hostWorkloadUnit: {
        format: /^$|^[A-Za-z0-9@._-]+\.service$/,
        what: "a unit such as kms.service",
    },
    hostWorkloadUser: {
        format: /^$|^(?!root$)[a-z_][a-z0-9_-]{0,30}$/,
        what: "an account name other than root",
    },
    hostExecutablePaths: { format: /^(\/[A-Za-z0-9._-]+)+$/, what: "an absolute path" },
    hostBannerText: {
        format: /^[ -~]{10,400}$/,
        what: "one line of 10 to 400 printable ASCII characters",
    },
};

function problemsOfFormat(id: string, value: ParameterValue): readonly string[] {
    const rule = formats[id];
    if (rule === undefined) {
        return [];
    }
    const elements = Array.isArray(value) ? value : [value];
    return elements
        .filter((element) => !rule.format.test(String(element)))
        .map((element) => `parameter "${id}" must hold ${rule.what}, got "${element}"`);
}

function problemsTogether({
    workload: id,
    parameters: chosen = {},
}: HostChoices): readonly string[] {
    const users = chosen["hostSshUsers"];
    const named = Array.isArray(users) && users.length > 0;
    return [
        ...(chosen["hostSshEnabled"] === true && !named
            ? [
                  'parameter "hostSshEnabled" is true, but nobody may log in: name accounts in "hostSshUsers"',
              ]
            : []),
        ...(workload(id).user === null &&
        ((chosen["hostWorkloadUnit"] ?? "") === "") !== ((chosen["hostWorkloadUser"] ?? "") === "")
            ? [
                  'parameters "hostWorkloadUnit" and "hostWorkloadUser" must be given together: the unit is confined to its account',
              ]
            : []),
    ];
}
