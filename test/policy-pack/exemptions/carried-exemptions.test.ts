import assert from "node:assert/strict";
import { describeHostCheck } from "../../../catalog/host-checks";
import type { JudgedStack } from "../../../catalog/records/judged-stack";
import { judgeStack } from "../../../policy-pack/judge";
import { SecretValue, UNKNOWN } from "../../../policy-pack/graph/resource";
import { catalogTexts } from "../../../report/catalog-texts";
import { writeConsole } from "../../../report/console/write";
import { writeHtml } from "../../../report/html/write";
import { writeSarif } from "../../../report/sarif/write";
import { hostExemption } from "../../support/host-exemption";
import { packOf } from "../../support/packs";
import { sketchResource, testProject, testStack } from "../../support/resources";

const clusterType = "keyward:index:KeyServerCluster";
const serverType = "aws:ec2/instance:Instance";

/** A cluster of two servers that carries these exemptions. */
function cluster(name: string, exemptions: unknown): ReturnType<typeof sketchResource>[] {
    const component = sketchResource({
        ...{ type: clusterType, name, custom: false },
        properties: { exemptions },
    });
    const servers = [1, 2].map((number) =>
        sketchResource({
            ...{ type: serverType, name: `${name}-${number}`, inside: [clusterType] },
            parent: component.urn,
        }),
    );
    return [component, ...servers];
}

const urn = (name: string): string =>
    `urn:pulumi:${testStack}::${testProject}::*${serverType}::${name}`;
const record = hostExemption(urn("bao-2"));

function judge(
    resources: readonly ReturnType<typeof sketchResource>[],
    { asOf = "2026-12-10", file = [] as readonly unknown[] } = {},
): JudgedStack {
    return judgeStack(
        {
            ...{ resources, project: testProject, stack: testStack, exemptions: file },
            asOf: new Date(`${asOf}T00:00:00Z`),
        },
        packOf([{ name: "servers-read", reads: [serverType], judge: () => [] }]),
    );
}

const states = ({ exemptions }: JudgedStack): readonly string[] =>
    exemptions.map(({ id, state, findings }) => `${id} ${state} ${findings.length}`);
const said = ({ findings }: JudgedStack): readonly string[] =>
    findings.map(
        ({ verdict, level, urn: of, path, message }) =>
            `${verdict} ${level} ${of.split("::").at(-1) ?? ""}${path === "" ? "" : ` ${path}`}: ${message}`,
    );

