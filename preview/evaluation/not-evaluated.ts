import type { Assumption } from "../../catalog/records/judged-stack";
import type { Registration } from "./registrations";

/** Says of a registration what a preview without the engine cannot see of it. */
export function describeNotEvaluated({ resource, remote }: Registration): Assumption[] {
    const { urn, type, external } = resource;
    const assumption = (reason: string): Assumption[] => [
        { kind: "not-evaluated", subject: urn, value: "", reason },
    ];
    if (remote) {
        return assumption(
            "the component belongs to a package that a plugin runs, so its children are not seen; judge it through the engine: pulumi preview --policy-pack node_modules/@keyward/policy-pack",
        );
    }
    if (external === true && type !== "pulumi:pulumi:StackReference") {
        return assumption(
            "the resource is read, not managed, by this stack: all that is known of it is its id",
        );
    }
    if (type.startsWith("command:")) {
        return assumption("the command is not executed: its output is unknown");
    }
    if (type.startsWith("pulumi-nodejs:dynamic")) {
        return assumption("the dynamic provider is not executed: its outputs are unknown");
    }
    return [];
}
