import type { RegisteredResource } from "./resource";

/** Which resources are judged as a key server's. */
export interface Scope {
    readonly mode: "auto" | "all" | "marked";
    /** The key servers themselves: instances, launch templates, Auto Scaling groups. */
    readonly keyServers: readonly RegisteredResource[];
    /** Whether a resource is a key server, or something that a key server depends on or shares. */
    includes(resource: RegisteredResource): boolean;
}
