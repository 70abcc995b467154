import { bucketTypes, TypeToken } from "../../aws/type-tokens";
import type { PropertyPath } from "../graph/peek";
import type { RegisteredResource } from "../graph/resource";
import { servesKeyServers } from "../graph/scope";
import type { Observation, RuleContext } from "../rules/rule";
import { isAttested } from "./attestations";
import { failed, undecided } from "./observations";
import { readText, show } from "./values";

const streamTypes = ["aws:kinesis/firehoseDeliveryStream:FirehoseDeliveryStream"];

/** Type tokens that flow logs may be delivered to. */
export const flowLogDestinationReads: readonly string[] = [
    TypeToken.LogGroup,
    ...bucketTypes,
    ...streamTypes,
];

/** Whether flow logs reach a log of this stack, whose own policies judge it, or one that the configuration attests. */
export function judgeDestination(
    context: RuleContext,
    log: RegisteredResource,
): readonly Observation[] {
    const path: PropertyPath = ["logDestination"];
    const destination = readText(log.properties, path);
    const reference = context.graph.reference(log, path, flowLogDestinationReads);
    if (reference.kind === "resources") {
        return [];
    }
    if (destination.kind === "absent") {
        return [failed(log, path, "logDestination is not set, so flows are recorded nowhere")];
    }
    if (destination.kind === "open") {
        return [undecided(log, path, `logDestination ${destination.why}`)];
    }
    const named = context.graph
        .identifiedBy(nameIn(destination.value))
        .some(({ type }) => flowLogDestinationReads.includes(type));
    // What becomes of flows that are none of a key server's is not asked.
    return named ||
        !servesKeyServers(context.scope, log) ||
        isAttested(context, `flow-log-destination/${destination.value}`)
        ? []
        : [
              undecided(
                  log,
                  path,
                  `logDestination is ${show(destination.value)}, which is not in this stack: whether it is kept and protected is not known, and the configuration does not attest "flow-log-destination/${destination.value}"`,
              ),
          ];
}

/** The log group's or bucket's name in an ARN. */
function nameIn(arn: string): string {
    const group = /:log-group:([^:]+)/.exec(arn)?.[1];
    return group ?? /^arn:[^:]+:s3:::([^/]+)/.exec(arn)?.[1] ?? arn;
}
