import { ownerOfKey } from "../../aws/key-identifier";
import { customerKeyTypes, TypeToken } from "../../aws/type-tokens";
import type { GraphIndex } from "../graph/graph-index";
import { formatPath, type PropertyPath } from "../graph/peek";
import type { RegisteredResource } from "../graph/resource";
import type { Observation } from "../rules/rule";
import { failed, undecided } from "./observations";
import { readText, show } from "./values";

/** Which AWS KMS key a property names. */
export type KeyLink =
    /** Keys of this stack. */
    | { readonly kind: "resources"; readonly keys: readonly RegisteredResource[] }
    /** A customer's key outside this stack. */
    | { readonly kind: "foreign" }
    /** No key, or one that AWS manages: `why` completes a sentence that begins with the property. */
    | { readonly kind: "not-customer"; readonly why: string; readonly unset: boolean }
    | { readonly kind: "open"; readonly why: string };

/** Type tokens that key links lead to. */
export const keyReads: readonly string[] = [...customerKeyTypes, TypeToken.KmsAlias];

/** Reads the key that the property at `path` names: an id, ARN or alias, or an unknown that comes from a key of this stack. */
export function keyAt(
    graph: GraphIndex,
    resource: RegisteredResource,
    path: PropertyPath,
): KeyLink {
    const reading = readText(resource.properties, path);
    if (reading.kind === "absent") {
        return {
            kind: "not-customer",
            why: "is not set, so a key that AWS manages is used",
            unset: true,
        };
    }
    const reference = graph.reference(resource, path, keyReads);
    if (reference.kind === "resources") {
        const keys = reference.resources.flatMap((found) =>
            found.type === TypeToken.KmsAlias ? keysOfAlias(graph, found) : [found],
        );
        const managed = reference.resources.find(isManagedAlias);
        return managed === undefined
            ? { kind: "resources", keys }
            : {
                  kind: "not-customer",
                  why: "names the alias of a key that AWS manages",
                  unset: false,
              };
    }
    if (reading.kind === "open") {
        return reading;
    }
    switch (ownerOfKey(reading.value)) {
        case "customer":
            return { kind: "foreign" };
        case "aws":
            return {
                kind: "not-customer",
                why: `is ${show(reading.value)}, a key that AWS manages`,
                unset: false,
            };
        case undefined:
            return { kind: "open", why: `cannot be read: ${show(reading.value)} names no key` };
    }
}

/** `kmsKeyId is not set, …`: what a message says of a key that is not a customer's. */
export function describeKey(path: PropertyPath, link: { readonly why: string }): string {
    return `${formatPath(path)} ${link.why}`;
}

/** What is wrong where a property must name a customer's key: none, a key that AWS manages, or nothing that is known. */
export function demandCustomerKey(
    graph: GraphIndex,
    resource: RegisteredResource,
    path: PropertyPath,
): readonly Observation[] {
    const key = keyAt(graph, resource, path);
    switch (key.kind) {
        case "resources":
        case "foreign":
            return [];
        case "open":
            return [undecided(resource, path, describeKey(path, key))];
        case "not-customer":
            return [failed(resource, path, describeKey(path, key))];
    }
}

function keysOfAlias(graph: GraphIndex, alias: RegisteredResource): readonly RegisteredResource[] {
    return graph.reference(alias, ["targetKeyId"], customerKeyTypes).resources;
}

function isManagedAlias(resource: RegisteredResource): boolean {
    const name = readText(resource.properties, ["name"]);
    return (
        resource.type === TypeToken.KmsAlias &&
        name.kind === "known" &&
        ownerOfKey(name.value) === "aws"
    );
}
