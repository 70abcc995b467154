import assert from "node:assert/strict";
import { gunzipSync } from "node:zlib";
import * as pulumi from "@pulumi/pulumi";
import type { JudgedStack } from "../../catalog/records/judged-stack";
import * as keyward from "../../components";
import { judgeStack } from "../../policy-pack/judge";
import { hostExemption } from "../support/host-exemption";
import { record, type RecordedResource } from "../support/monitor";
import { adoptingClusterArgs } from "./programs";

const urn = (name: string): string => `urn:pulumi:test::kms::*aws:ec2/instance:Instance::${name}`;

const exemption: keyward.HostExemptionArgs = hostExemption(urn("bao-2"));

const line = "mount-tmp tmp-for-the-agent 2026-12-01 2027-02-01";

async function resourcesOf(
    exemptions?: keyward.HostExemptionArgs[],
): Promise<readonly RecordedResource[]> {
    const { resources } = await record(
        () => new keyward.KeyServerCluster("bao", { ...adoptingClusterArgs, exemptions }),
    );
    return resources;
}

function find(
    resources: readonly RecordedResource[],
    type: string,
    name: string,
): RecordedResource | undefined {
    return resources.find((resource) => resource.type === type && resource.name === name);
}

const bundleType = "aws:s3/bucketObjectv2:BucketObjectv2";
const documentType = "aws:ssm/document:Document";

/** The script that a server fetches at its first boot. */
function bundleOf(resources: readonly RecordedResource[], name: string): string {
    const source = find(resources, bundleType, name)?.inputs.source as
        { readonly text: string } | undefined;
    return source?.text ?? "";
}

/** The script that State Manager repeats. */
function repeatedScript(resources: readonly RecordedResource[]): string {
    const content = JSON.parse(
        String(find(resources, documentType, "bao-profile")?.inputs.content),
    ) as { readonly mainSteps: readonly [{ readonly inputs: { readonly runCommand: string[] } }] };
    const { runCommand } = content.mainSteps[0].inputs;
    const from = runCommand.findIndex((step) => step.includes("keyward-host.new"));
    const packed = runCommand.slice(from + 1, runCommand.indexOf("END", from)).join("");
    return gunzipSync(Buffer.from(packed, "base64")).toString();
}

async function reasons(
    exemptions: keyward.HostExemptionArgs[],
): Promise<readonly (readonly [string, string])[]> {
    try {
        await resourcesOf(exemptions);
    } catch (error) {
        assert.ok(pulumi.InputPropertiesError.isInstance(error), String(error));
        return error.errors.map(({ propertyPath, reason }) => [propertyPath, reason]);
    }
    return [];
}

