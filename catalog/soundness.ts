import type { Paragraph } from "./article";
import type { Control } from "./control";
import type { Parameter } from "./parameter";
import { problemsOfValue } from "./parameters/bounds";
import { problemsOfReferences } from "./references";

/** The parts of the catalog, and the lists that other rooms bring: what they have that may enforce a control. */
export interface CatalogParts {
    readonly controls: readonly Control[];
    readonly paragraphs: readonly Paragraph[];
    readonly parameters: readonly Parameter[];
    /** Names of all policies. */
    readonly policies: readonly string[];
    /** Class names of the components that exist. */
    readonly components: readonly string[];
    /** Ids of the host checks that exist. */
    readonly hostChecks: readonly string[];
}

/**
 * What is wrong with the catalog as a whole; empty when nothing is. Each problem names the control, policy or host check, and
 * what is missing or too much.
 */
export function problemsOfCatalog(parts: CatalogParts): readonly string[] {
    return [
        ...repeated(parts.controls.map((control) => control.id)).map(
            (id) => `control "${id}" exists twice`,
        ),
        ...parts.controls.flatMap((control) =>
            problemsOfControl(control, parts).map(
                (problem) => `control "${control.id}" ${problem}`,
            ),
        ),
        ...paragraphsWithoutControl(parts),
        ...enforcersWithoutControl("policy", parts.policies, parts.controls, "policies"),
        ...enforcersWithoutControl("host check", parts.hostChecks, parts.controls, "hostChecks"),
        ...parts.parameters.flatMap((parameter) =>
            problemsOfValue(parameter, parameter.value).map(
                (problem) => `parameter "${parameter.id}" ${problem}`,
            ),
        ),
    ];
}

/** Controls that nothing enforces yet. Their number may only fall. */
export function plannedControls(controls: readonly Control[]): readonly Control[] {
    return controls.filter((control) => control.enforcement.planned !== undefined);
}

function problemsOfControl(control: Control, parts: CatalogParts): readonly string[] {
    return [
        ...(/^[a-z0-9]+(?:-[a-z0-9]+)*$/.test(control.id)
            ? []
            : ["must be named by lower case words joined by hyphens"]),
        ...(parts.paragraphs.some((paragraph) => paragraph.id === control.paragraph)
            ? []
            : [`belongs to paragraph "${control.paragraph}", which does not exist`]),
        ...problemsOfReferences(control.references),
        ...missing(
            "parameter",
            control.parameters,
            parts.parameters.map(({ id }) => id),
        ),
        ...problemsOfEnforcement(control, parts),
    ];
}

function problemsOfEnforcement({ enforcement }: Control, parts: CatalogParts): readonly string[] {
    const { components, policies, hostChecks, manual, planned } = enforcement;
    const enforced = components.length + policies.length + hostChecks.length > 0;
    const ways = [enforced, manual !== undefined, planned !== undefined];
    return [
        ...(ways.includes(true)
            ? []
            : ["is enforced by nothing, and is neither manual nor planned"]),
        ...(enforced && planned !== undefined ? ["is planned although something enforces it"] : []),
        ...(planned !== undefined && planned.trim() === "" ? ["is planned without a reason"] : []),
        ...(manual !== undefined && (manual.periodDays < 1 || manual.evidence.trim() === "")
            ? ["is manual without a period or evidence"]
            : []),
        ...missing("component", components, parts.components),
        ...missing("policy", policies, parts.policies),
        ...missing("host check", hostChecks, parts.hostChecks),
    ];
}

function missing(kind: string, named: readonly string[], known: readonly string[]): string[] {
    return [
        ...named
            .filter((name) => !known.includes(name))
            .map((name) => `names ${kind} "${name}", which does not exist`),
        ...repeated(named).map((name) => `names ${kind} "${name}" twice`),
    ];
}

function paragraphsWithoutControl({ paragraphs, controls }: CatalogParts): readonly string[] {
    return paragraphs
        .filter(({ id }) => !controls.some((control) => control.paragraph === id))
        .map(({ id }) => `paragraph "${id}" has no control`);
}

function enforcersWithoutControl(
    kind: string,
    names: readonly string[],
    controls: readonly Control[],
    field: "policies" | "hostChecks",
): readonly string[] {
    return names
        .filter((name) => !controls.some((control) => control.enforcement[field].includes(name)))
        .map((name) => `${kind} "${name}" belongs to no control`);
}

function repeated(names: readonly string[]): readonly string[] {
    return [...new Set(names.filter((name, index) => names.indexOf(name) !== index))];
}
