import { join, resolve } from "node:path";
import { runtime } from "@pulumi/pulumi";

/**
 * Evaluates the program that the first argument names in this process, with the SDK's mocks and no policies: the least time that any
 * preview of it can take.
 */
async function main(): Promise<void> {
    Error.stackTraceLimit = 0;
    await runtime.setMocks(
        {
            newResource: ({ name, inputs }) => ({ id: `${name}-id`, state: inputs as object }),
            call: () => ({}),
        },
        "key-servers",
        "bench",
        true,
    );
    await import(join(resolve(String(process.argv[2])), "index.js"));
}

void main();
