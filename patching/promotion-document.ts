import type { PromotionRequest } from "./gate/promotion-request";

/** Longest pause of one step. Source: Systems Manager Automation, aws:sleep (seven days). */
const longestSleepHours = 168;

/** Hours between two attempts to decide while the patch scan is awaited. */
const attemptIntervalHours = 1;

/** What an Automation document holds. */
export interface AutomationDocument {
    readonly schemaVersion: "0.3";
    readonly description: string;
    readonly assumeRole: string;
    readonly parameters: Readonly<Record<string, unknown>>;
    readonly mainSteps: readonly AutomationStep[];
}

interface AutomationStep {
    readonly name: string;
    readonly action: string;
    readonly inputs: Readonly<Record<string, unknown>>;
    readonly [field: string]: unknown;
}

/** What both documents are made from; texts may be `{{ … }}` of Automation. */
export interface PromotionFacts {
    /** ARN of the role that Automation takes on. */
    readonly roleArn: string;
    /** Name of the Lambda function that decides. */
    readonly functionName: string;
    /** Name of the parameter that the function writes its last decision to. */
    readonly decisionParameter: string;
}

/** Source of the events that say what was decided. */
export const eventSource = "keyward.patching";
const eventTypes = { promoted: "Patches promoted", held: "Production held" } as const;

/**
 * The promotion: waits until the canary has soaked, asks the function to decide, again every hour while the scan is awaited, and says what
 * was decided. `scanWaitHours`: how long after the soak the scan may come.
 */
export function buildPromotionDocument(
    facts: PromotionFacts,
    soakHours: number,
    scanWaitHours: number,
): AutomationDocument {
    const attempts = Math.ceil(scanWaitHours / attemptIntervalHours) + 1;
    const decisions = Array.from({ length: attempts }, (_, index) => {
        const number = index + 1;
        const isLast = number === attempts;
        const request: Record<keyof PromotionRequest, string> = {
            windowStartedAt: "{{ WindowStartedAt }}",
            windowEndedAt: "{{ WindowEndedAt }}",
            soakHours: String(soakHours),
            lastAttempt: isLast ? "yes" : "no",
            emergencyReason: "",
        };
        return [
            decideStep(`decide${number}`, facts, request),
            routeStep(`route${number}`, `decide${number}`, isLast ? undefined : `wait${number}`),
            ...(isLast ? [] : [sleepStep(`wait${number}`, attemptIntervalHours)]),
        ];
    });
    return {
        schemaVersion: "0.3",
        description:
            "Waits for the canary ring, decides on it, and promotes exactly what it runs or holds production",
        assumeRole: facts.roleArn,
        parameters: {
            WindowStartedAt: moment("When the canary's window began"),
            WindowEndedAt: moment("When the canary's window ended"),
        },
        mainSteps: [...sleepSteps(soakHours), ...decisions.flat(), ...announcements(facts)],
    };
}

/** What the emergency document runs on which servers. */
export interface EmergencyFacts extends PromotionFacts {
    readonly canary: EmergencyRing;
    readonly production: readonly EmergencyRing[];
    /** Scans the canary before the decision. */
    readonly scan: {
        readonly documentName: string;
        readonly parameters: Readonly<Record<string, string>>;
    };
    /** Name of the parameter that points to the promoted list. */
    readonly pointerParameter: string;
    readonly soakHours: number;
}

interface EmergencyRing {
    /** Name of the ring's install document. */
    readonly document: string;
    /** Value of the tag `PatchGroup`. */
    readonly group: string;
}

