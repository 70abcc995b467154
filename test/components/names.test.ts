import assert from "node:assert/strict";
import * as fc from "fast-check";
import { buildName, longestName } from "../../components/names";

/** Names as Pulumi accepts them for projects and stacks: up to 100 letters, digits, hyphens, underscores and periods. */
const pulumiName = fc.stringMatching(/^[A-Za-z0-9._-]{1,100}$/);
const limit = fc.constantFrom(...Object.values(longestName));

describe("physical names", () => {
    it("stay within the limit, start with a letter and hold lower case letters, digits and hyphens", () => {
        fc.assert(
            fc.property(
                pulumiName,
                pulumiName,
                pulumiName,
                limit,
                (project, stack, name, longest) => {
                    const built = buildName(project, stack, name, longest);
                    assert.ok(built.length <= longest, `${built} is longer than ${longest}`);
                    assert.match(built, /^[a-z]([a-z0-9-]*[a-z0-9])?$/);
                    assert.doesNotMatch(built, /--/);
                },
            ),
        );
    });

    it("are equal for equal input and differ when project, stack or name differs", () => {
        const input = fc.tuple(pulumiName, pulumiName, pulumiName);
        fc.assert(
            fc.property(input, input, limit, (one, other, longest) => {
                assert.equal(
                    buildName(...one, longest) === buildName(...other, longest),
                    one.join("\n") === other.join("\n"),
                );
            }),
        );
    });

    it("tell stacks apart whose parts join to the same text", () => {
        assert.notEqual(
            buildName("keys-eu", "dev", "vault", 64),
            buildName("keys", "eu-dev", "vault", 64),
        );
    });

    it("keep what fits and end in a hash of the whole", () => {
        assert.equal(buildName("keyward", "dev", "vault", 64), "keyward-dev-vault-a2c40de8");
        assert.equal(
            buildName("a-very-long-project", "production", "vault-nlb", 32).length,
            "a-very-long-project-pro-00000000".length,
        );
    });
});
