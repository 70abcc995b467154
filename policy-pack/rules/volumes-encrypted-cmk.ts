import { TypeToken } from "../../aws/type-tokens";
import type { GraphIndex } from "../graph/graph-index";
import { formatPath, type PropertyPath } from "../graph/peek";
import type { RegisteredResource } from "../graph/resource";
import { blockDevicesOf, type BlockDevice } from "../reading/block-devices";
import { describeKey, keyAt, keyReads } from "../reading/keys";
import { failed, settle, undecided } from "../reading/observations";
import { judgeServers, serverReads } from "../reading/servers";
import { readBoolean, readElements, readText } from "../reading/values";
import { encryptsByDefault, hasCustomerDefaultKey } from "../reading/volume-defaults";
import type { Observation, Rule } from "./rule";

const volumeTypes = [
    TypeToken.Volume,
    TypeToken.SnapshotCopy,
    TypeToken.SnapshotImport,
    TypeToken.AmiCopy,
];

/** What an image or a volume copy takes its encryption from. */
const copiedTypes = [
    TypeToken.Volume,
    TypeToken.Snapshot,
    TypeToken.SnapshotCopy,
    TypeToken.SnapshotImport,
];

/** Volumes, their copies and snapshots are encrypted under a customer-managed key. */
export const volumesEncryptedCmk: Rule = {
    name: "volumes-encrypted-cmk",
    reads: [
        ...serverReads,
        ...volumeTypes,
        ...keyReads,
        ...copiedTypes,
        TypeToken.VolumeCopy,
        TypeToken.Ami,
        TypeToken.EncryptionByDefault,
        TypeToken.DefaultKmsKey,
    ],
    *judge(context) {
        const { graph, scope } = context;
        const defaults = {
            encrypts: encryptsByDefault(graph),
            hasKey: hasCustomerDefaultKey(graph),
        };
        yield* judgeServers(context, (view) =>
            blockDevicesOf(view).flatMap((device) => ofServer(graph, device, defaults)),
        );
        for (const volume of graph.ofType(...volumeTypes).filter((r) => scope.includes(r))) {
            yield* settle(volume, decide(graph, volume, defaults));
        }
        for (const copy of graph.ofType(TypeToken.VolumeCopy).filter((r) => scope.includes(r))) {
            yield* settle(copy, asItsSource(graph, copy, ["sourceVolumeId"]));
        }
        for (const image of graph.ofType(TypeToken.Ami).filter((r) => scope.includes(r))) {
            yield* settle(image, imageVolumes(graph, image));
        }
        for (const setting of graph.ofType(TypeToken.EncryptionByDefault)) {
            yield* scope.includes(setting) ? switchedOff(setting) : [];
        }
    },
};

/** Whether a server's own volume is encrypted at all is the question of `root-volume-encrypted`. */
function ofServer(
    graph: GraphIndex,
    { block: { resource, path, reading }, name }: BlockDevice,
    defaults: Defaults,
): readonly Observation[] {
    if (reading.kind === "open") {
        return [undecided(resource, path, `${formatPath(path)} ${reading.why}`, name)];
    }
    const encrypted = readBoolean(resource.properties, [...path, "encrypted"]);
    const isEncrypted = encrypted.kind === "known" ? encrypted.value : defaults.encrypts;
    return reading.kind === "known" && (isEncrypted || encrypted.kind === "open")
        ? underCustomerKey(graph, resource, path, defaults, name)
        : [];
}

/** The provider switches encryption on where nothing is said. */
function switchedOff(setting: RegisteredResource): readonly Observation[] {
    const enabled = readBoolean(setting.properties, ["enabled"]);
    if (enabled.kind === "open") {
        return [undecided(setting, ["enabled"], `enabled ${enabled.why}`)];
    }
    return enabled.kind === "known" && !enabled.value
        ? [
              failed(
                  setting,
                  ["enabled"],
                  "enabled is false: new volumes of the account are in clear unless they say otherwise",
              ),
          ]
        : [];
}

interface Defaults {
    readonly encrypts: boolean;
    readonly hasKey: boolean;
}

function decide(
    graph: GraphIndex,
    resource: RegisteredResource,
    defaults: Defaults,
): readonly Observation[] {
    const encrypted = readBoolean(resource.properties, ["encrypted"]);
    if (encrypted.kind === "open") {
        return [undecided(resource, ["encrypted"], `encrypted ${encrypted.why}`)];
    }
    if (encrypted.kind === "known" ? encrypted.value : defaults.encrypts) {
        return underCustomerKey(graph, resource, [], defaults);
    }
    const found = encrypted.kind === "known" ? "is false" : "is not set";
    return [
        failed(resource, ["encrypted"], `encrypted ${found}, so the data is stored in the clear`),
    ];
}

function underCustomerKey(
    graph: GraphIndex,
    resource: RegisteredResource,
    path: PropertyPath,
    defaults: Defaults,
    subject?: string,
): readonly Observation[] {
    const keyPath = [...path, "kmsKeyId"];
    const key = keyAt(graph, resource, keyPath);
    switch (key.kind) {
        case "resources":
        case "foreign":
            return [];
        case "open":
            return [undecided(resource, keyPath, describeKey(keyPath, key), subject)];
        case "not-customer":
            return defaults.hasKey && key.unset
                ? []
                : [failed(resource, keyPath, describeKey(keyPath, key), subject)];
    }
}

/** An image's volumes are as encrypted as the snapshots that they are made from. */
function imageVolumes(graph: GraphIndex, image: RegisteredResource): readonly Observation[] {
    const devices = readElements(image.properties, ["ebsBlockDevices"]);
    if (devices.kind === "open") {
        return [undecided(image, ["ebsBlockDevices"], `ebsBlockDevices ${devices.why}`)];
    }
    return (devices.kind === "known" ? devices.value : []).flatMap((path) => {
        const snapshot = readText(image.properties, [...path, "snapshotId"]);
        const encryptedPath = [...path, "encrypted"];
        const encrypted = readBoolean(image.properties, encryptedPath);
        if (snapshot.kind !== "absent") {
            return asItsSource(graph, image, [...path, "snapshotId"]);
        }
        const place = formatPath(encryptedPath);
        return encrypted.kind === "open"
            ? [undecided(image, encryptedPath, `${place} ${encrypted.why}`)]
            : encrypted.kind === "known" && encrypted.value
              ? []
              : [
                    failed(
                        image,
                        encryptedPath,
                        `${place} is not true, so the volume is not encrypted`,
                    ),
                ];
    });
}

/** A copy without settings of its own is judged by its source, where that is in the stack. */
function asItsSource(
    graph: GraphIndex,
    resource: RegisteredResource,
    path: PropertyPath,
): readonly Observation[] {
    return graph.reference(resource, path, copiedTypes).kind === "resources"
        ? []
        : [
              undecided(
                  resource,
                  path,
                  `${formatPath(path)} names nothing in this stack, so it is not known whether the data is encrypted`,
              ),
          ];
}
