import type { Struct } from "google-protobuf/google/protobuf/struct_pb";
import { partialMark } from "../protocol/marks";

/** Marks the arguments of an invoke whose result the program awaits as a plain value. */
const promiseMark = "keyward:promise";

/** Marks the arguments of an invoke whose result is the value of its only field. */
const singleMark = "keyward:single";

type InvokeFunction = (
    token: string,
    props: Readonly<Record<string, unknown>> | undefined,
    ...rest: readonly unknown[]
) => unknown;

/** The functions of the SDK's `runtime/invoke`: two give a promise, two give an output. */
export interface InvokeModule {
    invoke: InvokeFunction;
    invokeSingle?: InvokeFunction;
    invokeOutput?: InvokeFunction;
    invokeSingleOutput?: InvokeFunction;
}

interface OutputLike {
    apply(transform: (value: unknown) => unknown): unknown;
}

/**
 * Changes the SDK's invoke functions so that the monitor learns whether a program can live with an unknown answer, and so that a field
 * that an answer leaves out is unknown, or an error, but never silently undefined.
 */
export function distinguishForms(module: InvokeModule, unknownOutput: () => unknown): void {
    for (const name of ["invoke", "invokeSingle"] as const) {
        const original = module[name];
        const marks = { [promiseMark]: true, ...(name === "invokeSingle" ? single : {}) };
        if (original !== undefined) {
            module[name] = async (token, props, ...rest) =>
                viewOf(await original(token, { ...props, ...marks }, ...rest), (field) => {
                    throw new Error(
                        `the answer for ${token} has no field "${field}": add it to the invoke's result in the answers file (--answers)`,
                    );
                });
        }
    }
    const singleOutput = module.invokeSingleOutput;
    if (singleOutput !== undefined) {
        module.invokeSingleOutput = (token, props, ...rest) =>
            singleOutput(token, { ...props, ...single }, ...rest);
    }
    const output = module.invokeOutput;
    if (output !== undefined) {
        module.invokeOutput = (token, props, ...rest) =>
            (output(token, props, ...rest) as OutputLike).apply((result) =>
                viewOf(result, unknownOutput),
            );
    }
}

const single = { [singleMark]: true };

/** What a program expects of an answer. */
export interface InvokeForm {
    /** Whether the program awaits the result as a plain value. */
    readonly promise: boolean;
    /** Whether the result is the value of the answer's only field. */
    readonly single: boolean;
}

/** Takes the marks out of the arguments of an invoke. */
export function takeMarks(args: Struct | undefined): InvokeForm {
    const take = (mark: string): boolean => {
        const fields = args?.getFieldsMap();
        const marked = fields?.has(mark) ?? false;
        fields?.del(mark);
        return marked;
    };
    return { promise: take(promiseMark), single: take(singleMark) };
}

/** Leaves only what the program wrote in an answer; gives how many fields that is. */
export function takePartialMark(answer: Struct): number {
    answer.getFieldsMap().del(partialMark);
    return answer.getFieldsMap().getLength();
}

/** Shows an answer that is known to leave fields out; what is left out is decided by `missing`. */
function viewOf(result: unknown, missing: (field: string) => unknown): unknown {
    if (typeof result !== "object" || result === null || !Object.hasOwn(result, partialMark)) {
        return result;
    }
    const fields = { ...result } as Record<string, unknown>;
    delete fields[partialMark];
    return new Proxy(fields, {
        get: (target, field) =>
            typeof field === "symbol" || field in target || isProbe(field)
                ? (Reflect.get(target, field) as unknown)
                : missing(field),
    });
}

/** Names that the SDK and the language look up on any object. */
function isProbe(field: string): boolean {
    return field.startsWith("__") || ["then", "toJSON", "toString", "valueOf"].includes(field);
}
