const rootStackType = "pulumi:pulumi:Stack";

/**
 * Builds the URN that the engine gives to a resource. The mock monitor of the SDK keeps the parent's own type only; the engine keeps
 * the types of all ancestors but the stack.
 */
export function childUrn(
    place: { readonly project: string; readonly stack: string },
    parent: string,
    type: string,
    name: string,
): string {
    const parentType = parent.split("::")[2] ?? "";
    const qualified =
        parentType === "" || parentType === rootStackType ? type : `${parentType}$${type}`;
    return `urn:pulumi:${place.stack}::${place.project}::${qualified}::${name}`;
}
