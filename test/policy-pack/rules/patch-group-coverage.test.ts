import assert from "node:assert/strict";
import { patchGroupCoverage as rule } from "../../../policy-pack/rules/patch-group-coverage";
import { from, messages, resource, unknown, verdicts } from "../../support/graph";
import { token } from "../../support/network";

const baseline = resource("aws:ssm/patchBaseline:PatchBaseline", "base", {
    operatingSystem: "AMAZON_LINUX_2023",
});
const windows = resource("aws:ssm/patchBaseline:PatchBaseline", "windows", {});
const group = (patchGroup: unknown, baselineId: unknown = from(baseline)) =>
    resource("aws:ssm/patchGroup:PatchGroup", "group", { patchGroup, baselineId });
const server = (properties: Record<string, unknown>, more = {}) =>
    resource(token.instance, "vault", properties, more);
const mapped = [baseline, group("vault-prod")];

describe("patch-group-coverage", () => {
    for (const [title, properties, expected] of [
        ["passes a mapped group", { tags: { PatchGroup: "vault-prod" } }, "pass vault"],
        [
            "passes the spelling with a space",
            { tags: { "Patch Group": "vault-prod" } },
            "pass vault",
        ],
        ["fails without a tag", { tags: { Name: "vault" } }, "fail vault tags.PatchGroup"],
        ["fails without tags", {}, "fail vault tags.PatchGroup"],
        [
            "fails a group that nothing maps",
            { tags: { PatchGroup: "other" } },
            "fail vault tags.PatchGroup",
        ],
        [
            "is indeterminate for an unknown tag",
            { tags: { PatchGroup: unknown } },
            "indeterminate vault tags.PatchGroup",
        ],
        [
            "is indeterminate for unknown tags",
            { tags: unknown },
            "indeterminate vault tags.PatchGroup",
        ],
        [
            "fails the spelling with a space where metadata offers tags",
            {
                tags: { "Patch Group": "vault-prod" },
                metadataOptions: { instanceMetadataTags: "enabled" },
            },
            "fail vault tags.Patch Group",
        ],
    ] as const) {
        it(title, () => {
            assert.deepEqual(verdicts(rule, [...mapped, server(properties)]), [expected]);
        });
    }

    it("reads the provider's default tags, as an object and as text", () => {
        const defaults = { tags: { PatchGroup: "vault-prod" } };
        for (const defaultTags of [defaults, JSON.stringify(defaults)]) {
            const provider = resource("pulumi:providers:aws", "aws", { defaultTags });
            const one = server({}, { provider: provider.urn });
            assert.deepEqual(verdicts(rule, [...mapped, provider, one]), ["pass vault"]);
        }
    });

    it("takes only propagated tags of an Auto Scaling group, and instance tags of its template", () => {
        const tagged = (propagateAtLaunch: unknown) => [
            { key: "Name", value: "x", propagateAtLaunch: true },
            { key: "PatchGroup", value: "vault-prod", propagateAtLaunch },
        ];
        const template = (resourceType: string) =>
            resource(token.template, resourceType, {
                tagSpecifications: [{ resourceType, tags: { PatchGroup: "vault-prod" } }],
            });
        const [onInstances, onVolumes] = [template("instance"), template("volume")];
        const nodes = (name: string, properties: Record<string, unknown>) =>
            resource(token.scalingGroup, name, properties);
        const stack = [
            ...mapped,
            onInstances,
            onVolumes,
            nodes("a", { tags: tagged(true) }),
            nodes("b", { tags: tagged(false) }),
            nodes("c", { tags: tagged(unknown) }),
            nodes("d", { launchTemplate: { id: from(onInstances) } }),
            nodes("e", { launchTemplate: { id: from(onVolumes) } }),
            nodes("f", { launchTemplate: { id: "lt-0abc" } }),
        ];
        assert.deepEqual(verdicts(rule, stack), [
            "fail b tags.PatchGroup",
            "fail e tags.PatchGroup",
            "indeterminate c tags.PatchGroup",
            "indeterminate f tags.PatchGroup",
            "not-applicable instance",
            "not-applicable volume",
            "pass a",
            "pass d",
        ]);
    });

    it("fails a spot request, whose tags never reach the server", () => {
        const spot = resource("aws:ec2/spotInstanceRequest:SpotInstanceRequest", "spot", {
            tags: { PatchGroup: "vault-prod" },
        });
        assert.deepEqual(verdicts(rule, [...mapped, spot]), ["fail spot tags.PatchGroup"]);
    });

    it("fails a group mapped to a baseline for another system", () => {
        const stack = [windows, group("vault-prod", from(windows))];
        const one = server({ tags: { PatchGroup: "vault-prod" } });
        assert.deepEqual(messages(rule, [...stack, one]), [
            'the patch group "vault-prod" is mapped to the wrong baseline: the baseline "windows" is for WINDOWS, which no key server runs',
        ]);
    });

    it("is indeterminate for baselines outside the stack and groups of unknown name", () => {
        const one = server({ tags: { PatchGroup: "vault-prod" } });
        for (const mapping of [group("vault-prod", "pb-0abc"), group(unknown)]) {
            assert.deepEqual(verdicts(rule, [baseline, mapping, one]), [
                "indeterminate vault tags.PatchGroup",
            ]);
        }
    });

    it("accepts the account's default baseline where the stack sets it", () => {
        const standard = (baselineId: unknown) =>
            resource("aws:ssm/defaultPatchBaseline:DefaultPatchBaseline", "default", {
                baselineId,
            });
        assert.deepEqual(verdicts(rule, [baseline, standard(from(baseline)), server({})]), [
            "pass vault",
        ]);
        assert.deepEqual(verdicts(rule, [windows, standard(from(windows)), server({})]), [
            "fail vault tags.PatchGroup",
        ]);
    });
});
