import {
    GetParametersCommand,
    PutParameterCommand,
    SSMClient,
    StartAutomationExecutionCommand,
} from "@aws-sdk/client-ssm";
import { InputError } from "../../catalog/records/input-error";
import { nothing } from "../../patching/gate/promotion-request";
import type { DecisionRecord } from "./decision-record";

/** What is known of a ring's promotion. */
export interface PromotionStatus {
    readonly lines: readonly string[];
    /** Whether production gets nothing new now: held by hand, by the gate, or not promoted yet. */
    readonly held: boolean;
}

const least = 10;

/** Reads the pointer, the hold and the last decision. Throws InputError when they cannot be read. */
export async function readStatus(
    path: string,
    region: string | undefined,
): Promise<PromotionStatus> {
    const [list = nothing, hold = nothing, decided = nothing] = await readAll(path, region);
    const record = parseDecision(decided);
    return {
        held: hold !== nothing || record?.decision !== "promote",
        lines: [
            `promoted list   ${list}`,
            `held by hand    ${hold === nothing ? "no" : hold}`,
            ...(record === undefined
                ? ["last decision   none"]
                : [
                      `last decision   ${record.decision} at ${record.at}`,
                      ...(record.emergencyReason === undefined
                          ? []
                          : [`emergency       ${record.emergencyReason}`]),
                      ...(record.reasons ?? []).map(
                          ({ server, check, found }) => `  ${server || "ring"}: ${check}: ${found}`,
                      ),
                      ...(record.reasonsLeftOut === undefined
                          ? []
                          : [`  and ${record.reasonsLeftOut} more`]),
                      ...(record.problems ?? []).map((problem) => `  ${problem}`),
                  ]),
        ],
    };
}

/** Holds production: no promotion moves the pointer until it is released. */
export async function hold(
    path: string,
    region: string | undefined,
    reason: string,
): Promise<readonly string[]> {
    checkReason(reason);
    await write(`${folder(path)}hold`, reason, region);
    return [`production is held: ${reason}`];
}

/** Lifts the hold. The reason is kept in the parameter's history. */
export async function release(
    path: string,
    region: string | undefined,
    reason: string,
): Promise<readonly string[]> {
    checkReason(reason);
    await write(`${folder(path)}hold`, nothing, region, reason);
    return ["production is released: the next promotion decides as usual"];
}

/** Starts the emergency document. */
export async function startEmergency(
    document: string,
    region: string | undefined,
    reason: string,
): Promise<readonly string[]> {
    checkReason(reason);
    const answer = await call("ssm:StartAutomationExecution", () =>
        client(region).send(
            new StartAutomationExecutionCommand({
                DocumentName: document,
                Parameters: { Reason: [reason] },
            }),
        ),
    );
    return [`started ${answer.AutomationExecutionId ?? ""}: ${reason}`];
}

function checkReason(reason: string): void {
    if (reason.trim().length < least || /[{}"\\]/.test(reason) || reason.length > 500) {
        throw new InputError([
            `--reason must be ${least} to 500 characters without braces, quotes and backslashes, got ${JSON.stringify(reason)}`,
        ]);
    }
}

function folder(path: string): string {
    if (!/^\/[\w./-]+$/.test(path)) {
        throw new InputError([
            `--path must be a path of parameters such as /keyward/kms/prod/vault/patching/, got ${JSON.stringify(path)}`,
        ]);
    }
    return path.endsWith("/") ? path : `${path}/`;
}

async function readAll(path: string, region: string | undefined): Promise<readonly string[]> {
    const names = ["promoted", "hold", "decision"].map((kind) => `${folder(path)}${kind}`);
    const answer = await call("ssm:GetParameters", () =>
        client(region).send(new GetParametersCommand({ Names: names })),
    );
    return names.map((name) => {
        const value = answer.Parameters?.find((found) => found.Name === name)?.Value;
        if (value === undefined) {
            throw new InputError([
                `there is no parameter ${name}: give the path of KeyServerPatching's output parameterPath`,
            ]);
        }
        return value;
    });
}

async function write(
    name: string,
    value: string,
    region: string | undefined,
    description?: string,
): Promise<void> {
    await call("ssm:PutParameter", () =>
        client(region).send(
            new PutParameterCommand({
                Name: name,
                Value: value,
                Overwrite: true,
                ...(description !== undefined && { Description: description }),
            }),
        ),
    );
}

function client(region: string | undefined): SSMClient {
    return new SSMClient(region === undefined ? {} : { region });
}

async function call<T>(action: string, ask: () => Promise<T>): Promise<T> {
    try {
        return await ask();
    } catch (error) {
        const { name, message } = error as Error;
        throw new InputError([`${action} failed: ${name}: ${message}`]);
    }
}

function parseDecision(text: string): DecisionRecord | undefined {
    try {
        return text === nothing ? undefined : (JSON.parse(text) as DecisionRecord);
    } catch {
        return undefined;
    }
}