describe("exemptions of a cluster", () => {
    let plain: readonly RecordedResource[];
    let exempted: readonly RecordedResource[];

    before(async () => {
        plain = await resourcesOf();
        exempted = await resourcesOf([exemption]);
    });

    it("are carried from the first boot on by the server of their scope, and by no other", () => {
        assert.ok(bundleOf(exempted, "bao-2-profile").includes(`\n${line}`));
        assert.equal(bundleOf(exempted, "bao-profile"), bundleOf(plain, "bao-profile"));
        assert.ok(!bundleOf(plain, "bao-profile").includes(line));
        const keys = ["bao-1", "bao-2", "bao-3"].map((name) => {
            const userData = String(
                find(exempted, "aws:ec2/instance:Instance", name)?.inputs.userData,
            );
            return /bundles\/[0-9a-f]{64}/.exec(userData)?.[0];
        });
        const keyOf = (name: string): unknown => find(exempted, bundleType, name)?.inputs.key;
        assert.deepEqual(keys, [
            keyOf("bao-profile"),
            keyOf("bao-2-profile"),
            keyOf("bao-profile"),
        ]);
    });

    it("are repeated by the one association of the cluster, which servers still pass through one after the other", () => {
        const script = repeatedScript(exempted);
        assert.ok(
            script.includes(`server-2.bao.internal) EXEMPTIONS='\n${line}`),
            script.slice(-9),
        );
        assert.ok(!repeatedScript(plain).includes("/etc/keyward/node"));
        const associations = exempted.filter(
            ({ type }) => type === "aws:ssm/association:Association",
        );
        assert.deepEqual(
            associations.map(({ name }) => name),
            ["bao-profile", "bao-setup"],
        );
    });

    it("stand in the document's description and in the cluster's inputs, where people and the policy pack see them", () => {
        const content = String(find(exempted, documentType, "bao-profile")?.inputs.content);
        assert.equal(
            (JSON.parse(content) as { readonly description: string }).description,
            "Keyward host profile: applies and audits the hardening of a key server; exempt: mount-tmp on server-2.bao.internal until 2027-02-01 (tmp-for-the-agent)",
        );
        const cluster = find(exempted, "keyward:index:KeyServerCluster", "bao");
        assert.deepEqual(cluster?.inputs.exemptions, [exemption]);
    });

    it("are in the report of the stack, as exempt findings of their servers and exempt controls of the host", async () => {
        const { graph } = await record(
            () =>
                new keyward.KeyServerCluster("bao", {
                    ...adoptingClusterArgs,
                    exemptions: [exemption],
                }),
            { preview: true },
        );
        const judgedOn = (day: string): JudgedStack =>
            judgeStack({ resources: graph, project: "kms", stack: "test", asOf: new Date(day) });
        const judged = judgedOn("2026-12-10");
        const findings = judged.findings.filter(({ policy }) => policy === "exemptions-sound");
        assert.deepEqual(
            findings.map(({ verdict, urn: of }) => [verdict, of.split("::").at(-1)]),
            [["exempt", "bao-2"]],
        );
        assert.deepEqual(judged.exemptions, [
            { ...exemption, state: "active", findings: [findings[0]?.fingerprint] },
        ]);
        const states = (ids: readonly string[]): readonly unknown[] =>
            judged.controls.filter(({ id }) => ids.includes(id)).map(({ state }) => state);
        assert.deepEqual(states(["deviations-recorded"]), ["met"]);
        assert.ok(states(findings[0]?.controls ?? []).includes("exempt"));
        assert.deepEqual(
            judgedOn("2027-02-01").exemptions.map(({ state }) => state),
            ["expired"],
        );
    });

    it("hold on several servers where the scope says so", async () => {
        const wide = await resourcesOf([{ ...exemption, scope: { urn: urn("bao-*") } }]);
        const bundles = wide.filter(
            ({ type, name }) => type === bundleType && /profile$/.test(name),
        );
        assert.deepEqual(
            bundles.map(({ name }) => name),
            ["bao-profile", "bao-1-profile", "bao-2-profile", "bao-3-profile"],
        );
    });

    it("are refused at preview, all at once, when they are not sound or cover nothing", async () => {
        const servers = [1, 2, 3]
            .map(
                (number) =>
                    `urn:pulumi:test::kms::keyward:index:KeyServerCluster$keyward:index:KeyServer$aws:ec2/instance:Instance::bao-${number}`,
            )
            .join(", ");
        const covering = (policy: string, scope: string): string =>
            `policy and scope.urn must name a host check of the profile and a server of the cluster, ${servers}, got "${policy}" and "${scope}"`;
        assert.deepEqual(
            await reasons([
                exemption,
                exemption,
                { ...exemption, id: "typo", policy: "mount-temp" },
                { ...exemption, id: "policy", policy: "imdsv2-required" },
                { ...exemption, id: "stranger", scope: { urn: urn("bao-4") } },
                { ...exemption, id: "long", expires: "2028-12-01" },
                { ...exemption, id: "short", reason: "because", owner: "" },
                { ...exemption, id: "soon", expires: "soon" },
                { ...exemption, id: "watcher", policy: "host-exemptions-sound" },
            ]),
            [
                [
                    "exemptions[1]",
                    'exemptions[1].id must differ from the others, got "tmp-for-the-agent" twice',
                ],
                [
                    "exemptions[2]",
                    'exemptions[2]: exemption "typo": nothing is called "mount-temp", neither a policy nor a host check',
                ],
                ["exemptions[3]", `exemptions[3]: ${covering("imdsv2-required", urn("bao-2"))}`],
                ["exemptions[4]", `exemptions[4]: ${covering("mount-tmp", urn("bao-4"))}`],
                [
                    "exemptions[5]",
                    "exemptions[5]: it lasts 731 days, and an exemption from a medium host check may last 180",
                ],
                [
                    "exemptions[6]",
                    "exemptions[6]: reason must have at least 20 characters; owner must not be blank",
                ],
                [
                    "exemptions[7]",
                    'exemptions[7]: exemption "soon" of host check "mount-tmp": expires must be a day like 2027-01-31, got "soon"',
                ],
                ["exemptions[8]", "exemptions[8]: this check allows no exemption"],
            ],
        );
    });
});
