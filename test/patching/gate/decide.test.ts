import assert from "node:assert/strict";
import fc from "fast-check";
import { decide, gateChecks, type GateCheck } from "../../../patching/gate/decide";
import type { CanaryReading, GateDemands, PatchState } from "../../../patching/gate/reading";
import { cleanReading, gateDemands } from "../../support/canary-reading";

const minute = 60_000;
const hour = 60 * minute;

function held(
    reading: Partial<CanaryReading>,
    demands: Partial<GateDemands> = {},
): [GateCheck, string][] {
    const decision = decide([cleanReading(reading)], gateDemands(demands));
    return decision.decision === "hold"
        ? decision.reasons.map(({ check, found }) => [check, found])
        : [];
}

function state(changes: Partial<PatchState>): Partial<CanaryReading> {
    const { patchState } = cleanReading();
    assert.ok(patchState !== undefined);
    return { patchState: { ...patchState, ...changes } };
}

describe("the promotion gate", () => {
    it("promotes exactly the installed patches of a canary that nothing speaks against", () => {
        assert.deepEqual(decide([cleanReading()], gateDemands()), {
            decision: "promote",
            patches: [
                {
                    id: "openssl-libs.x86_64",
                    title: "openssl-libs.x86_64:1:3.0.8-1.amzn2023.0.20",
                },
                {
                    id: "curl-minimal.x86_64",
                    title: "curl-minimal.x86_64:0:8.5.0-1.amzn2023.0.5",
                },
            ],
        });
    });

    const { windowEndedAt, now } = gateDemands();
    const { health = [], patches = [] } = cleanReading();
    const cases: readonly [string, Partial<CanaryReading>, GateCheck, RegExp][] = [
        [
            "whose agent is lost",
            { agent: { pingStatus: "ConnectionLost", lastPingAt: now } },
            "agent-online",
            /is ConnectionLost/,
        ],
        [
            "whose agent is silent",
            { agent: { pingStatus: "Online", lastPingAt: now - 16 * minute } },
            "agent-online",
            /16 minutes ago, at most 15/,
        ],
        [
            "whose scan is older than the window",
            state({ startedAt: windowEndedAt - 1 }),
            "scan-fresh",
            /must begin after the window's end at 2026-11-24T05:00:00Z/,
        ],
        [
            "whose scan has not ended",
            state({ endedAt: now + 1 }),
            "scan-fresh",
            /newest patch scan/,
        ],
        [
            "whose scan counts nothing",
            { ...state({ installed: 0 }), patches: [] },
            "patches-installed",
            /did not see the repositories/,
        ],
        [
            "of whose patches a page is missing",
            { patches: patches.slice(1) },
            "patches-installed",
            /2 installed patches and 1 were listed/,
        ],
        [
            "that misses patches",
            state({ missing: 1 }),
            "patches-missing",
            /^1 approved patches are missing$/,
        ],
        ["on which patches failed", state({ failed: 2 }), "patches-failed", /^2 patches failed$/],
        [
            "that waits for a reboot",
            state({ installedPendingReboot: 1 }),
            "reboot-pending",
            /^1 patches wait/,
        ],
        [
            "that did not reach a repository",
            { repositoryWarnings: ["Failed to download metadata for repo 'amazonlinux'"] },
            "repositories-reached",
            /amazonlinux/,
        ],
        [
            "whose host audit is old",
            { hostAudit: { at: windowEndedAt - 1, checks: 180, failed: 0 } },
            "host-audit-clean",
            /must follow the window's end/,
        ],
        [
            "whose host audit is empty",
            { hostAudit: { at: now, checks: 0, failed: 0 } },
            "host-audit-clean",
            /0 checks/,
        ],
        [
            "whose host audit fails",
            { hostAudit: { at: now, checks: 180, failed: 3 } },
            "host-audit-clean",
            /^3 of 180/,
        ],
        [
            "whose workload was sick",
            { health: health.map((answer, index) => ({ ...answer, healthy: index !== 20 })) },
            "workload-healthy",
            /not healthy at 2026-11-25T01:00:00Z/,
        ],
        [
            "whose workload was not asked for hours",
            { health: health.filter((_, index) => index < 10 || index > 12) },
            "workload-healthy",
            /nobody heard of the workload from 2026-11-24T14:00:00Z to 2026-11-24T18:00:00Z/,
        ],
        ["whose workload was never asked", { health: [] }, "workload-healthy", /nobody heard/],
    ];
    for (const [title, reading, check, found] of cases) {
        it(`holds for a canary ${title}`, () => {
            const reasons = held(reading);
            assert.deepEqual(
                reasons.map(([name]) => name),
                [check],
            );
            assert.match(reasons[0]?.[1] ?? "", found);
        });
    }

    it("holds until the soak has ended", () => {
        assert.deepEqual(held({}, { now: windowEndedAt + 23 * hour, agentSilenceMinutes: 600 }), [
            ["workload-healthy", "the soak lasts until 2026-11-25T05:00:00Z"],
        ]);
    });

    it("holds by hand, without canaries, and for a canary that was not read", () => {
        assert.deepEqual(held({}, { manualHold: "freeze until the audit" }), [
            ["manual-hold", "freeze until the audit"],
        ]);
        assert.deepEqual(held({}, { canaries: [] })[0], [
            "canaries-present",
            "the ring has no canary",
        ]);
        assert.deepEqual(held({}, { canaries: ["i-0a", "i-0b"] }), [
            ["canaries-present", "nothing was read of it"],
        ]);
    });

    it("holds when two canaries run different versions, and says which", () => {
        const other = cleanReading({
            server: "i-0b",
            patches: patches.map((patch) => ({
                ...patch,
                title: patch.title.replace("0.20", "0.19"),
            })),
        });
        assert.deepEqual(
            decide([cleanReading(), other], gateDemands({ canaries: ["i-0a", "i-0b"] })),
            {
                decision: "hold",
                reasons: [
                    {
                        server: "i-0b",
                        check: "canaries-agree",
                        found: "it runs openssl-libs.x86_64:1:3.0.8-1.amzn2023.0.19, i-0a runs openssl-libs.x86_64:1:3.0.8-1.amzn2023.0.20",
                    },
                ],
            },
        );
    });

    it("says every reason at once, in the order of the checks", () => {
        const checks = held({
            server: "i-0a",
            agent: undefined,
            patchState: undefined,
            patches: undefined,
            repositoryWarnings: undefined,
            hostAudit: undefined,
            health: undefined,
        }).map(([check]) => check);
        assert.deepEqual(
            checks,
            gateChecks.filter(
                (check) => !["manual-hold", "canaries-present", "canaries-agree"].includes(check),
            ),
        );
    });

    it("holds for moments that are not known", () => {
        assert.deepEqual(held({ agent: { pingStatus: "Online", lastPingAt: NaN } }).length, 1);
        assert.deepEqual(held(state({ startedAt: NaN })).length, 1);
        assert.deepEqual(held({ hostAudit: { at: NaN, checks: 9, failed: 0 } }).length, 1);
    });

    it("never promotes when any part of what it asks for is missing", () => {
        const parts = [
            "agent",
            "patchState",
            "patches",
            "repositoryWarnings",
            "hostAudit",
            "health",
        ] as const;
        fc.assert(
            fc.property(fc.subarray([...parts], { minLength: 1 }), (missing) => {
                const reading = cleanReading(
                    Object.fromEntries(missing.map((part) => [part, undefined])),
                );
                assert.equal(decide([reading], gateDemands()).decision, "hold");
            }),
        );
    });
});
