import assert from "node:assert/strict";
import { patchBaselineCoverage as rule } from "../../../policy-pack/rules/patch-baseline-coverage";
import { messages, resource, unknown, verdicts } from "../../support/graph";

function filters(table: Record<string, unknown>): unknown {
    return Object.entries(table).map(([key, values]) => ({ key, values }));
}

function baseline(operatingSystem: unknown, rules: unknown, more: Record<string, unknown> = {}) {
    return resource("aws:ssm/patchBaseline:PatchBaseline", "base", {
        operatingSystem,
        approvalRules: rules,
        ...more,
    });
}

function approving(...tables: readonly Record<string, unknown>[]): unknown {
    return tables.map((table) => ({ approveAfterDays: 3, patchFilters: filters(table) }));
}

const complete = {
    PRODUCT: ["AmazonLinux2023"],
    CLASSIFICATION: ["Security"],
    SEVERITY: ["Critical", "Important", "Medium"],
};

describe("patch-baseline-coverage", () => {
    for (const [title, rules, expected] of [
        ["passes one rule for all", approving(complete), "pass base"],
        ["passes wildcards", approving({ PRODUCT: ["*"], SEVERITY: ["*"] }), "pass base"],
        [
            "passes several rules that cover everything together",
            approving(
                { ...complete, SEVERITY: ["Critical"] },
                { ...complete, SEVERITY: ["Important", "Medium"] },
            ),
            "pass base",
        ],
        [
            "fails when a severity is left out",
            approving({ ...complete, SEVERITY: ["Critical", "Important"] }),
            "fail base approvalRules",
        ],
        [
            "fails when security is left out",
            approving({ ...complete, CLASSIFICATION: ["Bugfix"] }),
            "fail base approvalRules",
        ],
        [
            "fails for another product",
            approving({ ...complete, PRODUCT: ["AmazonLinux2"] }),
            "fail base approvalRules",
        ],
        [
            "fails a filter for something else",
            approving({ ...complete, NAME: ["openssl"] }),
            "fail base approvalRules",
        ],
        ["fails an empty list of rules", [], "fail base approvalRules"],
        ["fails without rules", undefined, "fail base approvalRules"],
        ["is indeterminate for unknown rules", unknown, "indeterminate base approvalRules"],
        [
            "is indeterminate for an unknown severity",
            approving({ ...complete, SEVERITY: ["Critical", unknown] }),
            "indeterminate base approvalRules",
        ],
        [
            "passes an unknown rule beside a complete one",
            [unknown, ...(approving(complete) as unknown[])],
            "pass base",
        ],
        [
            "is indeterminate for an unknown rule beside an incomplete one",
            [...(approving({ ...complete, SEVERITY: ["Low"] }) as unknown[]), unknown],
            "indeterminate base approvalRules",
        ],
    ] as const) {
        it(title, () => {
            assert.deepEqual(verdicts(rule, [baseline("AMAZON_LINUX_2023", rules)]), [expected]);
        });
    }

    it("reads Debian and Ubuntu by product and priority", () => {
        const every = ["Required", "Important", "Standard", "Optional", "Extra"];
        const debian = (PRODUCT: string[], PRIORITY: string[]) =>
            verdicts(rule, [baseline("DEBIAN", approving({ PRODUCT, PRIORITY }))]);
        assert.deepEqual(debian(["Debian12"], every), ["pass base"]);
        assert.deepEqual(debian(["Debian13"], ["*"]), ["pass base"]);
        assert.deepEqual(debian(["Debian10"], every), ["fail base approvalRules"]);
        assert.deepEqual(debian(["Debian12"], ["Required"]), ["fail base approvalRules"]);
    });

    it("takes a baseline without a system for one of Windows, as the provider does", () => {
        assert.deepEqual(verdicts(rule, [baseline(undefined, approving(complete))]), [
            "fail base approvalRules",
        ]);
        const windows = approving({
            CLASSIFICATION: ["SecurityUpdates", "CriticalUpdates"],
            MSRC_SEVERITY: ["Critical", "Important"],
        });
        assert.deepEqual(verdicts(rule, [baseline("WINDOWS", windows)]), ["pass base"]);
    });

    it("says Moderate for Medium where the system does", () => {
        const rhel = approving({
            CLASSIFICATION: ["Security"],
            SEVERITY: ["Critical", "Important", "Moderate"],
        });
        assert.deepEqual(verdicts(rule, [baseline("REDHAT_ENTERPRISE_LINUX", rhel)]), [
            "pass base",
        ]);
    });

    it("is indeterminate for systems that are unknown, here or before deployment", () => {
        for (const system of ["MACOS", unknown]) {
            assert.deepEqual(verdicts(rule, [baseline(system, approving(complete))]), [
                "indeterminate base operatingSystem",
            ]);
        }
    });

    it("lets global filters take away what the rules approve", () => {
        const narrow = { globalFilters: filters({ SEVERITY: ["Critical"] }) };
        const one = baseline("AMAZON_LINUX_2023", approving(complete), narrow);
        assert.deepEqual(messages(rule, [one]), [
            "no approval rule covers the patches Security/Important, Security/Medium of AmazonLinux2023",
        ]);
    });
});