describe("an exemption from a host check that a cluster carries", () => {
    const active = judge(cluster("bao", [record]));

    it("is in the report, with a finding for each server that it holds on", () => {
        const [finding] = active.findings;
        assert.deepEqual(active.exemptions, [
            { ...record, state: "active", findings: [finding?.fingerprint] },
        ]);
        assert.deepEqual(said(active), [
            'exempt advisory bao-2: the server is not held to the host check mount-tmp (exempt until 2027-02-01 by "tmp-for-the-agent", SEC-1)',
        ]);
        assert.equal(active.blocked, false);
        const { severity, controls } = describeHostCheck("mount-tmp");
        assert.deepEqual(
            [finding?.policy, finding?.severity, finding?.controls, finding?.exemption],
            ["exemptions-sound", severity, controls, record.id],
        );
    });

    it("is shown by console, HTML and SARIF where exemptions of policies are", () => {
        assert.match(
            writeConsole(active, { width: 120, colors: false }),
            /~ medium exemptions-sound \(advisory, exempt\)\n {4}bao-2 .*\[exemption tmp-for-the-agent\]/,
        );
        const sarif = JSON.parse(writeSarif(active, catalogTexts)) as {
            runs: [{ results: [{ suppressions: [{ justification: string }] }] }];
        };
        assert.equal(
            sarif.runs[0].results[0].suppressions[0].justification,
            "the vendor's installer runs from /tmp until version 9 (exemption tmp-for-the-agent, owner platform, approved by security, ticket SEC-1, ends 2027-02-01)",
        );
        assert.match(
            writeHtml(active),
            /<th scope="row">tmp-for-the-agent<br\/?><code>mount-tmp<\/code>/,
        );
    });

    it("holds on several servers where its scope says so", () => {
        const wide = judge(cluster("bao", [{ ...record, scope: { urn: urn("bao-*") } }]));
        assert.deepEqual(states(wide), ["tmp-for-the-agent active 2"]);
    });

    it("is pointed out before its end", () => {
        const [line] = said(judge(cluster("bao", [record]), { asOf: "2027-01-25" }));
        assert.match(line ?? "", /ends in 7 days: mend it or renew it/);
    });

    it("is a finding that blocks from its last day on", () => {
        const expired = judge(cluster("bao", [record]), { asOf: "2027-02-01" });
        assert.deepEqual(states(expired), ["tmp-for-the-agent expired 0"]);
        assert.deepEqual(said(expired), [
            'fail mandatory bao exemptions[0]: the exemption "tmp-for-the-agent" from mount-tmp is expired and covers nothing: it expired on 2027-02-01',
        ]);
    });

    const wrong: readonly (readonly [string, object, string, RegExp])[] = [
        ["for no server", { scope: { urn: urn("bao-9") } }, "unused", /on no server of its/],
        ["from nothing known", { policy: "mount-temp" }, "malformed", /no host check "mount-temp"/],
        ["from a policy", { policy: "no-public-ip" }, "malformed", /no host check "no-public-ip"/],
        [
            "from the check of exemptions",
            { policy: "host-exemptions-sound" },
            "not-exemptable",
            /the host check host-exemptions-sound allows no exemption/,
        ],
        [
            "for too long",
            { expires: "2028-12-01" },
            "malformed",
            /a medium host check may last 180/,
        ],
        ["for later", { created: "2026-12-11" }, "malformed", /not in force before 2026-12-11/],
        ["without an owner", { owner: "" }, "malformed", /owner/],
    ];
    for (const [what, change, state, reason] of wrong) {
        it(`is a finding that blocks, ${state}, when it is ${what}`, () => {
            const judged = judge(cluster("bao", [{ ...record, ...change }]));
            assert.deepEqual(states(judged), [`tmp-for-the-agent ${state} 0`]);
            assert.equal(judged.blocked, true);
            assert.match(said(judged).join("\n"), reason);
        });
    }

    it("is unused where an earlier record exempts its server already", () => {
        const second = { ...record, id: "again" };
        assert.deepEqual(states(judge(cluster("bao", [record, second]))), [
            "again unused 0",
            "tmp-for-the-agent active 1",
        ]);
    });

    it("is one record where two clusters carry the same, and must differ in its id from every other", () => {
        const wide = { ...record, scope: { urn: urn("*ao-2") } };
        const two = [...cluster("bao", [wide]), ...cluster("cacao", [wide])];
        assert.deepEqual(states(judge(two)), ["tmp-for-the-agent active 2"]);
        const other = [
            ...cluster("bao", [record]),
            ...cluster("cacao", [{ ...record, scope: { urn: urn("cacao-1") } }]),
        ];
        assert.deepEqual([...states(judge(other))].sort(), [
            "tmp-for-the-agent active 1",
            "tmp-for-the-agent malformed 0",
        ]);
    });

    it("is in doubt where it is unknown, secret or no list", () => {
        for (const [exemptions, path] of [
            [UNKNOWN, "exemptions"],
            [new SecretValue([record]), "exemptions"],
            ["all", "exemptions"],
            [[{ ...record, expires: UNKNOWN }], "exemptions[0]"],
        ] as const) {
            assert.match(
                said(judge(cluster("bao", exemptions))).join("\n"),
                new RegExp(`^indeterminate mandatory bao ${path.replace("[", "\\[")}: `),
            );
        }
    });

    it("says nothing of a cluster without any", () => {
        assert.deepEqual(said(judge(cluster("bao", undefined))), []);
        assert.deepEqual(said(judge(cluster("bao", []))), []);
    });
});
