import type { LiveCheckName } from "../../catalog/live-checks";
import type { ArchiveReading, LogDemands, ServerReading, VerificationDemands } from "./reading";

/** What one check says of one subject. Comparisons are written so that an unknown moment (NaN) fails. Missing, old and empty data fails: nothing is clean because nothing is there. */
export interface LiveVerdict {
    readonly check: LiveCheckName;
    /** Instance id or bucket name. */
    readonly subject: string;
    readonly verdict: "pass" | "fail";
    /** What was found and what is demanded; "" for a pass. */
    readonly found: string;
    /** What a pass leaves to people; "" for nothing. */
    readonly open: string;
}

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

type Judge = (reading: ServerReading, demands: VerificationDemands) => string | undefined;

const serverChecks: readonly (readonly [LiveCheckName, Judge])[] = [
    ["live-server-runs", judgeInstance],
    ["live-server-managed", judgeAgent],
    ["live-profile-applied", judgeProfile],
    ["live-host-audit-clean", judgeHostAudit],
    ["live-patches-current", judgePatches],
    ["live-logs-arrive", judgeLogs],
];

/** Judges one server by every check. */
export function judgeServer(
    reading: ServerReading,
    demands: VerificationDemands,
): readonly LiveVerdict[] {
    return serverChecks.map(([check, judge]) => {
        const judged = verdict(
            check,
            reading.instanceId,
            judge(reading, demands),
            reading.problems,
        );
        return check === "live-logs-arrive" && judged.verdict === "pass"
            ? { ...judged, open: awaited(reading, demands.logs) }
            : judged;
    });
}

/** Judges the log archive. */
export function judgeArchive(reading: ArchiveReading, demands: VerificationDemands): LiveVerdict {
    return verdict(
        "live-archive-retained",
        reading.bucket,
        archiveFault(reading, demands),
        reading.problems,
    );
}

function verdict(
    check: LiveCheckName,
    subject: string,
    fault: string | undefined,
    problems: readonly string[],
): LiveVerdict {
    if (fault === undefined) {
        return { check, subject, verdict: "pass", found: "", open: "" };
    }
    const why =
        problems.length > 0 && fault.startsWith("nothing") ? `: ${problems.join("; ")}` : "";
    return { check, subject, verdict: "fail", found: fault + why, open: "" };
}

function judgeInstance(
    { instance }: ServerReading,
    { account }: VerificationDemands,
): string | undefined {
    if (instance === undefined) {
        return "nothing is known of the instance";
    }
    if (instance.account !== account) {
        return `the instance belongs to account ${instance.account}, the caller to ${account}`;
    }
    return instance.state === "running" ? undefined : `the instance is ${instance.state}`;
}

function judgeAgent({ agent }: ServerReading, demands: VerificationDemands): string | undefined {
    if (agent === undefined) {
        return "nothing is known of the server's agent: it never came up";
    }
    const silence = demands.now - agent.lastPingAt;
    return agent.pingStatus !== "Online" || !(silence <= demands.agentSilenceMinutes * minute)
        ? `the agent is ${agent.pingStatus} and was heard ${duration(silence)} ago, at most ${demands.agentSilenceMinutes} minutes are allowed`
        : undefined;
}

function judgeProfile({ profileAssociations, instance }: ServerReading): string | undefined {
    if (profileAssociations === undefined || profileAssociations.length === 0) {
        return "nothing applies the host profile to the server";
    }
    const launchedAt = instance?.launchedAt ?? Infinity;
    const failing = profileAssociations.find(({ status }) => status !== "Success");
    if (failing !== undefined) {
        return `association ${failing.name} is ${failing.status}`;
    }
    const early = profileAssociations.find(({ ranAt }) => !(ranAt >= launchedAt));
    return early === undefined
        ? undefined
        : `association ${early.name} ran at ${show(early.ranAt)}, before the server was launched at ${show(launchedAt)}`;
}

function judgeHostAudit(
    { hostAudit }: ServerReading,
    demands: VerificationDemands,
): string | undefined {
    if (hostAudit === undefined || hostAudit.compliant + hostAudit.failing.length === 0) {
        return "nothing was published by the host audit";
    }
    const age = demands.now - hostAudit.at;
    if (!(age <= demands.auditAgeHours * hour)) {
        return `the host audit is ${duration(age)} old, at most ${demands.auditAgeHours} hours are allowed`;
    }
    const { failing } = hostAudit;
    return failing.length === 0
        ? undefined
        : `${failing.length} host checks fail: ${failing.slice(0, 5).join(", ")}${failing.length > 5 ? ", …" : ""}`;
}

