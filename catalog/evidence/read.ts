import type { Control } from "../control";
import { InputError } from "../records/input-error";
import type { Evidence } from "../records/judged-stack";
import { addDays, dateText, isDate } from "./date";

const fields = ["control", "who", "when", "checked", "nextDue"] as const;
type Field = (typeof fields)[number];

/** Shortest account of what was checked, in characters. */
const shortestAccount = 20;

/**
 * Reads a parsed file of evidence: `{ evidence: [{ control, who, when, checked, nextDue }] }`. Records come back sorted by control and
 * date. Throws `InputError` with all problems of all records: unknown controls, controls that people do not do, empty or missing
 * fields, dates that are none, lie ahead of `asOf`, or are due later than the control's period allows.
 */
export function readEvidence(
    document: unknown,
    source: string,
    controls: readonly Control[],
    asOf: Date,
): readonly Evidence[] {
    const records = isRecord(document) ? document["evidence"] : undefined;
    if (!isRecord(document) || !Array.isArray(records) || Object.keys(document).length !== 1) {
        throw new InputError([
            `${source} must hold an object with the one field "evidence", a list of records`,
        ]);
    }
    const read = records.map((record: unknown, index) =>
        readRecord(record, `${source}: evidence[${index}]`, controls, asOf),
    );
    const problems = [...read.flatMap((one) => one.problems), ...repeated(read, source)];
    if (problems.length > 0) {
        throw new InputError(problems);
    }
    return read.map((one) => one.evidence).sort((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1));
}

interface ReadRecord {
    readonly evidence: Evidence;
    readonly problems: readonly string[];
}

function readRecord(
    record: unknown,
    place: string,
    controls: readonly Control[],
    asOf: Date,
): ReadRecord {
    const given = isRecord(record) ? record : {};
    const text = (field: Field): string => {
        const value = given[field];
        return typeof value === "string" ? value.trim() : "";
    };
    const evidence: Evidence = {
        control: text("control"),
        who: text("who"),
        when: text("when"),
        checked: text("checked"),
        nextDue: text("nextDue"),
    };
    if (!isRecord(record)) {
        return { evidence, problems: [`${place} must be an object with ${fields.join(", ")}`] };
    }
    const problems = [
        ...Object.keys(record)
            .filter((name) => !fields.some((field) => field === name))
            .map((name) => `has a field "${name}", which is none of ${fields.join(", ")}`),
        ...fields
            .filter((field) => evidence[field] === "")
            .map((field) => `needs "${field}" as text that is not empty`),
        ...problemsOfControl(evidence, controls),
        ...problemsOfAccount(evidence),
        ...problemsOfDates(evidence, controls, asOf),
    ];
    return { evidence, problems: problems.map((problem) => `${place} ${problem}`) };
}

function problemsOfControl(evidence: Evidence, controls: readonly Control[]): readonly string[] {
    if (evidence.control === "") {
        return [];
    }
    const known = controls.find(({ id }) => id === evidence.control);
    if (known === undefined) {
        return [`is about control "${evidence.control}", which does not exist`];
    }
    return known.enforcement.manual === undefined
        ? [
              `is about control "${evidence.control}", which is not done by people and takes no evidence`,
          ]
        : [];
}

function problemsOfAccount({ checked }: Evidence): readonly string[] {
    return checked !== "" && checked.length < shortestAccount
        ? [`must say what was checked in at least ${shortestAccount} characters, got "${checked}"`]
        : [];
}

function problemsOfDates(
    { control, when, nextDue }: Evidence,
    controls: readonly Control[],
    asOf: Date,
): readonly string[] {
    const malformed = (["when", "nextDue"] as const)
        .map((field) => [field, field === "when" ? when : nextDue] as const)
        .filter(([, date]) => date !== "" && !isDate(date))
        .map(([field, date]) => `"${field}" must be a date such as 2026-11-24, got "${date}"`);
    if (malformed.length > 0 || when === "" || nextDue === "") {
        return malformed;
    }
    const today = dateText(asOf.getTime());
    const period = controls.find(({ id }) => id === control)?.enforcement.manual?.periodDays;
    const latest = period === undefined ? undefined : addDays(when, period);
    return [
        ...(when > today ? [`"when" must not lie after ${today}, got "${when}"`] : []),
        ...(nextDue <= when ? [`"nextDue" must lie after "when" (${when}), got "${nextDue}"`] : []),
        ...(latest !== undefined && nextDue > latest
            ? [
                  `"nextDue" must be ${latest} at the latest (${period} days after "when"), got "${nextDue}"`,
              ]
            : []),
    ];
}

function repeated(read: readonly ReadRecord[], source: string): readonly string[] {
    const keys = read.map(({ evidence }) => keyOf(evidence));
    return read.flatMap(({ evidence, problems }, index) =>
        problems.length === 0 && keys.indexOf(keyOf(evidence)) !== index
            ? [
                  `${source}: evidence[${index}] repeats evidence of "${evidence.control}" by ${evidence.who} on ${evidence.when}`,
              ]
            : [],
    );
}

function keyOf({ control, when, who }: Evidence): string {
    return JSON.stringify([control, when, who]);
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
    return typeof value === "object" && value !== null && !Array.isArray(value);
}
