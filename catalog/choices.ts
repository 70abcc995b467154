import { everySystem } from "./operating-systems";
import { acceptedWorkloadIds } from "./workloads";

/** A closed list of values that people choose from. */
interface Choice {
    readonly values: readonly (number | string)[];
    /** Where the list comes from. */
    readonly source: string;
}

/** Lists of what an argument may be, by what they are about. */
export const choices = {
    architecture: {
        values: ["x86_64", "arm64"],
        source: "Amazon EC2 API reference, Image; published by every system of the catalog",
    },
    environment: {
        values: ["production", "development"],
        source: "NIST SP 800-53 revision 5 CM-4(1)",
    },
    logRetentionDays: {
        values: [
            1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557,
            2922, 3288, 3653,
        ],
        source: "CloudWatch Logs API reference, PutRetentionPolicy",
    },
    operatingSystem: { values: everySystem, source: "docs/support.md" },
    workload: { values: acceptedWorkloadIds, source: "Keyward's: what the host profile confines" },
} as const satisfies Readonly<Record<string, Choice>>;

export type ChoiceId = keyof typeof choices;
