import assert from "node:assert/strict";
import fc from "fast-check";
import { judgeArchive, judgeServer } from "../../../fleet/verification/judge";
import type { ArchiveReading, ServerReading } from "../../../fleet/verification/reading";
import { cleanServer, now, verificationDemands } from "../../support/server-reading";

const hour = 3_600_000;
const day = 24 * hour;

function faults(changes: Partial<ServerReading>): [string, string][] {
    return judgeServer(cleanServer(changes), verificationDemands())
        .filter(({ verdict }) => verdict === "fail")
        .map(({ check, found }) => [check, found]);
}

describe("the verification of a running server", () => {
    it("passes a server that is managed, profiled, audited clean, patched and heard of", () => {
        assert.deepEqual(
            judgeServer(cleanServer(), verificationDemands()).map(({ check, verdict }) => [
                check,
                verdict,
            ]),
            [
                ["live-server-runs", "pass"],
                ["live-server-managed", "pass"],
                ["live-profile-applied", "pass"],
                ["live-host-audit-clean", "pass"],
                ["live-patches-current", "pass"],
                ["live-logs-arrive", "pass"],
            ],
        );
    });

    const { instance, patchState, profileAssociations = [], hostAudit, logs = [] } = cleanServer();
    const logsWith = (changed: (typeof logs)[number]): typeof logs =>
        logs.map((log) => (log.group === changed.group ? changed : log));
    assert.ok(instance !== undefined && patchState !== undefined && hostAudit !== undefined);
    const cases: readonly [string, Partial<ServerReading>, string, string][] = [
        [
            "of another account",
            { instance: { ...instance, account: "444455556666" } },
            "live-server-runs",
            "the instance belongs to account 444455556666, the caller to 111122223333",
        ],
        [
            "that is stopped",
            { instance: { ...instance, state: "stopped" } },
            "live-server-runs",
            "the instance is stopped",
        ],
        [
            "whose agent is silent",
            { agent: { pingStatus: "Online", lastPingAt: now - 3 * hour } },
            "live-server-managed",
            "the agent is Online and was heard 3 hours ago, at most 15 minutes are allowed",
        ],
        [
            "without an association that applies the profile",
            { profileAssociations: [] },
            "live-profile-applied",
            "nothing applies the host profile to the server",
        ],
        [
            "whose association failed",
            {
                profileAssociations: [
                    ...profileAssociations,
                    { name: "keyward-host-profile-audit", status: "Failed", ranAt: now },
                ],
            },
            "live-profile-applied",
            "association keyward-host-profile-audit is Failed",
        ],
        [
            "whose profile was applied before it was launched",
            {
                profileAssociations: profileAssociations.map((one) => ({
                    ...one,
                    ranAt: now - 4 * hour,
                })),
            },
            "live-profile-applied",
            "association keyward-host-profile-vault ran at 2026-11-24T08:00:00Z, before the server was launched at 2026-11-24T09:00:00Z",
        ],
        [
            "whose audit is empty",
            { hostAudit: { at: now, compliant: 0, failing: [] } },
            "live-host-audit-clean",
            "nothing was published by the host audit",
        ],
        [
            "whose audit is old",
            { hostAudit: { ...hostAudit, at: now - 3 * day } },
            "live-host-audit-clean",
            "the host audit is 3 days old, at most 26 hours are allowed",
        ],
        [
            "whose audit fails",
            { hostAudit: { ...hostAudit, failing: ["a", "b", "c", "d", "e", "f"] } },
            "live-host-audit-clean",
            "6 host checks fail: a, b, c, d, e, …",
        ],
        [
            "whose scan is old",
            { patchState: { ...patchState, endedAt: now - 30 * hour } },
            "live-patches-current",
            "the patch scan is 30 hours old, at most 26 hours are allowed",
        ],
        [
            "whose scan counts nothing",
            { patchState: { ...patchState, installed: 0, installedOther: 0 } },
            "live-patches-current",
            "the patch scan counts no installed package: it did not reach the repositories",
        ],
        [
            "with missing and failed patches",
            { patchState: { ...patchState, missing: 2, failed: 1 } },
            "live-patches-current",
            "patches are missing (2), failed (1)",
        ],
        [
            "with a silent log group",
            { logs: logsWith({ group: "/keyward/vault/security" }) },
            "live-logs-arrive",
            "nothing arrived in log group /keyward/vault/security",
        ],
        [
            "whose logs stopped",
            { logs: logsWith({ group: "/keyward/vault/system", lastEventAt: now - hour }) },
            "live-logs-arrive",
            "log group /keyward/vault/system received its newest event 60 minutes ago, at most 15 minutes are allowed",
        ],
        [
            "with a log group that was not read",
            { logs: logs.filter(({ group }) => !group.endsWith("session")) },
            "live-logs-arrive",
            "nothing is known of log group /keyward/vault/session",
        ],
        [
            "whose software said nothing since the launch",
            {
                logs: logsWith({
                    group: "/keyward/vault/application",
                    lastEventAt: now - 4 * hour,
                    streams: ["journal", "audit"],
                }),
            },
            "live-logs-arrive",
            "nothing arrived in log group /keyward/vault/application since the server was launched",
        ],
    ];
    for (const [title, changes, check, found] of cases) {
        it(`fails a server ${title}`, () => {
            assert.deepEqual(faults(changes), [[check, found]]);
        });
    }

    describe("whose software waits for its initialisation", () => {
        const waiting = cleanServer({
            logs: logsWith({
                group: "/keyward/vault/application",
                lastEventAt: now - hour,
                streams: ["journal"],
            }),
        });
        const judged = (auditStream: string | undefined, initialised: boolean) => {
            const application = { group: "/keyward/vault/application", auditStream, initialised };
            const demands = verificationDemands();
            const { verdict, found, open } =
                judgeServer(waiting, {
                    ...demands,
                    logs: { ...demands.logs, application },
                }).find(({ check }) => check === "live-logs-arrive") ?? assert.fail();
            return { verdict, found, open };
        };

        it("passes, and says what is left to people", () => {
            assert.deepEqual(judged("audit", false), {
                verdict: "pass",
                found: "",
                open: "its audit log has not begun: initialise the software and switch its audit device on, then verify with --initialised",
            });
        });

        it("fails where the software is said to be initialised", () => {
            assert.deepEqual(judged("audit", true), {
                verdict: "fail",
                found: "the audit log has not begun in log group /keyward/vault/application: the software is not initialised, or its audit device is off",
                open: "",
            });
        });

        it("is not awaited from software without an audit log of its own", () => {
            assert.deepEqual(judged(undefined, true), { verdict: "pass", found: "", open: "" });
        });
    });

    it("says why it could not read what is missing", () => {
        assert.deepEqual(
            faults({
                hostAudit: undefined,
                problems: ["ssm:ListComplianceItems failed: AccessDeniedException: not yours"],
            }),
            [
                [
                    "live-host-audit-clean",
                    "nothing was published by the host audit: ssm:ListComplianceItems failed: AccessDeniedException: not yours",
                ],
            ],
        );
    });

    it("fails for every part that is missing, and for moments that are unknown", () => {
        const parts = [
            "instance",
            "agent",
            "profileAssociations",
            "hostAudit",
            "patchState",
            "logs",
        ] as const;
        fc.assert(
            fc.property(fc.subarray([...parts], { minLength: 1 }), (missing) => {
                const without = Object.fromEntries(missing.map((part) => [part, undefined]));
                assert.ok(faults(without).length >= missing.length);
            }),
        );
        assert.equal(faults({ hostAudit: { ...hostAudit, at: NaN } }).length, 1);
        assert.equal(faults({ agent: { pingStatus: "Online", lastPingAt: NaN } }).length, 1);
        assert.equal(faults({ patchState: { ...patchState, endedAt: NaN } }).length, 1);
    });
});

