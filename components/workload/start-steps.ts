import type { Workload } from "../../catalog/workload";
import { certificateFiles } from "../../host/workloads/raft-configuration";
import { certificateFolder } from "./certificate-steps";
import { quote } from "./quote";

/**
 * Shell lines that start, restart or reload the unit as what changed needs it, and wait until it serves: State Manager goes on to the next
 * server of a cluster only after this one is well. A unit whose certificate people still have to bring waits for it.
 */
export function startSteps({
    configuration,
    node,
    software,
}: {
    readonly configuration: string | undefined;
    readonly node: string;
    readonly software: Workload;
}): readonly string[] {
    const { unit } = software;
    if (unit === null) {
        return [];
    }
    const folder = certificateFolder(software);
    const healthy = healthCheck(software, node, folder);
    return [
        "systemctl daemon-reload",
        `systemctl enable --quiet ${quote(unit)}`,
        ...(configuration === undefined || folder === undefined
            ? []
            : [
                  `if [ ! -s ${quote(`${folder}/${certificateFiles.certificate}`)} ]; then
    echo ${quote(`${unit} waits for its certificate in ${folder}`)} >&2
    exit 0
fi`,
              ]),
        `if [ $restart = yes ]; then
    systemctl restart ${quote(unit)}
elif [ $reload = yes ]; then
    systemctl reload-or-restart ${quote(unit)}
else
    systemctl start ${quote(unit)}
fi
tries=0
until systemctl is-active --quiet ${quote(unit)}${healthy === undefined ? "" : ` && ${healthy}`}; do
    tries=$((tries + 1))
    [ $tries -lt 60 ] || { echo ${quote(`${unit} does not serve after five minutes`)} >&2; exit 1; }
    sleep 5
done`,
    ];
}

/** A shell condition on the software's own answer, asked under the name that its certificate has; undefined where it has none over HTTPS. */
function healthCheck(
    { healthCheck: check }: Workload,
    node: string,
    folder: string | undefined,
): string | undefined {
    if (check?.protocol !== "https" || folder === undefined) {
        return undefined;
    }
    const origin = `${node}:${check.port}`;
    const served = [...check.healthy, ...check.uninitialised].join("|");
    return `curl --silent --max-time 5 --cacert ${quote(`${folder}/${certificateFiles.authority}`)} --resolve ${quote(`${origin}:127.0.0.1`)} --output /dev/null --write-out '%{http_code}' ${quote(`https://${origin}${check.path}`)} | grep -qE '^(${served})$'`;
}
