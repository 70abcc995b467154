/**
 * Says that input is not acceptable: a file, an option, a program. Commands print its message without a stack and end with
 * status 2. Every problem is one line, complete by itself: what is wrong, the value, what is allowed, how to fix it.
 */
export class InputError extends Error {
    public override readonly name = "InputError";

    public constructor(
        /** All problems found, in the order of the input; at least one. */
        public readonly problems: readonly string[],
    ) {
        super(problems.join("\n"));
    }
}
