import { policyRecords } from "../../../catalog/policies";
import { verdicts, type Verdict } from "../../../catalog/records/verdict";
import type { AnalyzerAnswer } from "../../support/analyzer";
import { saidIn, type Said } from "../unknowns/asked-pack";

/** Which verdicts every policy of the catalog was heard to give. */
export class VerdictTable {
    private readonly seen = new Map(policyRecords.map(({ name }) => [name, new Set<Verdict>()]));

    public hear(said: readonly Said[]): void {
        said.forEach(({ policy, verdict }) => this.see(policy, verdict));
    }

    /** Takes all that the pack answers about a stack: a policy that had a subject and found nothing passed. */
    public hearAnswer(answer: AnalyzerAnswer): void {
        const said = saidIn(answer);
        const others = new Set([...answer.notApplicable, ...said.map(({ policy }) => policy)]);
        this.hear(said);
        answer.notApplicable.forEach((policy) => {
            this.see(policy, "not-applicable");
        });
        policyRecords
            .filter(({ name }) => !others.has(name))
            .forEach(({ name }) => {
                this.see(name, "pass");
            });
    }

    public has(policy: string, verdict: Verdict): boolean {
        return this.seen.get(policy)?.has(verdict) === true;
    }

    /** Verdicts that a policy was not heard to give. */
    public lacking(policy: string): readonly Verdict[] {
        return verdicts.filter((verdict) => !this.has(policy, verdict));
    }

    /** `82 policies: pass 80, fail 82, ...`. */
    public figures(): string {
        const counts = verdicts.map(
            (verdict) =>
                `${verdict} ${[...this.seen.values()].filter((own) => own.has(verdict)).length}`,
        );
        return `${this.seen.size} policies: ${counts.join(", ")}`;
    }

    private see(policy: string, verdict: Verdict): void {
        this.seen.get(policy)?.add(verdict);
    }
}
