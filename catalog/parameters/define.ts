import type { Parameter } from "../parameter";

/** A literal's general type: 365 becomes number, so that code does not depend on today's value. */
type Widened<T> = T extends number
    ? number
    : T extends string
      ? string
      : T extends boolean
        ? boolean
        : T extends readonly (infer Element)[]
          ? readonly ([Element] extends [never] ? string : Widened<Element>)[]
          : never;

type Definition = Omit<Parameter, "id">;

export type Defined<T extends Record<string, Definition>> = {
    readonly [Id in keyof T & string]: Parameter<Widened<T[Id]["value"]>>;
};

/** Makes parameters of definitions; the key of each is its id. */
export function defineParameters<T extends Record<string, Definition>>(definitions: T): Defined<T> {
    const entries = Object.entries(definitions).map(([id, definition]): [string, Parameter] => [
        id,
        { id, ...definition },
    ]);
    return Object.fromEntries(entries) as unknown as Defined<T>;
}

/** A list that is empty until an organisation fills it. */
export function emptyList(): readonly string[] {
    return [];
}
