import { createHash } from "node:crypto";
import { parseDocument, stringify } from "yaml";

/** A patch, pinned to one version. */
export interface PinnedPatch {
    /** `name.arch`. */
    readonly id: string;
    /** dnf: `name.arch:epoch:version-release`; apt: `name.arch:version`. */
    readonly title: string;
}

/**
 * A list for the `InstallOverrideList` parameter of AWS-RunPatchBaseline, stored under its own SHA-256: whoever has the key can tell
 * whether the content is what was promoted.
 */
export interface InstallOverrideList {
    readonly patches: readonly PinnedPatch[];
    /** YAML. Further keys than `patches` are ignored by AWS; ours say where the list comes from. */
    readonly text: string;
    /** `<prefix>/<sequence>-<sha-256>.yaml`; the sequence grows with every promotion. */
    readonly key: string;
    readonly sequence: number;
    readonly sha256: string;
}

const keyPattern = /^(?:[\w./-]+\/)?(\d{8})-([0-9a-f]{64})\.yaml$/;
const titlePattern =
    /^[\w.+~-]+\.(?:x86_64|aarch64|noarch|i686|amd64|arm64|all)(?::\d+)?:[\w.+~^:-]+$/;

/** A list that must not be installed; every reason is in `problems`. */
export class InstallOverrideListError extends Error {
    public override readonly name = "InstallOverrideListError";

    public constructor(public readonly problems: readonly string[]) {
        super(`the list of patches must not be installed: ${problems.join("; ")}`);
    }
}

/**
 * Writes a list; the same patches give the same bytes.
 *
 * @throws InstallOverrideListError for an empty list or patches that name no version.
 */
export function writeInstallOverrideList(
    patches: readonly PinnedPatch[],
    sequence: number,
    prefix: string,
): InstallOverrideList {
    const sorted = [...patches].sort((a, b) => (a.title < b.title ? -1 : 1));
    const text = stringify({
        sequence,
        patches: sorted.map(({ id, title }) => ({ id, title })),
        count: sorted.length,
    });
    const sha256 = createHash("sha256").update(text).digest("hex");
    const key = `${prefix}/${String(sequence).padStart(8, "0")}-${sha256}.yaml`;
    return readInstallOverrideList(text, key, sequence - 1);
}

/**
 * Reads a list that was fetched under `key` and refuses one that is empty, truncated, not what its key says, or not newer than the
 * last one that was installed (`lastSequence`, 0 for none).
 *
 * @throws InstallOverrideListError with every reason.
 */
export function readInstallOverrideList(
    text: string,
    key: string,
    lastSequence: number,
): InstallOverrideList {
    const problems: string[] = [];
    const [, sequenceText = "", named = ""] = keyPattern.exec(key) ?? [];
    const sequence = Number(sequenceText);
    const sha256 = createHash("sha256").update(text).digest("hex");
    if (named === "") {
        problems.push(`its key must end in <sequence>-<sha-256>.yaml, got "${key}"`);
    } else if (named !== sha256) {
        problems.push(`its SHA-256 is ${sha256}, its key says ${named}`);
    }
    if (named !== "" && sequence < lastSequence) {
        problems.push(`it is number ${sequence}, number ${lastSequence} was installed already`);
    }
    const { patches, stated } = readPatches(text, problems);
    if (patches.length === 0) {
        problems.push("it holds no patch");
    } else if (stated !== patches.length) {
        problems.push(
            `it holds ${patches.length} patches and says that it holds ${String(stated)}`,
        );
    }
    if (problems.length > 0) {
        throw new InstallOverrideListError(problems);
    }
    return { patches, text, key, sequence, sha256 };
}

function readPatches(
    text: string,
    problems: string[],
): { readonly patches: readonly PinnedPatch[]; readonly stated: unknown } {
    const document = parseDocument(text);
    const [error] = document.errors;
    const content: unknown = error === undefined ? document.toJS({ maxAliasCount: 0 }) : undefined;
    const { patches, count } = (
        typeof content === "object" && content !== null ? content : {}
    ) as Record<string, unknown>;
    if (error !== undefined || !Array.isArray(patches)) {
        problems.push(
            `it is not a list of patches: ${error?.message.split("\n")[0] ?? "no patches"}`,
        );
        return { patches: [], stated: count };
    }
    const pinned: PinnedPatch[] = [];
    for (const [index, item] of (patches as unknown[]).entries()) {
        const { id, title } = (typeof item === "object" && item !== null ? item : {}) as Record<
            string,
            unknown
        >;
        if (typeof id !== "string" || typeof title !== "string" || !titlePattern.test(title)) {
            problems.push(`patches[${index}] names no exact version: ${JSON.stringify(item)}`);
        } else if (!title.startsWith(`${id}:`)) {
            problems.push(`patches[${index}] says ${id} and ${title}: two different packages`);
        } else {
            pinned.push({ id, title });
        }
    }
    return { patches: pinned, stated: count };
}
