import assert from "node:assert/strict";
import type { AnalyzerInfo } from "@pulumi/pulumi/proto/analyzer_pb";
import * as protoutil from "@pulumi/policy/protoutil";
import { analyzerInfo } from "../../../policy-pack/adapter/analyzer-info";
import { policyProperties } from "../../../policy-pack/configuration/policy-schema";
import { keywardPack } from "../../../policy-pack/pack";

const identity = {
    name: "keyward",
    version: "1.2.3",
    displayName: "Keyward",
    description: "What it is.",
};

/** The SDK's own builder of the message; its declarations leave it out. */
const { makeAnalyzerInfo } = protoutil as unknown as {
    readonly makeAnalyzerInfo: (
        name: string,
        version: string,
        level: string,
        pack: object,
    ) => AnalyzerInfo;
};

describe("analyzerInfo", () => {
    const ours = analyzerInfo(keywardPack, identity).toObject();

    it("says what the policy SDK would say of the same policies", () => {
        const policies = keywardPack.policies.map((record, index) => ({
            name: record.name,
            displayName: record.displayName,
            description: record.description,
            enforcementLevel: record.level,
            severity: record.severity,
            remediationSteps: `${record.remediation.text}\n${record.remediation.example}`,
            tags: ours.policiesList[index]?.tagsList,
            framework: ours.policiesList[index]?.framework,
            configSchema: { properties: policyProperties(record, keywardPack) },
            validateStack: () => undefined,
        }));
        const { name, version, ...rest } = identity;
        const theirs = makeAnalyzerInfo(name, version, "advisory", { policies, ...rest });
        assert.deepEqual(
            ours.policiesList.map((policy) => ({ ...policy, message: "" })),
            theirs.toObject().policiesList,
        );
        assert.deepEqual({ ...ours, policiesList: [] }, { ...theirs.toObject(), policiesList: [] });
    });

    it("names the controls of every policy that has any", () => {
        const tagged = ours.policiesList.filter(({ tagsList }) => tagsList.length > 0);
        assert.ok(tagged.length > 0);
        for (const { tagsList } of tagged) {
            assert.ok(tagsList.every((tag) => /^control:[a-z0-9-]+$/.test(tag)));
        }
    });
});
