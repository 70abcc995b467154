import assert from "node:assert/strict";
import { operatingSystems } from "../../catalog/operating-systems";
import { renderPublishScript } from "../../host/delivery";
import { buildHostProfile } from "../../host/profile";
import { renderScript } from "../../host/script";
import { everyCheck } from "./support/every-check";
import { requireMachine } from "./support/requirements";
import { run } from "./support/run";

/** What shellcheck finds in a POSIX script, by line. */
function findings(script: string): string {
    return run("shellcheck", ["--shell=sh", "--format=gcc", "-"], script).stdout;
}

describe("shellcheck, of what the profile renders", () => {
    before(() => requireMachine("shellcheck"));

    for (const { id } of operatingSystems) {
        it(`finds nothing in the script with all its checks: ${id}`, () => {
            const profile = buildHostProfile(everyCheck(id));
            assert.equal(findings(renderScript(profile)), "");
        });
    }

    it("finds nothing in the script that publishes an audit", () => {
        assert.equal(findings(renderPublishScript()), "");
    });

    it("finds what is wrong with a script", () => {
        assert.match(findings('#!/bin/sh\ncd "$1"\n'), /SC2164/);
    });
});
