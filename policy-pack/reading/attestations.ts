import type { Observation, RuleContext } from "../rules/rule";

const dayMilliseconds = 86_400_000;

/**
 * Whether the configuration attests a fact about the account, such as `private-subnet/subnet-0abc` or `snapshot-block`, on a day that is
 * neither in the future nor too long ago. Reads the parameters `accountAttestations` and `attestationAgeDays`.
 */
export function isAttested(context: RuleContext, fact: string): boolean {
    const maximumAge = context.parameter<number>("attestationAgeDays") * dayMilliseconds;
    return context.parameter<readonly string[]>("accountAttestations").some((entry) => {
        const [name, day = ""] = entry.trim().split(/\s+/);
        const age = context.asOf.getTime() - Date.parse(`${day}T00:00:00Z`);
        return name === fact && age >= 0 && age <= maximumAge + dayMilliseconds;
    });
}

/** What to report of an account-wide setting that this stack does not make: nothing where the configuration attests it. */
export function unlessAttested(
    context: RuleContext,
    fact: string,
    what: string,
): readonly Observation[] {
    return isAttested(context, fact)
        ? []
        : [
              {
                  verdict: "fail",
                  path: [],
                  message: `${what} in this stack, and the configuration does not attest "${fact}" for the account`,
                  subject: fact,
              },
          ];
}

/** What the configuration says of an image. */
export interface ImageAttestation {
    readonly text: string;
    /** Whole days since it was attested; negative for a day to come, undefined for a text that cannot be read. */
    readonly ageDays: number | undefined;
}

/** The newest attestation of an image, of the form `ami-id profile package-count YYYY-MM-DD`, in the parameter `imageAttestations`. */
export function attestationOf(context: RuleContext, image: string): ImageAttestation | undefined {
    const [newest] = context
        .parameter<readonly string[]>("imageAttestations")
        .filter((entry) => entry.trim().split(/\s+/)[0] === image)
        .map((text): ImageAttestation => ({ text, ageDays: ageOf(text, context.asOf) }))
        .sort((a, b) => (a.ageDays ?? Infinity) - (b.ageDays ?? Infinity));
    return newest;
}

function ageOf(text: string, asOf: Date): number | undefined {
    const day = /^\S+\s+\S+\s+\d+\s+(\d{4}-\d{2}-\d{2})$/.exec(text.trim())?.[1];
    const at = Date.parse(`${day}T00:00:00Z`);
    return Number.isNaN(at) ? undefined : Math.floor((asOf.getTime() - at) / dayMilliseconds);
}
