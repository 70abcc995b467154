import type { ServerView, Setting, SettingPaths } from "./servers";
import { absent, readAny, readElements, readText } from "./values";

/** One volume that a server is launched with. */
export interface BlockDevice {
    /** Device name, or `root volume`. */
    readonly name: string;
    /** Where the device is described; absent for a root volume that nobody describes: the image's own mapping holds then. */
    readonly block: Setting<unknown>;
}

/** Names that Linux images give their root device. */
const rootNames = new Set(["/dev/xvda", "/dev/sda1"]);
const rootBlock: SettingPaths = {
    instance: ["rootBlockDevice"],
    configuration: ["rootBlockDevice"],
    specification: ["rootBlockDevices", 0],
};
const dataBlocks: SettingPaths = {
    instance: ["ebsBlockDevices"],
    configuration: ["ebsBlockDevices"],
    specification: ["ebsBlockDevices"],
};
const mappings: SettingPaths = { template: ["blockDeviceMappings"] };

/** The volumes a server is launched with, its root volume among them. */
export function blockDevicesOf(view: ServerView): readonly BlockDevice[] {
    const listed = [
        ...devicesIn(view, dataBlocks, []),
        ...(view.template.kind === "open" ? [] : devicesIn(view, mappings, ["ebs"])),
    ];
    const devices = listed.map(({ name, block }) => ({ name, block }));
    const root = view.setting(readAny, rootBlock);
    if (root.reading.kind !== "absent") {
        // It replaces what a template says of the root device.
        const others = listed.filter(
            ({ root: isRoot, block }) => isRoot !== "yes" || block.reading.kind === "open",
        );
        return [{ name: "root volume", block: root }, ...others];
    }
    if (listed.some(({ root: isRoot }) => isRoot === "yes")) {
        return devices;
    }
    const doubt = listed.find(({ root: isRoot }) => isRoot === "maybe");
    const place = view.setting(() => absent, { ...rootBlock, ...mappings });
    const block: Setting<unknown> =
        doubt === undefined
            ? place
            : {
                  ...doubt.block,
                  reading: {
                      kind: "open",
                      why: "may be the root volume or not: its name is not known",
                  },
              };
    return [{ name: "root volume", block }, ...devices];
}

interface ListedDevice extends BlockDevice {
    readonly root: "yes" | "no" | "maybe";
}

function devicesIn(
    view: ServerView,
    paths: SettingPaths,
    nested: readonly string[],
): readonly ListedDevice[] {
    const list = view.setting(readElements, paths);
    if (list.reading.kind === "absent") {
        return [];
    }
    if (list.reading.kind === "open") {
        return [{ name: "volumes", root: "yes", block: { ...list, reading: list.reading } }];
    }
    const { resource } = list;
    return list.reading.value.flatMap((element): ListedDevice[] => {
        const name = readText(resource.properties, [...element, "deviceName"]);
        const path = [...element, ...nested];
        const reading = readAny(resource.properties, path);
        if (reading.kind === "absent") {
            return [];
        }
        const isRoot = name.kind === "known" && rootNames.has(name.value) ? "yes" : "no";
        return [
            {
                name: name.kind === "known" ? name.value : "a volume",
                root: name.kind === "open" ? "maybe" : isRoot,
                block: { reading, resource, path },
            },
        ];
    });
}