describe("the verification of the archive", () => {
    const newest = {
        key: "logs/2026/11/24/a.gz",
        at: now - hour,
        lockMode: "COMPLIANCE",
        retainUntil: now - hour + 365 * day,
    };
    const found = (changes: Partial<typeof newest> | undefined): string => {
        const reading: ArchiveReading = {
            bucket: "archive",
            problems: [],
            ...(changes && { newest: { ...newest, ...changes } }),
        };
        return judgeArchive(reading, verificationDemands()).found;
    };

    it("passes when the newest object is locked for the whole time", () => {
        assert.equal(found({}), "");
    });

    it("fails for nothing, old objects, other modes, no lock and short times", () => {
        assert.deepEqual(
            [
                found(undefined),
                found({ at: now - 3 * day }),
                found({ lockMode: "GOVERNANCE" }),
                found({ lockMode: "" }),
                found({ retainUntil: now + 30 * day }),
                found({ retainUntil: NaN }),
            ],
            [
                "nothing has arrived in the archive",
                "the newest object logs/2026/11/24/a.gz is 3 days old, at most 26 hours are allowed",
                "object logs/2026/11/24/a.gz is held in mode GOVERNANCE, COMPLIANCE is demanded",
                "object logs/2026/11/24/a.gz is held in mode none, COMPLIANCE is demanded",
                "object logs/2026/11/24/a.gz is held for 30 days, 365 are demanded",
                "object logs/2026/11/24/a.gz is held for 0 days, 365 are demanded",
            ],
        );
    });
});
