import assert from "node:assert/strict";
import { paragraphs } from "../../catalog/article";
import type { Control, Enforcement } from "../../catalog/control";
import { control, controls, controlsOfHostCheck, controlsOfPolicy } from "../../catalog/controls";
import { parameters } from "../../catalog/parameters";
import { policyRecords } from "../../catalog/policies";
import { plannedControls, problemsOfCatalog } from "../../catalog/soundness";
import type { CatalogParts } from "../../catalog/soundness";
import * as components from "../../components";
import { hostChecks } from "../../host/host-checks";

/** Controls that nothing enforces yet. This number may only fall. */
const plannedCeiling = 0;

const catalog: CatalogParts = {
    controls,
    paragraphs,
    parameters,
    policies: policyRecords.map((record) => record.name),
    components: Object.keys(components),
    hostChecks,
};

/** The catalog with one control changed. */
function withControl(id: string, change: Partial<Control>): CatalogParts {
    return {
        ...catalog,
        controls: controls.map((known) => (known.id === id ? { ...known, ...change } : known)),
    };
}

function withEnforcement(id: string, change: Partial<Enforcement>): CatalogParts {
    const { enforcement } = control(id);
    return withControl(id, { enforcement: { ...enforcement, ...change } });
}

describe("the catalog of controls", () => {
    it("is sound", () => {
        assert.deepEqual(problemsOfCatalog(catalog), []);
    });

    it("has exactly so many planned controls; lower this number when one is enforced", () => {
        assert.equal(plannedControls(controls).length, plannedCeiling);
    });

    it("covers every hardening feature of SP 800-130 and every chapter that the checklist names", () => {
        const cited = new Set(controls.flatMap((known) => known.references.nist800130));
        const letters = [..."abcdefghijkl"].map((letter) => `8.4${letter}`);
        const others = ["8.5", "8.7", "8.8", "8.9", "8.10", "8.11", "8.12", "8.13", "8.14", "8.15"]
            .concat([
                "8.16",
                "9.15",
                "9.16",
                "9.17",
                "10.3",
                "10.4",
                "10.5",
                "10.6",
                "10.7",
                "10.11",
            ])
            .concat(["10.12", "11.10", "11.11", "11.12", "11.13", "11.14", "11.15", "11.16"]);
        assert.deepEqual(
            [...letters, ...others].filter((id) => !cited.has(id)),
            [],
        );
    });

    it("says in one sentence what must be true", () => {
        const odd = controls.filter(
            ({ title, requirement }) =>
                !/^[A-Z]/.test(title) || title.endsWith(".") || !/^[A-Z].+\.$/.test(requirement),
        );
        assert.deepEqual(
            odd.map((known) => known.id),
            [],
        );
    });

    it("uses every parameter in a control or a policy", () => {
        const used = new Set([
            ...controls.flatMap((known) => known.parameters),
            ...policyRecords.flatMap((record) => record.parameters),
        ]);
        assert.deepEqual(
            parameters.map(({ id }) => id).filter((id) => !used.has(id)),
            [],
        );
    });

    it("names a policy's parameters in the controls that the policy enforces", () => {
        const absent = policyRecords.flatMap((record) => {
            const named = controlsOfPolicy(record.name).flatMap((known) => known.parameters);
            return record.parameters
                .filter((id) => !named.includes(id))
                .map((id) => `${record.name}: ${id}`);
        });
        assert.deepEqual(absent, []);
    });

    it("finds the controls of a policy and of a host check", () => {
        assert.deepEqual(
            controlsOfPolicy("no-public-ip").map((known) => known.id),
            ["no-public-reachability"],
        );
        assert.deepEqual(controlsOfPolicy("no-such"), []);
        assert.deepEqual(controlsOfHostCheck("no-such"), []);
        assert.throws(() => control("no-such"), {
            message: 'the catalog has no control "no-such"',
        });
    });
});