/** A critical patch now: the same gate, but windows and the long soak are not waited for; the reason is kept with the decision. */
export function buildEmergencyDocument(facts: EmergencyFacts): AutomationDocument {
    const request: Record<keyof PromotionRequest, string> = {
        windowStartedAt: "{{ clock.Payload }}",
        windowEndedAt: "{{ clock.Payload }}",
        soakHours: String(facts.soakHours),
        lastAttempt: "yes",
        emergencyReason: "{{ Reason }}",
    };
    const rings = facts.production.map((ring, index) =>
        runStep(`installRing${index + 1}`, ring.document, ring.group, {
            List: ["{{ readPointer.List }}"],
        }),
    );
    const [first] = rings;
    return {
        schemaVersion: "0.3",
        description: "Brings a critical patch through canary and gate to production at once",
        assumeRole: facts.roleArn,
        parameters: {
            Reason: {
                type: "String",
                description: "Why this cannot wait for the windows",
                allowedPattern: '^[^{}"\\\\]{10,500}$',
            },
        },
        mainSteps: [
            runStep("installCanary", facts.canary.document, facts.canary.group, {}),
            decideStep("clock", facts, { ask: "clock" }),
            ...sleepSteps(facts.soakHours),
            runStep(
                "scan",
                facts.scan.documentName,
                facts.canary.group,
                Object.fromEntries(
                    Object.entries(facts.scan.parameters).map(([name, value]) => [name, [value]]),
                ),
            ),
            decideStep("decide", facts, request),
            {
                name: "route",
                action: "aws:branch",
                inputs: {
                    Choices: [
                        {
                            NextStep: "readPointer",
                            Variable: "{{ decide.Payload }}",
                            Contains: "promote",
                        },
                    ],
                    Default: "readHeld",
                },
            },
            {
                ...readStep("readPointer", facts.pointerParameter, "List"),
                nextStep: first?.name ?? "readPromoted",
            },
            ...rings,
            ...announcements(facts),
        ],
    };
}

function moment(description: string): unknown {
    return {
        type: "String",
        description: `${description}, ISO 8601`,
        allowedPattern: "^\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}(:\\d{2}(\\.\\d+)?)?Z$",
    };
}

function sleepSteps(hours: number): readonly AutomationStep[] {
    const steps: AutomationStep[] = [];
    for (let left = hours; left > 0; left -= longestSleepHours) {
        steps.push(sleepStep(`soak${steps.length + 1}`, Math.min(left, longestSleepHours)));
    }
    return steps;
}

function sleepStep(name: string, hours: number): AutomationStep {
    return { name, action: "aws:sleep", inputs: { Duration: `PT${hours}H` } };
}

function decideStep(
    name: string,
    { functionName }: PromotionFacts,
    request: Readonly<Record<string, string>>,
): AutomationStep {
    return {
        name,
        action: "aws:invokeLambdaFunction",
        maxAttempts: 3,
        timeoutSeconds: 300,
        onFailure: "Abort",
        inputs: { FunctionName: functionName, InputPayload: request },
    };
}

function routeStep(name: string, decision: string, wait: string | undefined): AutomationStep {
    const choice = (contains: string, next: string): unknown => ({
        NextStep: next,
        Variable: `{{ ${decision}.Payload }}`,
        Contains: contains,
    });
    return {
        name,
        action: "aws:branch",
        inputs: {
            Choices: [
                choice("promote", "readPromoted"),
                ...(wait === undefined ? [] : [choice("wait", wait)]),
            ],
            Default: "readHeld",
        },
    };
}

function runStep(
    name: string,
    document: string,
    group: string,
    parameters: Readonly<Record<string, readonly string[]>>,
): AutomationStep {
    return {
        name,
        action: "aws:runCommand",
        onFailure: "Abort",
        inputs: {
            DocumentName: document,
            Targets: [{ Key: "tag:PatchGroup", Values: [group] }],
            MaxConcurrency: "1",
            MaxErrors: "0",
            Parameters: parameters,
        },
    };
}

function readStep(name: string, parameter: string, output: string): AutomationStep {
    return {
        name,
        action: "aws:executeAwsApi",
        inputs: { Service: "ssm", Api: "GetParameter", Name: parameter },
        outputs: [{ Name: output, Selector: "$.Parameter.Value", Type: "String" }],
    };
}

/** Both ends: each reads the decision, a JSON text, and sends it as an event. */
function announcements({ decisionParameter }: PromotionFacts): readonly AutomationStep[] {
    const announce = (kind: "Promoted" | "Held", type: string): readonly AutomationStep[] => [
        readStep(`read${kind}`, decisionParameter, "Decision"),
        {
            name: `say${kind}`,
            action: "aws:executeAwsApi",
            isEnd: true,
            inputs: {
                Service: "events",
                Api: "PutEvents",
                Entries: [
                    {
                        Source: eventSource,
                        DetailType: type,
                        Detail: `{{ read${kind}.Decision }}`,
                    },
                ],
            },
        },
    ];
    return [...announce("Promoted", eventTypes.promoted), ...announce("Held", eventTypes.held)];
}
