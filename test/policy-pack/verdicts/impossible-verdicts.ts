import type { Verdict } from "../../../catalog/records/verdict";

/** Verdicts that a policy cannot give, each with the reason. */
export const impossibleVerdicts: Readonly<
    Record<string, Readonly<Partial<Record<Verdict, string>>>>
> = {
    "enforcement-levels-sound": {
        indeterminate: "levels are always known",
        exempt: "it allows no exemption",
        "not-applicable": "every stack has the pack's critical policies",
    },
    "exemptions-sound": {
        indeterminate:
            "records of the file are always known; those that a cluster carries are judged in carried-exemptions.test.ts",
        exempt: "it allows no exemption; what a cluster's records exempt is judged in carried-exemptions.test.ts",
    },
    "iam-no-users-or-access-keys": {
        pass: "it has no subject but what it fails",
        indeterminate: "users and keys fail whatever is known of them",
    },
    "resource-options-safe": { indeterminate: "options are always known" },
};
