import type { HealthCheck, Workload } from "../../catalog/workload";

/** How long a workload may take to come up and unseal. */
const attempts = 60;
const pauseSeconds = 5;

/** Shell lines that stop a workload in order: a leader steps down, open requests end. */
export function drainScript(unit: string): readonly string[] {
    return ["set -eu", `if systemctl is-active --quiet ${unit}; then systemctl stop ${unit}; fi`];
}

/** Shell lines that start a workload and wait until it is healthy; they fail when it does not become so. */
export function healthScript(workload: Workload): readonly string[] {
    const { unit, healthCheck } = workload;
    return [
        "set -u",
        ...healthFunction(healthCheck, unit),
        ...(unit === null ? [] : [`systemctl start ${unit} || exit 1`]),
        `for attempt in $(seq ${attempts}); do`,
        "    healthy && exit 0",
        `    sleep ${pauseSeconds}`,
        "done",
        "echo 'the workload is not healthy after patching' >&2",
        "exit 1",
    ];
}

/**
 * Shell lines that print one JSON line, `{"healthy":true,"repositoryWarnings":[]}`: whether the workload serves now, and whether every
 * package repository can be reached. Amazon Linux skips repositories that it cannot reach, so a scan alone may be clean by mistake.
 */
export function probeScript(workload: Workload | undefined): readonly string[] {
    return [
        "set -u",
        ...healthFunction(workload?.healthCheck ?? null, workload?.unit ?? null),
        "healthy && state=true || state=false",
        "if command -v dnf >/dev/null 2>&1; then",
        "    said=$(dnf --quiet --refresh --setopt='*.skip_if_unavailable=0' makecache 2>&1 >/dev/null) || said=\"dnf makecache failed: $said\"",
        "else",
        '    said=$(apt-get --quiet=2 -o APT::Update::Error-Mode=any update 2>&1 >/dev/null) || said="apt-get update failed: $said"',
        "fi",
        "said=$(printf '%s' \"$said\" | tr -d '\\\\\"' | tr -s '[:cntrl:]' ' ' | cut -c 1-300)",
        '[ -z "$said" ] && warnings= || warnings="\\"$said\\""',
        'echo "{\\"healthy\\":$state,\\"repositoryWarnings\\":[$warnings]}"',
    ];
}

function healthFunction(check: HealthCheck | null, unit: string | null): readonly string[] {
    if (check?.protocol === "https") {
        return [
            // The certificate names the server, not the loopback address that is asked here.
            `healthy() { case $(curl --insecure --silent --max-time 5 --output /dev/null --write-out '%{http_code}' https://127.0.0.1:${check.port}${check.path}) in ${check.healthy.join("|")}) return 0 ;; esac; return 1; }`,
        ];
    }
    if (check?.protocol === "tcp") {
        return [`healthy() { timeout 5 bash -c '</dev/tcp/127.0.0.1/${check.port}' 2>/dev/null; }`];
    }
    return unit === null
        ? ["healthy() { systemctl is-system-running --quiet; }"]
        : [`healthy() { systemctl is-active --quiet ${unit}; }`];
}
