import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import type { Exemption } from "../../catalog/records/exemption";
import { InputError } from "../../catalog/records/input-error";
import { nodeNamePath } from "../../host/delivery";
import { buildHostProfile } from "../../host/profile";
import { renderScript } from "../../host/script";
import { hostExemption } from "../support/host-exemption";

const server = "urn:pulumi:prod::keys::aws:ec2/instance:Instance::keys-1";

const record = hostExemption(server);

/** What the profile of a server carries, as id and problem. */
function carried(
    exemptions: readonly Exemption[],
    of: string | undefined = server,
): readonly (readonly [string, string])[] {
    return buildHostProfile({
        operatingSystem: "debian-12",
        workload: "openbao",
        exemptions,
        ...(of === "" ? {} : { server: of }),
    }).exemptions.map(({ record: { id }, problem }) => [id, problem]);
}

function problemsOf(exemptions: readonly Exemption[], of?: string): readonly string[] {
    try {
        carried(exemptions, of);
    } catch (error) {
        assert.ok(error instanceof InputError);
        return error.problems;
    }
    return [];
}

describe("exemptions of host checks", () => {
    it("hold on the servers of their scope only", () => {
        assert.deepEqual(carried([record]), [["tmp-for-the-agent", ""]]);
        assert.deepEqual(carried([record], server.replace("keys-1", "keys-2")), []);
        const wide = { ...record, scope: { urn: server.replace("keys-1", "keys-*") } };
        assert.deepEqual(carried([wide], server.replace("keys-1", "keys-2")), [
            ["tmp-for-the-agent", ""],
        ]);
        assert.deepEqual(carried([wide], server.replace("prod", "test")), []);
    });

    it("are found by the private name on servers that share a profile", () => {
        const nodes = ["keys-1", "keys-2", "keys-3"].map((name) => ({
            name: `${name}.internal`,
            server: server.replace("keys-1", name),
        }));
        const third = { ...record, id: "third", scope: { urn: nodes[2]?.server ?? "" } };
        const profile = buildHostProfile({
            operatingSystem: "debian-12",
            workload: "openbao",
            exemptions: [record, third],
            nodes,
        });
        assert.deepEqual(profile.exemptions, []);
        const constants = /^EXEMPTIONS=[^]*?^esac$/m.exec(renderScript(profile))?.[0] ?? "";
        const on = (name: string): string =>
            execFileSync("sh", [
                "-c",
                `${constants.replace(`cat ${nodeNamePath}`, `echo ${name}`)}\nprintf %s "$EXEMPTIONS"`,
            ])
                .toString()
                .trim();
        const days = "2026-12-01 2027-02-01";
        assert.deepEqual([...nodes.map(({ name }) => name), "stranger.internal"].map(on), [
            `mount-tmp tmp-for-the-agent ${days}`,
            "",
            `mount-tmp third ${days}`,
            "",
        ]);
    });

    it("leaves those of policies to the policy pack", () => {
        assert.deepEqual(carried([{ ...record, policy: "imdsv2-required" }], ""), []);
    });

    it("cover nothing and say why when they last too long, or are not sound", () => {
        const problem = (change: Partial<Exemption>): string =>
            carried([{ ...record, ...change }])[0]?.[1] ?? "none carried";
        assert.equal(
            problem({ expires: "2028-12-01" }),
            "it lasts 731 days, and an exemption from a medium host check may last 180",
        );
        assert.equal(
            problem({ expires: "2026-12-01" }),
            "expires must be after created, got 2026-12-01 to 2026-12-01",
        );
        assert.equal(
            problem({ reason: "because", approver: " " }),
            "reason must have at least 20 characters; approver must not be blank",
        );
        assert.equal(
            problem({ scope: { urn: "urn:pulumi:prod::keys::*::keys-1" } }),
            'scope.urn is too wide: it must name one type, got "urn:pulumi:prod::keys::*::keys-1"',
        );
        assert.equal(
            problem({ policy: "host-exemptions-sound" }),
            "this check allows no exemption",
        );
    });

    it("takes the organisation's longest span", () => {
        const { exemptions } = buildHostProfile({
            operatingSystem: "debian-12",
            workload: "openbao",
            parameters: { exemptionSpanMediumDays: 30 },
            exemptions: [record],
            server,
        });
        assert.equal(
            exemptions[0]?.problem,
            "it lasts 62 days, and an exemption from a medium host check may last 30",
        );
    });

    it("are refused, all at once, where nobody can decide what they cover", () => {
        assert.deepEqual(
            problemsOf([
                record,
                record,
                { ...record, id: "typo", policy: "mount-temp" },
                { ...record, id: "Bad Id" },
                { ...record, id: "soon", expires: "soon" },
                { ...record, id: "everywhere", scope: {} },
                { ...record, id: "printed", scope: { fingerprint: "0".repeat(32) } },
            ]),
            [
                'exemption "tmp-for-the-agent" is there twice: ids must be unique',
                'exemption "typo": nothing is called "mount-temp", neither a policy nor a host check',
                'exemption "Bad Id" of host check "mount-tmp" must have an id of lower case words joined by hyphens',
                'exemption "soon" of host check "mount-tmp": expires must be a day like 2027-01-31, got "soon"',
                'exemption "everywhere" of host check "mount-tmp" must name its server in scope.urn',
                'exemption "printed" of host check "mount-tmp" has scope.fingerprint, which a host check does not have: name its server in scope.urn',
            ],
        );
        assert.deepEqual(problemsOf([record], ""), [
            `exemption "tmp-for-the-agent" of host check "mount-tmp" holds for "${server}" only: say which server the profile is for (--server URN)`,
        ]);
        assert.deepEqual(problemsOf([], "keys-1"), [
            'the server must be its URN, urn:pulumi:STACK::PROJECT::TYPE::NAME without *, got "keys-1"',
        ]);
    });
});
