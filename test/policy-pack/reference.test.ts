import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { keywardPack } from "../../policy-pack/pack";
import { writePolicyReference } from "../../policy-pack/reference/markdown";
import { policyReference } from "../../policy-pack/reference/policy-reference";

describe("docs/policies.md", () => {
    it("is what `keyward policies --output docs/policies.md` writes; run that after a change of the catalog or a rule", () => {
        const written = readFileSync(join(__dirname, "../../docs/policies.md"), "utf8");
        assert.equal(written, writePolicyReference(policyReference()));
    });
});

describe("the policy reference", () => {
    const policies = policyReference();

    it("has every policy of the pack once, with what its rule reads and the controls that it enforces", () => {
        assert.deepEqual(
            policies.map(({ name }) => name),
            keywardPack.policies.map(({ name }) => name),
        );
        const imds = policies.find(({ name }) => name === "imds-hop-limit");
        assert.ok(imds !== undefined);
        assert.ok(imds.reads.includes("aws:ec2/instance:Instance"));
        assert.deepEqual(
            imds.controls.map(({ id }) => id),
            ["metadata-protected"],
        );
        assert.deepEqual(imds.configuration["imdsHopLimit"]?.["maximum"], 2);
    });

    it("says for how long an exemption may last, and where none is granted", () => {
        const days = new Map(policies.map(({ name, exemptionDays }) => [name, exemptionDays]));
        assert.equal(days.get("exemptions-sound"), undefined);
        assert.equal(days.get("imdsv2-required"), 30);
        assert.equal(days.get("volumes-encrypted-cmk"), 90);
    });

    it("keeps a text of the catalog from being markup, and a message inside its block", () => {
        const [first] = policies;
        assert.ok(first !== undefined);
        const written = writePolicyReference([
            { ...first, displayName: "a | b <c>", messageExample: "before\n```\n# after" },
        ]);
        assert.ok(written.includes("| a \\| b \\<c\\> |"));
        assert.ok(written.includes("\n````\nbefore\n```\n# after\n````\n"));
    });
});
