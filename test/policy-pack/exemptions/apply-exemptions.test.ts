import assert from "node:assert/strict";
import type { Exemption } from "../../../catalog/records/exemption";
import type { JudgedStack } from "../../../catalog/records/judged-stack";
import { judgeStack } from "../../../policy-pack/judge";
import { fingerprintOf } from "../../../policy-pack/judging/fingerprint";
import type { Observation, Rule } from "../../../policy-pack/rules/rule";
import { packOf, sketchPolicy } from "../../support/packs";
import { sketchResource, testProject, testStack } from "../../support/resources";

const groupType = "aws:ec2/securityGroup:SecurityGroup";
const group = sketchResource({ type: groupType, name: "clients" });
const other = sketchResource({ type: groupType, name: "clients-two" });
const hole = (subject: string, resource = group): Observation => ({
    verdict: "fail",
    resource,
    path: ["ingress", 0],
    subject,
    message: `open: ${subject}`,
});

const record: Exemption = {
    id: "legacy-client-range",
    policy: "open-group",
    scope: { urn: group.urn },
    reason: "The legacy client cannot use a group.",
    owner: "platform",
    approver: "security",
    ticket: "SEC-104",
    created: "2026-11-01",
    expires: "2026-12-01",
};

interface Setting {
    readonly holes?: readonly Observation[];
    readonly asOf?: string;
    readonly severity?: "critical" | "high" | "medium" | "low";
    readonly exemptable?: boolean;
}

function judgeWith(exemptions: readonly unknown[], setting: Setting = {}): JudgedStack {
    const { holes = [hole("tcp/8200")], severity = "critical", exemptable = true } = setting;
    const rule: Rule = { name: "open-group", reads: [groupType], judge: () => holes };
    return judgeStack(
        {
            resources: [group, other],
            project: testProject,
            stack: testStack,
            asOf: new Date(setting.asOf ?? "2026-11-20T00:00:00Z"),
            exemptions,
        },
        packOf([rule], [sketchPolicy({ name: "open-group", severity, exemptable })]),
    );
}

const outcome = (judged: JudgedStack): readonly string[] =>
    judged.findings.map(({ policy, verdict, level }) => `${policy} ${verdict} ${level}`);
const complaint = (judged: JudgedStack): string | undefined =>
    judged.findings.find(({ policy }) => policy === "exemptions-sound")?.message;

