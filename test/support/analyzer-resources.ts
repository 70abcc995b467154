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

const providerUrn = urnOf("pulumi:providers:aws", "default");

/** The resource as the engine shows it to a pack: inputs after the provider's Check, outputs with unknowns as in a preview. */
export function engineResource(sketch: AnalyzerSketch): WireResource {
    const { type, name, inputs = {}, inside = [], from = {} } = sketch;
    const urn = urnOf(type, name, inside);
    const shape = shapeOf(type);
    if (shape === undefined) {
        throw new Error(`@pulumi/aws has no type ${type}`);
    }
    const checked = check({
        type,
        name,
        shape,
        news: inputs,
        seed: new Uint8Array(32),
        region: "eu-central-1",
        defaultTags: {},
    });
    if (checked.failures.length > 0) {
        throw new Error(`${urn}: ${JSON.stringify(checked.failures)}`);
    }
    const identity = { id: `${name}-0123456789abcdef0`, arn: `arn:aws:test:::${name}` };
    return {
        urn,
        type,
        inputs: checked.inputs,
        outputs:
            sketch.created === true
                ? createdOutputs(shape, checked.inputs, identity, "eu-central-1")
                : plannedOutputs(shape, checked.inputs),
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

/** The provider and the stack, which the engine shows too. */
export const surroundings: readonly WireResource[] = [
    { urn: urnOf("pulumi:pulumi:Stack", "vault-dev"), type: "pulumi:pulumi:Stack" },
    { urn: providerUrn, type: "pulumi:providers:aws", inputs: { region: "eu-central-1" } },
];
