/**
 * Makes one call to AWS. What it throws becomes a line of `problems`, with the action's name, and the answer is `undefined`: a reader
 * must be able to say all that is missing, not only the first.
 */
export async function attempt<T>(
    action: string,
    call: () => Promise<T>,
    problems: string[],
): Promise<T | undefined> {
    try {
        return await call();
    } catch (error) {
        const { name, message } = error as Error;
        problems.push(`${action} failed: ${name === "Error" ? "" : `${name}: `}${message}`);
        return undefined;
    }
}
