import assert from "node:assert/strict";
import { serialConsoleDisabled as rule } from "../../../policy-pack/rules/serial-console-disabled";
import { contextOf, resource, unknown, verdicts } from "../../support/graph";

const access = (enabled: unknown) =>
    resource("aws:ec2/serialConsoleAccess:SerialConsoleAccess", "console", { enabled });

describe("serial-console-disabled", () => {
    for (const [title, enabled, expected] of [
        ["passes when it is off", false, "pass console"],
        ["passes when it is off, written as text", "false", "pass console"],
        ["fails when it is on", true, "fail console enabled"],
        [
            "fails when nothing is said, since it is on by default",
            undefined,
            "fail console enabled",
        ],
        ["is indeterminate when it is unknown", unknown, "indeterminate console enabled"],
    ] as const) {
        it(title, () => {
            assert.deepEqual(verdicts(rule, [access(enabled)]), [expected]);
        });
    }

    it("asks nothing of a stack that does not set it", () => {
        assert.deepEqual(verdicts(rule, [resource("aws:ec2/instance:Instance", "vault")]), []);
    });

    it("remediates what is on, not what is unknown", () => {
        const changes = [true, undefined, unknown, false].map((enabled) =>
            rule.remediate?.(access(enabled), contextOf(rule, [])),
        );
        const off = [{ path: ["enabled"], value: false }];
        assert.deepEqual(changes, [off, off, [], []]);
    });
});
