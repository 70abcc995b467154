import type { GraphIndex } from "../graph/graph-index";
import type { RegisteredResource } from "../graph/resource";
import type { Observation } from "../rules/rule";
import { demandCustomerKey } from "./keys";
import { failed, undecided } from "./observations";
import { readAny, readBoolean, readText, show } from "./values";

/** Type token of the streams by which logs get into buckets. */
export const deliveryStreamType = "aws:kinesis/firehoseDeliveryStream:FirehoseDeliveryStream";

const encryption = "serverSideEncryption";
const customerKey = "CUSTOMER_MANAGED_CMK";

/**
 * Whether what waits in a delivery stream is under a customer-managed key. A stream that reads another one keeps nothing itself and takes no
 * encryption of its own. Source: Amazon Data Firehose API, DeliveryStreamEncryptionConfigurationInput.
 */
export function judgeStream(graph: GraphIndex, stream: RegisteredResource): readonly Observation[] {
    const sources = ["kinesisSourceConfiguration", "mskSourceConfiguration"].map((property) => ({
        property,
        reading: readAny(stream.properties, [property]),
    }));
    if (sources.some(({ reading }) => reading.kind === "known")) {
        return [];
    }
    const found = judgeEncryption(graph, stream);
    const open = sources.find(({ reading }) => reading.kind === "open");
    return open === undefined || found.length === 0
        ? found
        : [
              undecided(
                  stream,
                  [open.property],
                  `${open.property} is not known before deployment: unless the stream reads another one, ${found.map(({ message = "" }) => message).join("; ")}`,
              ),
          ];
}

function judgeEncryption(graph: GraphIndex, stream: RegisteredResource): readonly Observation[] {
    const enabled = readBoolean(stream.properties, [encryption, "enabled"]);
    if (enabled.kind === "open") {
        return [undecided(stream, [encryption], `${encryption}.enabled ${enabled.why}`)];
    }
    if (enabled.kind === "absent" || !enabled.value) {
        const found = enabled.kind === "known" ? "is false" : "is not set";
        const message = `${encryption}.enabled ${found}, so events wait in the stream under no key of yours`;
        return [failed(stream, [encryption, "enabled"], message)];
    }
    const typePath = [encryption, "keyType"];
    const type = readText(stream.properties, typePath);
    if (type.kind === "open") {
        return [undecided(stream, typePath, `${encryption}.keyType ${type.why}`)];
    }
    if (type.kind === "absent" || type.value !== customerKey) {
        const found = type.kind === "known" ? `is ${show(type.value)}` : "is not set";
        const message = `${encryption}.keyType ${found}, so a key that AWS owns is used: write "${customerKey}"`;
        return [failed(stream, typePath, message)];
    }
    return demandCustomerKey(graph, stream, [encryption, "keyArn"]);
}
