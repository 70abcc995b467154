/** Files that say how to judge; `-` is standard input. */
export interface JudgingFiles {
    /** Configuration of Keyward's own pack, as the engine takes it. */
    readonly policyConfig?: string;
    readonly exemptions?: string;
}