function judgePatches(
    { patchState }: ServerReading,
    demands: VerificationDemands,
): string | undefined {
    if (patchState === undefined) {
        return "nothing is known of patches: no scan has run";
    }
    const age = demands.now - patchState.endedAt;
    if (!(age <= demands.scanAgeHours * hour)) {
        return `the patch scan is ${duration(age)} old, at most ${demands.scanAgeHours} hours are allowed`;
    }
    if (patchState.installed + patchState.installedOther === 0) {
        return "the patch scan counts no installed package: it did not reach the repositories";
    }
    const open = (["missing", "failed", "installedPendingReboot"] as const).filter(
        (count) => patchState[count] > 0,
    );
    const words = {
        missing: "missing",
        failed: "failed",
        installedPendingReboot: "waiting for a reboot",
    };
    return open.length === 0
        ? undefined
        : `patches are ${open.map((count) => `${words[count]} (${patchState[count]})`).join(", ")}`;
}

function judgeLogs(reading: ServerReading, demands: VerificationDemands): string | undefined {
    const { steady, occasional, application } = demands.logs;
    if (reading.logs === undefined || steady.length === 0) {
        return "nothing is known of the server's logs";
    }
    const groups = [...steady, ...occasional, ...(application ? [application.group] : [])];
    const unread = groups.find((group) => !reading.logs?.some((log) => log.group === group));
    return unread === undefined
        ? (silence(reading, demands) ?? applicationFault(reading, demands))
        : `nothing is known of log group ${unread}`;
}

function silence(
    { logs = [], instance }: ServerReading,
    demands: VerificationDemands,
): string | undefined {
    for (const { group, lastEventAt } of logs) {
        if (!demands.logs.steady.includes(group)) {
            continue;
        }
        if (lastEventAt === undefined) {
            return `nothing arrived in log group ${group}`;
        }
        const silent = demands.now - lastEventAt;
        if (
            !(silent <= demands.logSilenceMinutes * minute) ||
            lastEventAt < (instance?.launchedAt ?? 0)
        ) {
            return `log group ${group} received its newest event ${duration(silent)} ago, at most ${demands.logSilenceMinutes} minutes are allowed`;
        }
    }
    return undefined;
}

function applicationFault(
    reading: ServerReading,
    { logs: demanded }: VerificationDemands,
): string | undefined {
    const { application } = demanded;
    if (application === undefined) {
        return undefined;
    }
    const { lastEventAt = NaN } =
        reading.logs?.find(({ group }) => group === application.group) ?? {};
    if (!(lastEventAt >= (reading.instance?.launchedAt ?? Infinity))) {
        return `nothing arrived in log group ${application.group} since the server was launched`;
    }
    return application.initialised && waitsForInitialisation(reading, demanded)
        ? `the audit log has not begun in log group ${application.group}: the software is not initialised, or its audit device is off`
        : undefined;
}

/** What is left to people once a server's logs arrive. */
function awaited(reading: ServerReading, demanded: LogDemands): string {
    return waitsForInitialisation(reading, demanded)
        ? "its audit log has not begun: initialise the software and switch its audit device on, then verify with --initialised"
        : "";
}

/** Software that nobody has initialised runs and tells the journal so, and has nothing to audit. */
function waitsForInitialisation({ logs }: ServerReading, { application }: LogDemands): boolean {
    const { auditStream, group } = application ?? {};
    return (
        auditStream !== undefined &&
        logs?.find((log) => log.group === group)?.streams?.includes(auditStream) !== true
    );
}

function archiveFault(
    { newest }: ArchiveReading,
    demands: VerificationDemands,
): string | undefined {
    if (newest === undefined) {
        return "nothing has arrived in the archive";
    }
    const age = demands.now - newest.at;
    if (!(age <= demands.archiveAgeHours * hour)) {
        return `the newest object ${newest.key} is ${duration(age)} old, at most ${demands.archiveAgeHours} hours are allowed`;
    }
    if (newest.lockMode !== "COMPLIANCE") {
        return `object ${newest.key} is held in mode ${newest.lockMode || "none"}, COMPLIANCE is demanded`;
    }
    const days = (newest.retainUntil - newest.at) / day || 0;
    return days >= demands.archiveRetentionDays - 1 / 24
        ? undefined
        : `object ${newest.key} is held for ${Math.floor(days)} days, ${demands.archiveRetentionDays} are demanded`;
}

function duration(milliseconds: number): string {
    if (Number.isNaN(milliseconds)) {
        return "an unknown time";
    }
    const minutes = Math.round(milliseconds / minute);
    return minutes < 120
        ? `${minutes} minutes`
        : minutes < 48 * 60
          ? `${Math.round(minutes / 60)} hours`
          : `${Math.round(minutes / 1440)} days`;
}

function show(moment: number): string {
    return Number.isFinite(moment)
        ? new Date(moment).toISOString().slice(0, 19) + "Z"
        : "an unknown time";
}
