import type { Workload } from "../../catalog/workload";

/** CloudWatch namespace of the agent's metrics. */
export const metricsNamespace = "Keyward";

/** Seconds between two metrics; the heartbeat alarm counts on them. */
const metricsIntervalSeconds = 60;

/** First version of the agent that reads the systemd journal. Source: amazon-cloudwatch-agent's release notes. */
export const minimumAgentVersion = "1.300070.0";

/** Stream of the software's audit log in the application group, after the instance id. */
export const auditStream = "audit";

/** Names of the log groups that the agent writes to. */
export interface AgentLogGroups {
    readonly system: string;
    readonly security: string;
    readonly application: string;
}

/**
 * Configuration of the CloudWatch agent: the journal to the system group, logins and audit records to the security group, the software's
 * audit log to the application group, and disk and memory metrics, which double as the server's heartbeat. Retention is the log
 * groups' own: setting it here would need the right to change it.
 */
export function buildAgentConfiguration(software: Workload, groups: AgentLogGroups): unknown {
    const stream = (kind: string): string => `{instance_id}/${kind}`;
    return {
        agent: { metrics_collection_interval: metricsIntervalSeconds, run_as_user: "root" },
        logs: {
            logs_collected: {
                journald: {
                    collect_list: [
                        { log_group_name: groups.system, log_stream_name: stream("journal") },
                        {
                            log_group_name: groups.security,
                            log_stream_name: stream("authentication"),
                            matches: [
                                { SYSLOG_FACILITY: "4" },
                                { SYSLOG_FACILITY: "10" },
                                { _SYSTEMD_UNIT: "systemd-logind.service" },
                            ],
                        },
                        ...(software.unit === null
                            ? []
                            : [
                                  {
                                      log_group_name: groups.application,
                                      log_stream_name: stream("journal"),
                                      units: [software.unit],
                                  },
                              ]),
                    ],
                },
                files: {
                    collect_list: [
                        {
                            file_path: "/var/log/audit/audit.log",
                            log_group_name: groups.security,
                            log_stream_name: stream("audit"),
                            timezone: "UTC",
                        },
                        ...(software.auditLogPath === null
                            ? []
                            : [
                                  {
                                      file_path: software.auditLogPath,
                                      log_group_name: groups.application,
                                      log_stream_name: stream(auditStream),
                                      timezone: "UTC",
                                  },
                              ]),
                    ],
                },
            },
            log_stream_name: stream("other"),
        },
        metrics: {
            namespace: metricsNamespace,
            append_dimensions: { InstanceId: "${aws:InstanceId}" },
            aggregation_dimensions: [["InstanceId"]],
            metrics_collected: {
                disk: { measurement: ["used_percent"], resources: ["/"] },
                mem: { measurement: ["mem_used_percent"] },
            },
        },
    };
}
