import {
    paginateDescribeLogStreams,
    type CloudWatchLogsClient,
} from "@aws-sdk/client-cloudwatch-logs";
import type { LogDemands, ServerReading } from "./reading";

/** Reads the streams that a server has in each log group that something is demanded of. Throws what the SDK throws. */
export async function readLogs(
    logs: CloudWatchLogsClient,
    instanceId: string,
    { steady, occasional, application }: LogDemands,
): Promise<ServerReading["logs"]> {
    const groups = [...steady, ...occasional, ...(application ? [application.group] : [])];
    return Promise.all(
        groups.map(async (group) => {
            const streams: string[] = [];
            let newest = -Infinity;
            const pages = paginateDescribeLogStreams(
                { client: logs },
                { logGroupName: group, logStreamNamePrefix: instanceId },
            );
            for await (const { logStreams = [] } of pages) {
                for (const { logStreamName = "", ...stream } of logStreams) {
                    streams.push(logStreamName.slice(instanceId.length + 1));
                    newest = Math.max(
                        newest,
                        stream.lastIngestionTime ?? stream.lastEventTimestamp ?? -Infinity,
                    );
                }
            }
            return { group, streams, ...(Number.isFinite(newest) && { lastEventAt: newest }) };
        }),
    );
}
