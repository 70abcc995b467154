import type { JSX } from "preact";
import { severities } from "../../../catalog/severity";
import { nameOf } from "../../urn";
import type { PageData } from "../page-data";
import { filterFindings } from "../state/filter-findings";
import { listOf, pageOf, toggle, type StateKey, type ViewState } from "../state/view-state";
import { FindingCard } from "./finding-card";
import { Pager, pageSize, slicePage } from "./pager";

/** What every part of the page that reacts gets: the data, the state, and how to change it. */
export interface Reactive {
    readonly data: PageData;
    readonly state: ViewState;
    readonly change: (state: ViewState) => void;
    /** On paper everything is shown and open. */
    readonly isPrinting: boolean;
}

/** More findings than this are not printed: the JSON report is the complete record. */
const mostPrinted = 1_000;

/** The findings with their filters. */
export function FindingsExplorer({ data, state, change, isPrinting }: Reactive): JSX.Element {
    const found = filterFindings(data, state);
    const { page, pages, rows } = slicePage(found, pageOf(state, "page"));
    const shown = isPrinting ? found.slice(0, mostPrinted) : rows;
    const filter = (changes: ViewState): void => change({ ...state, ...changes, page: "" });
    return (
        <>
            <Filters data={data} state={state} filter={filter} />
            <p class="result" role="status">
                {found.length} of {data.findings.length} findings
                {isPrinting && found.length > shown.length
                    ? `, the first ${shown.length} are printed`
                    : null}
            </p>
            <ol class="findings" start={(page - 1) * pageSize + 1}>
                {shown.map((finding) => (
                    <li key={finding.fingerprint}>
                        <FindingCard finding={finding} data={data} isOpen={isPrinting} />
                    </li>
                ))}
            </ol>
            <Pager
                page={page}
                pages={pages}
                of="findings"
                go={(to) => change({ ...state, page: String(to) })}
            />
        </>
    );
}

interface FilterProperties {
    readonly data: PageData;
    readonly state: ViewState;
    readonly filter: (changes: ViewState) => void;
}

function Filters({ data, state, filter }: FilterProperties): JSX.Element {
    return (
        <form
            class="filters"
            role="search"
            aria-label="Filters of findings"
            onSubmit={(event) => event.preventDefault()}
        >
            <label class="search">
                Search
                <input
                    type="search"
                    value={state.text ?? ""}
                    placeholder="resource, policy, message, fingerprint"
                    onInput={(event) => filter({ text: event.currentTarget.value })}
                />
            </label>
            <Checkboxes
                legend="Verdict"
                name="verdict"
                values={["fail", "indeterminate", "exempt"]}
                state={state}
                filter={filter}
            />
            <Checkboxes
                legend="Severity"
                name="severity"
                values={severities}
                state={state}
                filter={filter}
            />
            <Choice
                label="Policy"
                name="policy"
                options={policiesOf(data)}
                state={state}
                filter={filter}
            />
            <Choice
                label="Paragraph"
                name="paragraph"
                options={Object.entries(data.paragraphTitles)}
                state={state}
                filter={filter}
            />
            {state.reference === undefined ? null : (
                <Chosen
                    text={`Standard: ${state.reference.slice(state.reference.indexOf(" ") + 1)}`}
                    drop={() => filter({ reference: "" })}
                />
            )}
            {state.on === undefined ? null : (
                <Chosen text={`Resource: ${nameOf(state.on)}`} drop={() => filter({ on: "" })} />
            )}
            <button type="reset" onClick={() => filter(noFilters)}>
                Clear all filters
            </button>
        </form>
    );
}

const noFilters: ViewState = {
    text: "",
    verdict: "",
    severity: "",
    policy: "",
    paragraph: "",
    reference: "",
    on: "",
};

function Checkboxes(properties: {
    legend: string;
    name: StateKey;
    values: readonly string[];
    state: ViewState;
    filter: FilterProperties["filter"];
}): JSX.Element {
    const { legend, name, values, state, filter } = properties;
    const chosen = listOf(state, name);
    return (
        <fieldset>
            <legend>{legend}</legend>
            {values.map((value) => (
                <label key={value}>
                    <input
                        type="checkbox"
                        name={name}
                        value={value}
                        checked={chosen.includes(value)}
                        onChange={() => filter({ [name]: toggle(state, name, value)[name] })}
                    />
                    {value}
                </label>
            ))}
        </fieldset>
    );
}

function Choice(properties: {
    label: string;
    name: StateKey;
    options: readonly (readonly [value: string, title: string])[];
    state: ViewState;
    filter: FilterProperties["filter"];
}): JSX.Element {
    const { label, name, options, state, filter } = properties;
    return (
        <label class="choice">
            {label}
            <select
                name={name}
                value={state[name] ?? ""}
                onChange={(event) => filter({ [name]: event.currentTarget.value })}
            >
                <option value="">all</option>
                {options.map(([value, title]) => (
                    <option key={value} value={value}>
                        {title}
                    </option>
                ))}
            </select>
        </label>
    );
}

function Chosen(properties: { text: string; drop: () => void }): JSX.Element {
    return (
        <button type="button" class="chosen" onClick={properties.drop}>
            {properties.text} <span aria-hidden="true">×</span>
            <span class="unseen"> (remove this filter)</span>
        </button>
    );
}

/** The policies that found something. */
function policiesOf({ findings, policyTitles }: PageData): [string, string][] {
    return [...new Set(findings.map(({ policy }) => policy))]
        .sort()
        .map((policy) => [policy, policyTitles[policy] ?? policy]);
}
