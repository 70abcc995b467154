import type { OperatingSystemId } from "../../../catalog/operating-systems";
import type { HostChoices } from "../../../host/choices";

/** Choices that call up every check of an operating system. */
export function everyCheck(operatingSystem: OperatingSystemId): HostChoices {
    return {
        operatingSystem,
        workload: "openbao",
        parameters: {
            hostSshEnabled: true,
            hostSshUsers: ["keyops"],
            hostRemovableMedia: true,
            hostLogServer: "logs.example.com:19532",
        },
    };
}
