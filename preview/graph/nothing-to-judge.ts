import { InputError } from "../../catalog/records/input-error";

interface Registered {
    readonly type: string;
    readonly custom: boolean;
    /** Read, not managed, by the stack. */
    readonly external?: boolean;
}

/**
 * Refuses a graph in which there is nothing to judge, because it is not a clean one: components, providers and what is only read say
 * nothing of what will be deployed. Throws `InputError`.
 *
 * @param what What holds no resources, such as `the program registers`.
 * @param remedy What to do about it.
 */
export function refuseNothing(
    resources: readonly Registered[],
    what: string,
    remedy: string,
): void {
    const judged = resources.some(
        ({ type, custom, external }) =>
            custom && external !== true && !type.startsWith("pulumi:providers:"),
    );
    if (!judged) {
        throw new InputError([`${what} no resources, so there is nothing to judge; ${remedy}`]);
    }
}
