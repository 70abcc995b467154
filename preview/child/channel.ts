import * as fs from "node:fs";
import { Socket } from "node:net";
import {
    FrameKind,
    FrameReader,
    frameHeader,
    readLength,
    writeLength,
    type Answer,
    type Frame,
    type Job,
} from "../protocol/frames";

/** File descriptors that the parent opens for this process. */
const toParent = 3;
const fromParent = 4;

/** Chunks that one `writev` may take. */
const mostChunks = 900;
const mostBytes = 64 * 1024;

// Copies of built-ins from before the program ran: a program that overwrites `JSON` or `Array.prototype` changes nothing of what is sent.
const { readSync, writeSync, writevSync } = fs;
const { stringify, parse } = JSON;
const encoder = new TextEncoder();
const encode = encoder.encode.bind(encoder);
const decoder = new TextDecoder();
const decode = decoder.decode.bind(decoder);
const later = setImmediate;

let chunks: Uint8Array[] = [];
let bytes = 0;
let scheduled = false;

/** Sends a protobuf message with a text before it. */
export function sendMessage(kind: FrameKind, text: string, message: Uint8Array): void {
    const encoded = encode(text);
    const length = new Uint8Array(4);
    writeLength(length, 0, encoded.length);
    enqueue(frameHeader(kind, 4 + encoded.length + message.length));
    enqueue(length);
    enqueue(encoded);
    enqueue(message);
    if (bytes > mostBytes || chunks.length > mostChunks) {
        flush();
    } else if (!scheduled) {
        scheduled = true;
        later(flush);
    }
}

/** Sends a JSON value at once. */
export function sendJson(kind: FrameKind, value: unknown): void {
    const encoded = encode(stringify(value));
    enqueue(frameHeader(kind, encoded.length));
    enqueue(encoded);
    flush();
}

function enqueue(chunk: Uint8Array): void {
    if (chunk.length > 0) {
        chunks[chunks.length] = chunk;
        bytes += chunk.length;
    }
}

/** Writes what waits; blocks while the parent is busy. What one `writev` leaves over is written chunk by chunk. */
export function flush(): void {
    const waiting = chunks;
    let left = bytes;
    chunks = [];
    bytes = 0;
    scheduled = false;
    if (left === 0) {
        return;
    }
    let skip = writevSync(toParent, waiting);
    left -= skip;
    for (let index = 0; left > 0 && index < waiting.length; index++) {
        const chunk = waiting[index] ?? new Uint8Array(0);
        for (; skip < chunk.length;) {
            const count = writeSync(toParent, chunk, skip);
            left -= count;
            skip += count;
        }
        skip -= chunk.length;
    }
}

/** Reads the first frame, before anything else runs. */
export function readJob(): Job {
    const header = readExactly(5);
    const payload = readExactly(readLength(header, 1));
    return parse(decode(payload)) as Job;
}

function readExactly(count: number): Uint8Array {
    const target = new Uint8Array(count);
    let filled = 0;
    while (filled < count) {
        const read = readSync(fromParent, target, filled, count - filled, null);
        if (read === 0) {
            throw new Error("the parent closed the channel");
        }
        filled += read;
    }
    return target;
}

/** The parent's answers. The process stays alive while one is awaited, and no longer. */
export class Answers {
    private readonly waiting = new Map<number, (answer: Answer, message: Uint8Array) => void>();
    private readonly socket: Socket;
    private next = 1;

    public constructor() {
        const reader = new FrameReader((frame) => {
            this.receive(frame);
        });
        this.socket = new Socket({ fd: fromParent, readable: true, writable: false });
        this.socket.on("data", (chunk: Buffer) => {
            reader.push(chunk);
        });
        this.socket.unref();
    }

    /** Sends a question and calls back with the parent's answer. */
    public ask(
        question: { readonly form: "output" | "promise"; readonly kind: "invoke" | "call" },
        message: Uint8Array,
        onAnswer: (answer: Answer, message: Uint8Array) => void,
    ): void {
        const id = this.next++;
        this.waiting.set(id, onAnswer);
        this.socket.ref();
        sendMessage(FrameKind.Ask, stringify({ ...question, id }), message);
    }

    private receive(frame: Frame): void {
        const textBytes = readLength(frame.payload, 0);
        const answer = parse(decode(frame.payload.subarray(4, 4 + textBytes))) as Answer;
        const onAnswer = this.waiting.get(answer.id);
        this.waiting.delete(answer.id);
        if (this.waiting.size === 0) {
            this.socket.unref();
        }
        onAnswer?.(answer, frame.payload.subarray(4 + textBytes));
    }
}