describe("an exemption", () => {
    it("makes an advisory of what it covers, and says by whom and until when", () => {
        const judged = judgeWith([record]);
        assert.deepEqual(outcome(judged), ["open-group exempt advisory"]);
        assert.equal(
            judged.findings[0]?.message,
            'open: tcp/8200 (exempt until 2026-12-01 by "legacy-client-range", SEC-104, ends in 11 days: mend it or renew it)',
        );
        assert.equal(judged.findings[0]?.exemption, "legacy-client-range");
        assert.equal(judged.blocked, false);
        assert.deepEqual(judged.exemptions, [
            {
                ...record,
                state: "active",
                findings: [fingerprintOf("open-group", group.urn, ["ingress"], "tcp/8200")],
            },
        ]);
        assert.equal(judged.policies.find(({ name }) => name === "open-group")?.counts.exempt, 1);
    });

    it("is pointed out from fourteen days before its end, and not earlier", () => {
        const message = (asOf: string): string | undefined =>
            judgeWith([record], { asOf }).findings[0]?.message;
        assert.match(message("2026-11-16T00:00:00Z") ?? "", /SEC-104\)$/);
        assert.match(message("2026-11-17T00:00:00Z") ?? "", /ends in 14 days/);
    });

    it("does not cover a new hole in the same resource when it names a fingerprint", () => {
        const fingerprint = fingerprintOf("open-group", group.urn, ["ingress"], "tcp/8200");
        const judged = judgeWith([{ ...record, scope: { fingerprint } }], {
            holes: [hole("tcp/8200"), hole("tcp/22")],
        });
        assert.deepEqual(outcome(judged), [
            "open-group fail mandatory",
            "open-group exempt advisory",
        ]);
    });

    it("covers nothing once a second hole appears in a resource that it names as a whole", () => {
        const judged = judgeWith([record], { holes: [hole("tcp/8200"), hole("tcp/22")] });
        assert.deepEqual(outcome(judged), [
            "exemptions-sound fail mandatory",
            "open-group fail mandatory",
            "open-group fail mandatory",
        ]);
        assert.match(complaint(judged) ?? "", /too wide.*one record with a fingerprint for each/);
    });

    it("covers one hole of each resource that its pattern names", () => {
        const scope = { urn: `urn:pulumi:dev::vault::${groupType}::clients*` };
        const judged = judgeWith([{ ...record, scope }], {
            holes: [hole("tcp/8200"), hole("tcp/8200", other)],
        });
        assert.deepEqual(outcome(judged), [
            "open-group exempt advisory",
            "open-group exempt advisory",
        ]);
    });

    it("covers a doubt as well as a failure", () => {
        const judged = judgeWith([record], {
            holes: [{ ...hole("tcp/8200"), verdict: "indeterminate" }],
        });
        assert.deepEqual(outcome(judged), ["open-group exempt advisory"]);
    });

    it("ends at the start of its last day", () => {
        const before = judgeWith([record], { asOf: "2026-11-30T23:59:59Z" });
        const after = judgeWith([record], { asOf: "2026-12-01T00:00:00Z" });
        assert.deepEqual(outcome(before), ["open-group exempt advisory"]);
        assert.deepEqual(outcome(after), [
            "exemptions-sound fail mandatory",
            "open-group fail mandatory",
        ]);
        assert.equal(after.exemptions[0]?.state, "expired");
        assert.match(complaint(after) ?? "", /it expired on 2026-12-01/);
    });

    it("is a finding when nothing is left for it to cover", () => {
        const judged = judgeWith([record], { holes: [] });
        assert.deepEqual(outcome(judged), ["exemptions-sound fail mandatory"]);
        assert.equal(judged.exemptions[0]?.state, "unused");
    });

    it("is left alone when it names another stack or another project", () => {
        for (const urn of [
            group.urn.replace("urn:pulumi:dev", "urn:pulumi:prod"),
            group.urn.replace("::vault::", "::other::"),
        ]) {
            const judged = judgeWith([{ ...record, scope: { urn } }]);
            assert.deepEqual(outcome(judged), ["open-group fail mandatory"]);
            assert.deepEqual(judged.exemptions, []);
        }
    });

    it("covers nothing of a policy that allows no exemption", () => {
        const judged = judgeWith([record], { exemptable: false });
        assert.equal(judged.exemptions[0]?.state, "not-exemptable");
        assert.deepEqual(outcome(judged), [
            "exemptions-sound fail mandatory",
            "open-group fail mandatory",
        ]);
    });

    it("may last as long as the severity of its policy allows and no day longer", () => {
        const spans = { critical: "2026-12-01", high: "2027-01-30", medium: "2027-04-30" } as const;
        for (const [severity, expires] of Object.entries(spans)) {
            const setting = { severity: severity as keyof typeof spans };
            assert.equal(
                judgeWith([{ ...record, expires }], setting).exemptions[0]?.state,
                "active",
            );
            const next = new Date(Date.parse(expires) + 86_400_000).toISOString().slice(0, 10);
            const late = judgeWith([{ ...record, expires: next }], setting);
            assert.equal(late.exemptions[0]?.state, "malformed", severity);
            assert.match(complaint(late) ?? "", new RegExp(`from a ${severity} policy may last`));
        }
    });

    const malformed: readonly (readonly [string, unknown, RegExp])[] = [
        ["no object", "all", /exemptions\[0\] must be object, got "all"/],
        ["a missing field", { ...record, ticket: undefined }, /lacks the field "ticket"/],
        [
            "a field that nobody knows",
            { ...record, until: "x" },
            /unknown field "until"; known: id/,
        ],
        ["a date that does not exist", { ...record, expires: "2026-02-30" }, /must be a date/],
        ["dates as numbers", { ...record, expires: 20261201 }, /expires must be string/],
        ["an end before its beginning", { ...record, created: "2026-12-02" }, /after created/],
        ["a beginning in the future", { ...record, created: "2026-11-21" }, /not in force before/],
        ["a short reason", { ...record, reason: "because" }, /at least 20 characters/],
        ["a blank owner", { ...record, owner: " " }, /owner must not be blank/],
        ["an empty scope", { ...record, scope: {} }, /scope/],
        ["a path alone", { ...record, scope: { path: "ingress" } }, /scope lacks the field "urn"/],
        [
            "a policy that does not exist",
            { ...record, policy: "open-grup" },
            /no policy "open-grup"/,
        ],
        [
            "a pattern for every type",
            { ...record, scope: { urn: "urn:pulumi:dev::vault::*::clients" } },
            /too wide: it must name one type/,
        ],
        [
            "a pattern for every name",
            { ...record, scope: { urn: `urn:pulumi:dev::vault::${groupType}::*` } },
            /too wide: the name must hold at least three/,
        ],
        [
            "prototype keys",
            JSON.parse('{"__proto__": {"id": "x"}, "policy": "open-group"}'),
            /unknown field "__proto__"/,
        ],
    ];
    for (const [what, wrong, reason] of malformed) {
        it(`covers nothing with ${what}`, () => {
            const judged = judgeWith([wrong]);
            assert.deepEqual(outcome(judged), [
                "exemptions-sound fail mandatory",
                "open-group fail mandatory",
            ]);
            assert.equal(judged.exemptions[0]?.state, "malformed");
            assert.match(complaint(judged) ?? "", reason);
        });
    }

    it("is refused when an earlier record has its id", () => {
        const second = { ...record, scope: { urn: other.urn } };
        const judged = judgeWith([record, second], {
            holes: [hole("tcp/8200"), hole("tcp/8200", other)],
        });
        assert.deepEqual(outcome(judged), [
            "exemptions-sound fail mandatory",
            "open-group exempt advisory",
            "open-group fail mandatory",
        ]);
        assert.match(complaint(judged) ?? "", /used by an earlier record/);
    });
});
