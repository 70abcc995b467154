import { readPackConfig, type PackConfig } from "./pack-config";
import { findPack, type PackFolder, type PackRequest } from "./pack-folder";

/** A pack that is ready to be started. */
export interface PreparedPack extends PackFolder {
    readonly config: PackConfig;
    /** Where the configuration comes from, for messages. */
    readonly configFile: string;
}

/** Reads what can be read before any work is done. Throws `InputError` with the problems of the first bad pack. */
export function preparePacks(packs: readonly PackRequest[]): readonly PreparedPack[] {
    return packs.map(({ folder, config }) => ({
        ...findPack(folder),
        config: readPackConfig(config),
        configFile: config ?? `the configuration of the policy pack ${folder} itself`,
    }));
}
