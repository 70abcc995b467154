/**
 * The messages between the process that evaluates a program and the one that judges it. A frame is one byte of kind, four bytes of
 * length (little endian) and the payload. Payloads that hold a protobuf message begin with four bytes of length and a UTF-8 text.
 */
export const FrameKind = {
    /** To the parent. Text: URN. Message: `RegisterResourceRequest`. */
    Register: 1,
    /** To the parent. Text: URN. Message: `ReadResourceRequest`. */
    Read: 2,
    /** To the parent. Text: URN. Message: `RegisterResourceOutputsRequest`. */
    Outputs: 3,
    /** To the parent. Text: JSON of `Question`. Message: `ResourceInvokeRequest` or `ResourceCallRequest`. */
    Ask: 4,
    /** To the parent. JSON of `ProgramError`. */
    Failed: 5,
    /** To the parent: the program ran to its end. Empty. */
    Done: 7,
    /** To the child. JSON of `Job`; the first frame. */
    Job: 8,
    /** To the child. Text: JSON of `Answer`. Message: `Struct`, or empty. */
    Answer: 9,
} as const;
export type FrameKind = (typeof FrameKind)[keyof typeof FrameKind];

export interface Frame {
    readonly kind: number;
    readonly payload: Uint8Array;
}

/** What a program asks a provider. */
export interface Question {
    readonly id: number;
    /** `output`: an unknown answer can be passed on; `promise`: the program needs the value. */
    readonly form: "output" | "promise";
    /** `call` for a method of a resource. */
    readonly kind: "invoke" | "call";
}

/** The parent's reply to a `Question`. */
export interface Answer {
    readonly id: number;
    /** `answered`: the message holds the result; `unknown`; `refused`: `reason` says why and what to do. */
    readonly outcome: "answered" | "unknown" | "refused";
    readonly reason?: string;
}

/** An error that ends a program: what it threw, or what kept it from running. */
export interface ProgramError {
    readonly name: string;
    readonly message: string;
    /** Lines of the stack inside the program; empty while stack traces are off. */
    readonly stack: readonly string[];
}

/** What to evaluate. Paths are absolute. */
export interface Job {
    /** Folder of `Pulumi.yaml`. */
    readonly projectFolder: string;
    /** Folder that the program runs in. */
    readonly workingFolder: string;
    /** What to load, relative to the working folder; `.` for what its `package.json` says. */
    readonly entry: string;
    readonly project: string;
    readonly stack: string;
    readonly organization: string;
    /** Whether TypeScript is loaded, as `runtime.options.typescript` says. */
    readonly typescript: boolean;
    /** Compiler settings, as `runtime.options.tsconfig` says, relative to the working folder. */
    readonly tsconfig: string;
    /** Full key (`project:key`) to value. */
    readonly config: Readonly<Record<string, string>>;
    readonly secretKeys: readonly string[];
    /** Keys whose value is encrypted, so nobody knows it. They are secret. */
    readonly encryptedKeys: readonly string[];
    /** Name of another stack → its outputs, as the answers file states them. */
    readonly stackOutputs: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
    /** Whether errors carry the place where they arose, which makes an evaluation slower. */
    readonly stackTraces: boolean;
}

const headerBytes = 5;

/** The five bytes before a payload. */
export function frameHeader(kind: FrameKind, payloadBytes: number): Uint8Array {
    const header = new Uint8Array(headerBytes);
    header[0] = kind;
    writeLength(header, 1, payloadBytes);
    return header;
}

/** Writes a length as four bytes, little endian. */
export function writeLength(target: Uint8Array, offset: number, length: number): void {
    target[offset] = length & 0xff;
    target[offset + 1] = (length >>> 8) & 0xff;
    target[offset + 2] = (length >>> 16) & 0xff;
    target[offset + 3] = (length >>> 24) & 0xff;
}

/** Reads a length of four bytes, little endian. Missing bytes count as 0. */
export function readLength(source: Uint8Array, offset: number): number {
    return (
        ((source[offset] ?? 0) |
            ((source[offset + 1] ?? 0) << 8) |
            ((source[offset + 2] ?? 0) << 16) |
            ((source[offset + 3] ?? 0) << 24)) >>>
        0
    );
}

/** Splits a stream of bytes into frames. Feed it whatever arrives. */
export class FrameReader {
    private pending: Uint8Array[] = [];
    private pendingBytes = 0;
    private needed = headerBytes;

    public constructor(private readonly onFrame: (frame: Frame) => void) {}

    public push(chunk: Uint8Array): void {
        this.pending.push(chunk);
        this.pendingBytes += chunk.length;
        if (this.pendingBytes < this.needed) {
            return;
        }
        let bytes = this.pending.length === 1 ? chunk : Buffer.concat(this.pending);
        while (bytes.length >= headerBytes) {
            const end = headerBytes + readLength(bytes, 1);
            if (bytes.length < end) {
                break;
            }
            this.onFrame({ kind: bytes[0] ?? 0, payload: bytes.subarray(headerBytes, end) });
            bytes = bytes.subarray(end);
        }
        this.needed = bytes.length < headerBytes ? headerBytes : headerBytes + readLength(bytes, 1);
        this.pending = bytes.length === 0 ? [] : [bytes];
        this.pendingBytes = bytes.length;
    }
}
