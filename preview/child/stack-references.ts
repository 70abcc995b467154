import type * as pulumi from "@pulumi/pulumi";
import type { Sdk } from "./sdk";

type Reader = (this: pulumi.StackReference, name: pulumi.Input<string>) => pulumi.Output<unknown>;
type PlainReader = (this: pulumi.StackReference, name: string) => Promise<unknown>;

/**
 * Changes the SDK's references to other stacks so that an output which the answers do not state is unknown, and an error for a
 * program that awaits it as a plain value: what is stated of a stack need not be all that it has.
 */
export function leaveUnstatedOpen(sdk: Sdk): void {
    const { pulumi } = sdk;
    const methods = pulumi.StackReference.prototype as unknown as Record<string, unknown>;
    for (const name of ["getOutput", "requireOutput"]) {
        const original = methods[name] as Reader;
        const reader: Reader = function (output) {
            return pulumi
                .all([pulumi.output(output), this.outputs])
                .apply(([key, stated]) =>
                    Object.hasOwn(stated, key)
                        ? original.call(this, key)
                        : (pulumi.output(
                              pulumi.runtime.deserializeProperty(pulumi.runtime.unknownValue),
                          ) as pulumi.Output<unknown>),
                );
        };
        methods[name] = reader;
    }
    for (const name of ["getOutputValue", "requireOutputValue", "getOutputDetails"]) {
        const original = methods[name] as PlainReader | undefined;
        if (original === undefined) {
            continue;
        }
        const reader: PlainReader = async function (output) {
            const found = this.getOutput(output) as unknown as {
                readonly isKnown: Promise<boolean>;
            };
            if (!(await found.isKnown)) {
                throw new Error(
                    `the program needs the output "${output}" of another stack as a plain value, and nobody can be asked offline: state it in the answers file (--answers FILE): stacks: {"STACK": {"${output}": VALUE}}; or call getOutput, whose result may be unknown`,
                );
            }
            return await original.call(this, output);
        };
        methods[name] = reader;
    }
}
