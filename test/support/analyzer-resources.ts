import type { WireResource } from "../../policy-pack/graph/wire-resource";
import { check } from "./aws-provider/check";
import { createdOutputs, plannedOutputs } from "./aws-provider/outputs";
import { shapeOf } from "./aws-provider/resource-shape";
import type { Properties } from "./aws-provider/wire";
import { urnOf } from "./resources";

export interface AnalyzerSketch {
    readonly type: string;
    readonly name: string;
    /** What a program writes; the provider's defaults are added. */
    readonly inputs?: Properties;
    /** Types of the components it lives in, from the outside in. */
    readonly inside?: readonly string[];
    /** Property → resources that its value comes from. */
    readonly from?: Readonly<Record<string, readonly WireResource[]>>;
    /** Whether AWS has chosen what it chooses. Defaults to false, as in a preview. */
    readonly created?: boolean;
}

const region = "eu-central-1";
const providerUrn = urnOf("pulumi:providers:aws", "default");

/** The resource as the engine shows it to a pack: inputs after the provider's Check, outputs with unknowns as in a preview. */
export function engineResource(sketch: AnalyzerSketch): WireResource {
    const { type, name, inputs = {}, inside = [], from = {}, created = false } = sketch;
    const urn = urnOf(type, name, inside);
    return {
        urn,
        type,
        ...afterCheck({ type, name, inputs, created }),
        provider: providerUrn,
        parent: urnOf("pulumi:pulumi:Stack", "vault-dev"),
        propertyDependencies: Object.fromEntries(
            Object.entries(from).map(([property, sources]) => [
                property,
                sources.map((source) => source.urn),
            ]),
        ),
        dependencies: [
            ...new Set(
                Object.values(from).flatMap((sources) => sources.map((source) => source.urn)),
            ),
        ],
    };
}

/** Inputs after the provider's Check, and the outputs that go with them. Throws for what the provider refuses. */
export function afterCheck({
    type,
    name,
    inputs,
    created,
}: Required<Pick<AnalyzerSketch, "type" | "name" | "inputs" | "created">>): Required<
    Pick<WireResource, "inputs" | "outputs">
> {
    const shape = shapeOf(type);
    if (shape === undefined) {
        throw new Error(`@pulumi/aws has no type ${type}`);
    }
    const checked = check({
        ...{ type, name, shape, region },
        news: inputs,
        seed: new Uint8Array(32),
        defaultTags: {},
    });
    if (checked.failures.length > 0) {
        throw new Error(`${type} ${name}: ${JSON.stringify(checked.failures)}`);
    }
    const identity = { id: `${name}-0123456789abcdef0`, arn: `arn:aws:test:::${name}` };
    return {
        inputs: checked.inputs,
        outputs: created
            ? createdOutputs(shape, checked.inputs, identity, region)
            : plannedOutputs(shape, checked.inputs),
    };
}

/** The provider and the stack, which the engine shows too. */
export const surroundings: readonly WireResource[] = [
    { urn: urnOf("pulumi:pulumi:Stack", "vault-dev"), type: "pulumi:pulumi:Stack" },
    { urn: providerUrn, type: "pulumi:providers:aws", inputs: { region } },
];
