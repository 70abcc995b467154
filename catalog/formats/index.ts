import { arnFormats } from "./arns";
import { idFormats } from "./ids";
import { nameFormats } from "./names";
import { softwareFormats } from "./software";

/** Forms of names, ids, ARNs, keys and the like, by what they are about. */
export const formats = {
    ...arnFormats,
    ...idFormats,
    ...nameFormats,
    ...softwareFormats,
} as const;

export type FormatId = keyof typeof formats;
