import assert from "node:assert/strict";
import { patchBaselineApprovalDelay } from "../../../policy-pack/rules/patch-baseline-approval-delay";
import { patchBaselineComplianceLevel } from "../../../policy-pack/rules/patch-baseline-compliance-level";
import { patchBaselineRejectionsJustified } from "../../../policy-pack/rules/patch-baseline-rejections-justified";
import { patchBaselineSourcesAndNonsecurity } from "../../../policy-pack/rules/patch-baseline-sources-and-nonsecurity";
import type { Rule } from "../../../policy-pack/rules/rule";
import { messages, unknown, verdicts } from "../../support/graph";
import { patchedCluster } from "../../support/patching-graph";

const rule = (more: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> => ({
    approvalRules: [{ approveAfterDays: 3, complianceLevel: "HIGH", ...more }],
});
const important = [{ key: "SEVERITY", values: ["Important"] }];
const source = (configuration: unknown): Readonly<Record<string, unknown>> => ({
    sources: [{ name: "mirror", products: ["*"], configuration }],
});
const dnf = "[mirror]\nbaseurl=https://mirror.internal/al2023\ngpgcheck=1";
const apt =
    "deb [signed-by=/usr/share/keyrings/d.gpg] https://mirror.internal/debian bookworm main";

/** Rule → title, changed properties of the baseline, expected verdicts. */
const cases: readonly (readonly [
    Rule,
    readonly (readonly [string, Readonly<Record<string, unknown>>, readonly string[]])[],
])[] = [
    [
        patchBaselineApprovalDelay,
        [
            ["critical patches after three days, others after seven", {}, ["pass baseline"]],
            [
                "critical patches after four days",
                rule({ approveAfterDays: 4 }),
                ["fail baseline approvalRules[0].approveAfterDays"],
            ],
            [
                "important patches after a week",
                rule({ approveAfterDays: 7, patchFilters: important }),
                ["pass baseline"],
            ],
            [
                "important patches after eight days",
                rule({ approveAfterDays: 8, patchFilters: important }),
                ["fail baseline approvalRules[0].approveAfterDays"],
            ],
            [
                "a wait that is not known",
                rule({ approveAfterDays: unknown }),
                ["indeterminate baseline approvalRules[0].approveAfterDays"],
            ],
            [
                "neither wait nor date",
                { approvalRules: [{}] },
                ["fail baseline approvalRules[0].approveUntilDate"],
            ],
            [
                "a date that has passed",
                { approvalRules: [{ approveUntilDate: "2026-10-01" }] },
                ["fail baseline approvalRules[0].approveUntilDate"],
            ],
            [
                "a date to come",
                { approvalRules: [{ approveUntilDate: "2026-12-01" }] },
                ["pass baseline"],
            ],
            [
                "a date that is not known",
                { approvalRules: [{ approveUntilDate: unknown }] },
                ["indeterminate baseline approvalRules[0].approveUntilDate"],
            ],
            [
                "rules that are not known",
                { approvalRules: unknown },
                ["indeterminate baseline approvalRules"],
            ],
            [
                "Debian without a wait",
                { operatingSystem: "DEBIAN", ...rule({ approveAfterDays: 0 }) },
                ["pass baseline"],
            ],
            [
                "Debian with a wait, which Patch Manager does not keep",
                { operatingSystem: "DEBIAN", ...rule({}) },
                ["fail baseline approvalRules[0].approveAfterDays"],
            ],
            [
                "Ubuntu with a date",
                { operatingSystem: "UBUNTU", approvalRules: [{ approveUntilDate: "2026-12-01" }] },
                ["fail baseline approvalRules[0].approveUntilDate"],
            ],
        ],
    ],
    [
        patchBaselineComplianceLevel,
        [
            ["critical and high levels", {}, ["pass baseline"]],
            [
                "no level",
                { approvalRules: [{ approveAfterDays: 3 }] },
                ["fail baseline approvalRules[0].complianceLevel"],
            ],
            [
                "UNSPECIFIED",
                rule({ complianceLevel: "UNSPECIFIED" }),
                ["fail baseline approvalRules[0].complianceLevel"],
            ],
            [
                "a level that is not known",
                rule({ complianceLevel: unknown }),
                ["indeterminate baseline approvalRules[0].complianceLevel"],
            ],
            [
                "approved patches without a level",
                { approvedPatches: ["curl.x86_64"] },
                ["fail baseline approvedPatchesComplianceLevel"],
            ],
            [
                "Windows, whose available updates count as compliant",
                { operatingSystem: "WINDOWS" },
                ["fail baseline availableSecurityUpdatesComplianceStatus"],
            ],
            [
                "Windows, whose available updates do not",
                {
                    operatingSystem: "WINDOWS",
                    availableSecurityUpdatesComplianceStatus: "NON_COMPLIANT",
                },
                ["pass baseline"],
            ],
            [
                "rules that are not known",
                { approvalRules: unknown },
                ["indeterminate baseline approvalRules"],
            ],
        ],
    ],
    [
        patchBaselineRejectionsJustified,
        [
            ["nothing rejected", {}, ["pass baseline"]],
            [
                "two rejected patches, each by itself",
                { rejectedPatches: ["curl.x86_64", "nginx*"] },
                ["fail baseline rejectedPatches", "fail baseline rejectedPatches"],
            ],
            [
                "a frozen patch",
                { approvedPatches: ["curl.x86_64"] },
                ["fail baseline approvedPatches"],
            ],
            [
                "a rejection that is not known",
                { rejectedPatches: [unknown] },
                ["indeterminate baseline rejectedPatches[0]"],
            ],
            [
                "rejections that are not known",
                { rejectedPatches: unknown },
                ["indeterminate baseline rejectedPatches"],
            ],
            [
                "rejected patches that come in as dependencies",
                { rejectedPatchesAction: "ALLOW_AS_DEPENDENCY" },
                ["fail baseline rejectedPatchesAction"],
            ],
            [
                "no action",
                { rejectedPatchesAction: undefined },
                ["fail baseline rejectedPatchesAction"],
            ],
            [
                "an action that is not known",
                { rejectedPatchesAction: unknown },
                ["indeterminate baseline rejectedPatchesAction"],
            ],
        ],
    ],
    [
        patchBaselineSourcesAndNonsecurity,
        [
            ["the system's own sources", {}, ["pass baseline"]],
            ["a signed dnf source over TLS", source(dnf), ["pass baseline"]],
            ["a signed apt source over TLS", source(apt), ["pass baseline"]],
            [
                "a source without TLS",
                source(dnf.replace("https", "http")),
                ["fail baseline sources[0].configuration"],
            ],
            [
                "a source without signature checks",
                source(dnf.replace("gpgcheck=1", "gpgcheck=0")),
                ["fail baseline sources[0].configuration"],
            ],
            [
                "an apt source that is trusted blindly",
                source(apt.replace("[", "[trusted=yes ")),
                ["fail baseline sources[0].configuration"],
            ],
            [
                "an apt source without a key",
                source("deb https://mirror.internal/debian bookworm main"),
                ["fail baseline sources[0].configuration"],
            ],
            [
                "a source that is not known",
                source(unknown),
                ["indeterminate baseline sources[0].configuration"],
            ],
            [
                "sources that are not known",
                { sources: unknown },
                ["indeterminate baseline sources"],
            ],
            [
                "other updates too",
                rule({ enableNonSecurity: true }),
                ["fail baseline approvalRules[0].enableNonSecurity"],
            ],
            [
                "other approved updates too",
                { approvedPatchesEnableNonSecurity: true },
                ["fail baseline approvedPatchesEnableNonSecurity"],
            ],
            [
                "a choice that is not known",
                rule({ enableNonSecurity: unknown }),
                ["indeterminate baseline approvalRules[0].enableNonSecurity"],
            ],
        ],
    ],
];

for (const [judged, table] of cases) {
    describe(judged.name, () => {
        for (const [title, baseline, expected] of table) {
            it(`judges ${title}`, () => {
                assert.deepEqual(verdicts(judged, patchedCluster({ baseline })), expected);
            });
        }
    });
}

describe("findings about baselines", () => {
    it("say what was found, what is allowed and why", () => {
        const baseline = { rejectedPatches: ["curl.x86_64"], ...rule({ approveAfterDays: 30 }) };
        assert.deepEqual(messages(patchBaselineApprovalDelay, patchedCluster({ baseline })), [
            "approvalRules[0].approveAfterDays is 30: critical patches must be approved within 3 days",
        ]);
        assert.deepEqual(messages(patchBaselineRejectionsJustified, patchedCluster({ baseline })), [
            'the patch "curl.x86_64" is rejected: it must have an exemption with a reason and an end',
        ]);
    });

    it("follow a stricter configuration", () => {
        const parameters = { patchCriticalApprovalDelayDays: 1 };
        assert.deepEqual(verdicts(patchBaselineApprovalDelay, patchedCluster(), { parameters }), [
            "fail baseline approvalRules[0].approveAfterDays",
        ]);
    });
});
