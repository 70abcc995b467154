import type { Finding } from "../../../catalog/records/finding";
import type { PageData } from "../page-data";
import { listOf, type ViewState } from "./view-state";

/** The findings that the filters of a state leave. */
export function filterFindings(data: PageData, state: ViewState): readonly Finding[] {
    const tests = [
        textTest(state),
        listTest(state, "verdict", ({ verdict }) => verdict),
        listTest(state, "severity", ({ severity }) => severity),
        equals(state.policy, ({ policy }) => policy),
        equals(state.on, ({ urn }) => urn),
        someControl(data, state.paragraph, ({ paragraph }, wanted) => paragraph === wanted),
        someControl(data, state.reference, ({ references }, wanted) => references.includes(wanted)),
    ].filter((test) => test !== undefined);
    return tests.length === 0
        ? data.findings
        : data.findings.filter((finding) => tests.every((test) => test(finding)));
}

type Test = ((finding: Finding) => boolean) | undefined;

/** Every word must occur somewhere in the finding. */
function textTest({ text = "" }: ViewState): Test {
    const words = text
        .toLowerCase()
        .split(/\s+/)
        .filter((word) => word !== "");
    if (words.length === 0) {
        return undefined;
    }
    return (finding) => {
        const haystack = searchableText(finding);
        return words.every((word) => haystack.includes(word));
    };
}

const searchable = new WeakMap<Finding, string>();

function searchableText(finding: Finding): string {
    let text = searchable.get(finding);
    if (text === undefined) {
        const { policy, urn, path, message, fingerprint, controls, exemption = "" } = finding;
        text = [policy, urn, path, message, fingerprint, exemption, ...controls]
            .join("\n")
            .toLowerCase();
        searchable.set(finding, text);
    }
    return text;
}

function listTest(
    state: ViewState,
    key: "verdict" | "severity",
    of: (finding: Finding) => string,
): Test {
    const wanted = listOf(state, key);
    return wanted.length === 0 ? undefined : (finding) => wanted.includes(of(finding));
}

function equals(wanted: string | undefined, of: (finding: Finding) => string): Test {
    return wanted === undefined || wanted === "" ? undefined : (finding) => of(finding) === wanted;
}

function someControl(
    { controls }: PageData,
    wanted: string | undefined,
    fits: (control: PageData["controls"][string], wanted: string) => boolean,
): Test {
    if (wanted === undefined || wanted === "") {
        return undefined;
    }
    return (finding) =>
        finding.controls.some((id) => {
            const control = controls[id];
            return control !== undefined && fits(control, wanted);
        });
}
