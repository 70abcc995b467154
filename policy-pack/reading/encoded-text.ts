import { gunzipSync } from "node:zlib";

/** Text as it was written, and every text that is packed into it. */
export interface TextLayer {
    readonly text: string;
    /** How it was packed, from the outside in: `base64`, `gzip`; empty for the text itself. */
    readonly packing: readonly string[];
}

const deepest = 5;
const largestBytes = 4 * 1024 * 1024;
/** Shorter runs are words more often than data. */
const shortestRun = 24;

const base64Run = /[A-Za-z0-9+/_-]{20,}(?:\r?\n[ \t]*[A-Za-z0-9+/_-]+)*={0,2}/g;

/**
 * The text with whatever is packed into it by base64 or gzip, wherever that stands: as a whole, as a part of a MIME message, as a file
 * that cloud-init writes. Data that unpacks to no text is left out. Never throws.
 */
export function textLayers(text: string): readonly TextLayer[] {
    const layers: TextLayer[] = [];
    collect(text, [], layers);
    return layers;
}

function collect(text: string, packing: readonly string[], layers: TextLayer[]): void {
    layers.push({ text, packing });
    if (packing.length >= deepest) {
        return;
    }
    for (const [run] of text.matchAll(base64Run)) {
        const compact = run.replace(/\s+/g, "");
        if (compact.length >= shortestRun) {
            unpack(Buffer.from(compact, "base64"), [...packing, "base64"], layers);
        }
    }
    if (text.startsWith("\x1f\x8b")) {
        unpack(Buffer.from(text, "latin1"), packing, layers);
    }
}

function unpack(bytes: Buffer, packing: readonly string[], layers: TextLayer[]): void {
    if (bytes[0] === 0x1f && bytes[1] === 0x8b) {
        const inner = gunzip(bytes);
        if (inner !== undefined) {
            unpack(inner, [...packing, "gzip"], layers);
        }
    } else if (isText(bytes)) {
        collect(bytes.toString("utf8"), packing, layers);
    }
}

function gunzip(bytes: Buffer): Buffer | undefined {
    try {
        return gunzipSync(bytes, { maxOutputLength: largestBytes });
    } catch {
        return undefined;
    }
}

/** Whether bytes are UTF-8 without control characters other than white space: what people write. */
function isText(bytes: Buffer): boolean {
    return (
        bytes.length > 0 &&
        bytes.every((byte) => byte >= 0x20 || (byte >= 0x09 && byte <= 0x0d)) &&
        !bytes.toString("utf8").includes("\ufffd")
    );
}
