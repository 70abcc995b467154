import type { Assumption } from "../../catalog/records/judged-stack";
import { isDeepStrictEqual } from "node:util";
import type { SavedResource } from "../graph/saved-resource";
import { partialMark } from "../protocol/marks";
import type { Question } from "../protocol/frames";
import type { StatedAnswers } from "./answers-file";
import { computeAwsAnswer, type AwsSurroundings, type Basis } from "./aws-answers";

type Fields = Readonly<Record<string, unknown>>;

/** What a program asked a provider. */
export interface ProviderQuestion extends Question {
    readonly token: string;
    readonly args: Fields;
    /** URN and id of the provider that the program names; "" for the default one. */
    readonly provider: string;
}

export type ProviderAnswer =
    | { readonly outcome: "answered"; readonly result: Fields }
    | { readonly outcome: "unknown" }
    | { readonly outcome: "refused"; readonly reason: string };

const defaultRegion = "us-east-1";
const defaultAccount = "123456789012";

/**
 * Answers what a program asks providers: from the answers file, by computing, from defaults that it lists, or not at all. What nobody
 * knows is unknown; a program that cannot go on without it is told what to state.
 */
export class Answerer {
    private readonly listed = new Map<string, Assumption>();

    public constructor(
        private readonly stated: StatedAnswers,
        /** Configuration of the stack: full key to value. */
        private readonly config: Readonly<Record<string, string>>,
        private readonly resourceOf: (urn: string) => SavedResource | undefined,
    ) {}

    /** Everything that was taken for true so far, each once. */
    public get assumptions(): readonly Assumption[] {
        return [...this.listed.values()];
    }

    public answer(question: ProviderQuestion): ProviderAnswer {
        const { token, args } = question;
        const stated = this.stated.invokes?.find(
            (each) =>
                each.token === token &&
                Object.entries(each.args ?? {}).every(([name, value]) =>
                    isDeepStrictEqual(args[name], value),
                ),
        );
        if (stated !== undefined) {
            return { outcome: "answered", result: { ...stated.result, [partialMark]: true } };
        }
        try {
            const computed = computeAwsAnswer(token, args, this.surroundings(question));
            if (computed !== undefined) {
                if (computed.assumed) {
                    this.assume(
                        "invoke",
                        subjectOf(question),
                        JSON.stringify(computed.result),
                        "nobody was asked; state the facts in the answers file (--answers), or set aws:region in the stack's configuration",
                    );
                }
                return { outcome: "answered", result: { ...computed.result, [partialMark]: true } };
            }
        } catch (error) {
            const detail = error instanceof Error ? error.message : String(error);
            return { outcome: "refused", reason: `${token} cannot be computed: ${detail}` };
        }
        return this.leaveOpen(question);
    }

    /** Outputs of another stack: those that were stated, or undefined. */
    public stackOutputs(name: string): Fields | undefined {
        const stacks = this.stated.stacks ?? {};
        if (Object.hasOwn(stacks, name)) {
            return stacks[name];
        }
        this.assume(
            "not-evaluated",
            `pulumi:pulumi:StackReference ${name}`,
            "",
            `the outputs of another stack are unknown; state them in the answers file: stacks: {"${name}": {NAME: VALUE}}`,
        );
        return undefined;
    }

    private leaveOpen(question: ProviderQuestion): ProviderAnswer {
        const { token, args } = question;
        const line = `invokes: [{"token": "${token}", "args": ${JSON.stringify(args)}, "result": {…}}]`;
        if (question.form === "promise") {
            return {
                outcome: "refused",
                reason: `the program needs the result of ${token} ${JSON.stringify(args)} as a plain value, and nobody can be asked offline: add it to the answers file (--answers FILE): ${line}; or call the output form, ${outputForm(token)}, whose result may be unknown`,
            };
        }
        this.assume(
            "invoke",
            subjectOf(question),
            "",
            question.kind === "call"
                ? "the method of a resource runs in its provider: the result is unknown"
                : `the result is unknown; state it in the answers file: ${line}`,
        );
        return { outcome: "unknown" };
    }

    private assume(kind: string, subject: string, value: string, reason: string): void {
        this.listed.set(`${kind} ${subject}`, { kind, subject, value, reason });
    }

    private surroundings(question: ProviderQuestion): AwsSurroundings {
        return {
            region: this.regionOf(question),
            account:
                this.stated.account === undefined
                    ? { value: defaultAccount, assumed: true }
                    : { value: this.stated.account, assumed: false },
            zones: this.stated.zones,
            parameters: this.stated.parameters ?? {},
        };
    }

    /** The region of a call: its own, its provider's, the stack's, the stated one. */
    private regionOf({ args, provider }: ProviderQuestion): Basis {
        const providerUrn = provider.split("::").slice(0, 4).join("::");
        const candidates = [
            args["region"],
            this.resourceOf(providerUrn)?.inputs["region"],
            this.config["aws:region"],
            this.config["aws-native:region"],
            this.stated.region,
        ];
        const known = candidates.find(
            (value): value is string => typeof value === "string" && /^[a-z]{2}/.test(value),
        );
        return known === undefined
            ? { value: defaultRegion, assumed: true }
            : { value: known, assumed: false };
    }
}

function subjectOf({ token, args }: ProviderQuestion): string {
    return `${token} ${JSON.stringify(args)}`;
}

/** The name that SDKs give to the form of a function whose result is an output. */
function outputForm(token: string): string {
    return `${token.split(":").at(-1) ?? token}Output`;
}
