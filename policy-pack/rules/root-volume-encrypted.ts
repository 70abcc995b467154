import { TypeToken } from "../../aws/type-tokens";
import { formatPath } from "../graph/peek";
import { blockDevicesOf, type BlockDevice } from "../reading/block-devices";
import { failed, undecided } from "../reading/observations";
import { judgeServers, serverReads } from "../reading/servers";
import { readBoolean } from "../reading/values";
import { encryptsByDefault } from "../reading/volume-defaults";
import type { Observation, Rule } from "./rule";

/** Every volume that a server is launched with, the root volume first of all, is encrypted by its own description. */
export const rootVolumeEncrypted: Rule = {
    name: "root-volume-encrypted",
    reads: [...serverReads, TypeToken.EncryptionByDefault],
    judge: (context) => {
        const byDefault = encryptsByDefault(context.graph);
        return judgeServers(context, (view) =>
            blockDevicesOf(view).flatMap((device) => decide(device, byDefault)),
        );
    },
};

function decide({ name, block }: BlockDevice, byDefault: boolean): readonly Observation[] {
    const { resource, path, reading } = block;
    if (reading.kind === "open") {
        return [undecided(resource, path, `${formatPath(path)} ${reading.why}`, name)];
    }
    const encryptedPath = [...path, "encrypted"];
    if (reading.kind === "absent") {
        return byDefault
            ? []
            : [
                  failed(
                      resource,
                      // An update tells the device that AWS made; the finding keeps its place.
                      path[0] === "blockDeviceMappings" ? path : encryptedPath,
                      `${formatPath(path)} does not describe the root volume, so it is as unencrypted as its image`,
                      name,
                  ),
              ];
    }
    const encrypted = readBoolean(resource.properties, encryptedPath);
    const place = formatPath(encryptedPath);
    switch (encrypted.kind) {
        case "open":
            return [undecided(resource, encryptedPath, `${place} ${encrypted.why}`, name)];
        case "known":
            return encrypted.value
                ? []
                : [
                      failed(
                          resource,
                          encryptedPath,
                          `${place} is false, so ${name} is not encrypted`,
                          name,
                      ),
                  ];
        case "absent":
            return byDefault
                ? []
                : [
                      failed(
                          resource,
                          encryptedPath,
                          `${place} is not set, so ${name} is not encrypted`,
                          name,
                      ),
                  ];
    }
}
