import { defineParameters } from "./define";

/** Retention and liveness of logs, flow logs and the archive. */
export const loggingParameters = defineParameters({
    logRetentionDays: {
        title: "Retention of log groups",
        value: 365,
        unit: "days",
        source: "PCI DSS 4.0.1 10.5.1 (twelve months, three of them at hand)",
        stricter: "higher",
        minimum: 1,
        maximum: 3653,
    },
    archiveRetentionDays: {
        title: "Write-once retention of archived logs",
        value: 365,
        unit: "days",
        source: "PCI DSS 4.0.1 10.5.1 and 10.3.2; Amazon S3 Object Lock allows up to 36,500 days",
        stricter: "higher",
        minimum: 1,
        maximum: 36_500,
    },
    flowLogAggregationSeconds: {
        title: "Aggregation interval of flow logs",
        value: 60,
        unit: "seconds",
        source: "Amazon VPC user guide, flow logs: 60 or 600 seconds",
        stricter: "lower",
        minimum: 60,
        maximum: 600,
    },
    heartbeatSilenceMinutes: {
        title: "Silence of a server's agent until the alarm",
        value: 15,
        unit: "minutes",
        source: "PCI DSS 4.0.1 10.7.2 (failures are noticed promptly); the figure is Keyward's: three missed periods of five minutes",
        stricter: "lower",
        loosest: 60,
        minimum: 1,
        maximum: 1440,
    },
});