describe("an unsound catalog", () => {
    const cases: readonly (readonly [string, CatalogParts, readonly string[]])[] = [
        [
            "a control that nothing enforces",
            withEnforcement("keys-rotated", { components: [], policies: [] }),
            [
                'control "keys-rotated" is enforced by nothing, and is neither manual nor planned',
                'policy "kms-rotation" belongs to no control',
            ],
        ],
        [
            "a planned control that something enforces",
            withEnforcement("keys-rotated", { planned: "later" }),
            ['control "keys-rotated" is planned although something enforces it'],
        ],
        [
            "a planned control without a reason",
            withEnforcement("verified-after-boot", { components: [], planned: " " }),
            ['control "verified-after-boot" is planned without a reason'],
        ],
        [
            "a manual control without a period",
            withEnforcement("periodic-review", { manual: { periodDays: 0, evidence: "Notes" } }),
            ['control "periodic-review" is manual without a period or evidence'],
        ],
        [
            "a component that does not exist",
            withEnforcement("keys-rotated", { components: ["KeyCabinet"] }),
            ['control "keys-rotated" names component "KeyCabinet", which does not exist'],
        ],
        [
            "a policy that does not exist",
            withEnforcement("keys-rotated", { policies: ["kms-rotation", "kms-rotated"] }),
            ['control "keys-rotated" names policy "kms-rotated", which does not exist'],
        ],
        [
            "a policy named twice",
            withEnforcement("keys-rotated", { policies: ["kms-rotation", "kms-rotation"] }),
            ['control "keys-rotated" names policy "kms-rotation" twice'],
        ],
        [
            "a host check that does not exist",
            withEnforcement("keys-rotated", { hostChecks: ["no-such-check"] }),
            ['control "keys-rotated" names host check "no-such-check", which does not exist'],
        ],
        [
            "a policy that belongs to no control",
            { ...catalog, policies: [...catalog.policies, "stray"] },
            ['policy "stray" belongs to no control'],
        ],
        [
            "a host check that belongs to no control",
            { ...catalog, hostChecks: [...catalog.hostChecks, "stray-check"] },
            ['host check "stray-check" belongs to no control'],
        ],
        [
            "malformed reference ids",
            withControl("keys-rotated", {
                references: {
                    nist800130: ["8.4m"],
                    nist80053: ["SC12"],
                    pciDss: ["13.1"],
                    cis: ["AL2024 1.1"],
                },
            }),
            [
                'control "keys-rotated" "8.4m" is no id of NIST SP 800-130, such as "8.4a"',
                'control "keys-rotated" "SC12" is no id of NIST SP 800-53 revision 5, such as "AC-6(5)"',
                'control "keys-rotated" "13.1" is no id of PCI DSS 4.0.1, such as "6.3.3"',
                'control "keys-rotated" "AL2024 1.1" is no id of CIS Amazon Linux 2023 1.0.0, CIS Debian 12 1.1.0, CIS Controls 8, such as "AL2023 2.2.13"',
            ],
        ],
        [
            "a control without a framework requirement, and a reference given twice",
            withControl("keys-rotated", {
                references: { nist800130: [], nist80053: ["SC-12", "SC-12"], pciDss: [], cis: [] },
            }),
            [
                'control "keys-rotated" "SC-12" of NIST SP 800-53 revision 5 is cited twice',
                'control "keys-rotated" cites no framework requirement of NIST SP 800-130',
            ],
        ],
        [
            "a paragraph without a control",
            {
                ...catalog,
                paragraphs: [
                    ...paragraphs,
                    { id: "new-one", title: "New", asks: "More.", inArticle: true },
                ],
            },
            ['paragraph "new-one" has no control'],
        ],
        [
            "a control of a paragraph that does not exist",
            withControl("keys-rotated", { paragraph: "no-such" }),
            ['control "keys-rotated" belongs to paragraph "no-such", which does not exist'],
        ],
        [
            "two controls with one id",
            { ...catalog, controls: [...controls, control("keys-rotated")] },
            ['control "keys-rotated" exists twice'],
        ],
        [
            "an id with capitals",
            withControl("keys-rotated", { id: "Keys_Rotated" }),
            ['control "Keys_Rotated" must be named by lower case words joined by hyphens'],
        ],
        [
            "a parameter that does not exist",
            withControl("keys-rotated", { parameters: ["keyRotationWeeks"] }),
            ['control "keys-rotated" names parameter "keyRotationWeeks", which does not exist'],
        ],
        [
            "a parameter whose value lies outside its bounds",
            {
                ...catalog,
                parameters: parameters.map((known) =>
                    known.id === "imdsHopLimit" ? { ...known, value: 3 } : known,
                ),
            },
            ['parameter "imdsHopLimit" must be at most 2 hops, got 3'],
        ],
    ];
    for (const [what, parts, problems] of cases) {
        it(`is told of ${what}`, () => {
            assert.deepEqual(problemsOfCatalog(parts), problems);
        });
    }
});
