/**
 * An IAM policy document as read. Values that are not known yet are symbols in the input; they and shapes that make no sense
 * become `doubts` beside the statements that could be read.
 */
export interface PolicyDocument {
    readonly statements: readonly PolicyStatement[];
    readonly doubts: readonly PolicyDoubt[];
}

export interface PolicyStatement {
    /** Place in the document, from 0. */
    readonly index: number;
    readonly sid: string | undefined;
    readonly effect: "Allow" | "Deny";
    readonly action: PolicyElement | undefined;
    readonly notAction: PolicyElement | undefined;
    readonly resource: PolicyElement | undefined;
    readonly notResource: PolicyElement | undefined;
    readonly principal: readonly PolicyPrincipal[] | undefined;
    readonly notPrincipal: readonly PolicyPrincipal[] | undefined;
    readonly conditions: readonly PolicyCondition[];
}

/** A list of strings of which some may be unknown. */
export interface PolicyElement {
    readonly values: readonly string[];
    /** Whether a value of the list is not known. */
    readonly open: boolean;
}

export interface PolicyPrincipal extends PolicyElement {
    /** `AWS`, `Service`, `Federated`, `CanonicalUser`; `*` for the bare wildcard. */
    readonly kind: string;
}

export interface PolicyCondition extends PolicyElement {
    /** Operator as written, such as `ArnLike` or `ForAllValues:StringEquals`. */
    readonly operator: string;
    /** Key in lower case, as IAM compares it: `kms:encryptioncontext:aws:logs:arn`. */
    readonly key: string;
}

export interface PolicyDoubt {
    /** Place in the document: `Statement[1].Action`; "" for the whole. */
    readonly place: string;
    readonly reason: "unknown" | "unreadable";
}

/** Reads a policy document given as JSON text or as an object. Never throws. */
export function readPolicyDocument(value: unknown): PolicyDocument {
    const document = typeof value === "string" ? parseJson(value) : value;
    if (typeof document === "symbol") {
        return { statements: [], doubts: [{ place: "", reason: "unknown" }] };
    }
    const statement = isRecord(document) ? field(document, "Statement") : undefined;
    if (typeof statement === "symbol") {
        return { statements: [], doubts: [{ place: "Statement", reason: "unknown" }] };
    }
    if (!isRecord(document) || statement === undefined) {
        return { statements: [], doubts: [{ place: "", reason: "unreadable" }] };
    }
    const doubts: PolicyDoubt[] = [];
    const statements = (Array.isArray(statement) ? statement : [statement]).flatMap(
        (entry: unknown, index) => readStatement(entry, index, doubts),
    );
    return { statements, doubts };
}

function readStatement(entry: unknown, index: number, doubts: PolicyDoubt[]): PolicyStatement[] {
    const place = `Statement[${index}]`;
    if (!isRecord(entry)) {
        doubts.push({ place, reason: typeof entry === "symbol" ? "unknown" : "unreadable" });
        return [];
    }
    const effect = readEffect(field(entry, "Effect"));
    if (effect === undefined) {
        const unknown = typeof field(entry, "Effect") === "symbol";
        doubts.push({ place: `${place}.Effect`, reason: unknown ? "unknown" : "unreadable" });
        return [];
    }
    const element = (name: string): PolicyElement | undefined =>
        readElement(field(entry, name), `${place}.${name}`, doubts);
    const sid = field(entry, "Sid");
    return [
        {
            index,
            sid: typeof sid === "string" ? sid : undefined,
            effect,
            action: element("Action"),
            notAction: element("NotAction"),
            resource: element("Resource"),
            notResource: element("NotResource"),
            principal: readPrincipals(field(entry, "Principal"), `${place}.Principal`, doubts),
            notPrincipal: readPrincipals(
                field(entry, "NotPrincipal"),
                `${place}.NotPrincipal`,
                doubts,
            ),
            conditions: readConditions(field(entry, "Condition"), `${place}.Condition`, doubts),
        },
    ];
}

function readEffect(value: unknown): "Allow" | "Deny" | undefined {
    const effect = typeof value === "string" ? value.toLowerCase() : undefined;
    return effect === "allow" ? "Allow" : effect === "deny" ? "Deny" : undefined;
}

function readElement(
    value: unknown,
    place: string,
    doubts: PolicyDoubt[],
): PolicyElement | undefined {
    if (value === undefined || value === null) {
        return undefined;
    }
    const values: string[] = [];
    let open = false;
    for (const entry of Array.isArray(value) ? (value as unknown[]) : [value]) {
        if (typeof entry === "string" || typeof entry === "number" || typeof entry === "boolean") {
            values.push(String(entry));
        } else {
            open = true;
            doubts.push({ place, reason: typeof entry === "symbol" ? "unknown" : "unreadable" });
        }
    }
    return { values, open };
}

function readPrincipals(
    value: unknown,
    place: string,
    doubts: PolicyDoubt[],
): readonly PolicyPrincipal[] | undefined {
    if (value === undefined || value === null) {
        return undefined;
    }
    if (value === "*") {
        return [{ kind: "*", values: ["*"], open: false }];
    }
    if (!isRecord(value)) {
        doubts.push({ place, reason: typeof value === "symbol" ? "unknown" : "unreadable" });
        return [{ kind: "*", values: [], open: true }];
    }
    return Object.entries(value).map(([kind, names]) => ({
        kind,
        ...(readElement(names, `${place}.${kind}`, doubts) ?? { values: [], open: false }),
    }));
}

function readConditions(
    value: unknown,
    place: string,
    doubts: PolicyDoubt[],
): readonly PolicyCondition[] {
    if (value === undefined || value === null) {
        return [];
    }
    if (!isRecord(value)) {
        doubts.push({ place, reason: typeof value === "symbol" ? "unknown" : "unreadable" });
        return [];
    }
    return Object.entries(value).flatMap(([operator, keys]) => {
        if (!isRecord(keys)) {
            const reason = typeof keys === "symbol" ? "unknown" : "unreadable";
            doubts.push({ place: `${place}.${operator}`, reason });
            return [];
        }
        return Object.entries(keys).map(([key, values]) => ({
            operator,
            key: key.toLowerCase(),
            ...(readElement(values, `${place}.${operator}.${key}`, doubts) ?? {
                values: [],
                open: false,
            }),
        }));
    });
}

/** A field by its name; IAM does not tell upper from lower case in the names of elements. */
function field(record: Readonly<Record<string, unknown>>, name: string): unknown {
    if (Object.hasOwn(record, name)) {
        return record[name];
    }
    const found = Object.keys(record).find((key) => key.toLowerCase() === name.toLowerCase());
    return found === undefined ? undefined : record[found];
}

function parseJson(text: string): unknown {
    try {
        return JSON.parse(text);
    } catch {
        return undefined;
    }
}

function isRecord(value: unknown): value is Record<string, unknown> {
    return typeof value === "object" && value !== null && !Array.isArray(value);
}
