import type { Severity } from "../severity";
import type { FindingLevel, FindingVerdict } from "./verdict";

/** One weakness, doubt or granted exception, about one place in a stack. */
export interface Finding {
    /** Name of the policy in the catalog. */
    readonly policy: string;
    readonly verdict: FindingVerdict;
    /** A `mandatory` finding blocks. */
    readonly level: FindingLevel;
    readonly severity: Severity;
    /** Pulumi type token of the resource; `pulumi:pulumi:Stack` for a finding about the stack. */
    readonly type: string;
    readonly urn: string;
    /** Property path inside the resource (`metadataOptions.httpTokens`, `ingress[0].cidrBlocks[1]`), or "". */
    readonly path: string;
    /** What was found, where, and through which chain of resources. */
    readonly message: string;
    /** What to write instead. */
    readonly remediation: string;
    /** Ids of the catalog's controls that the policy enforces. */
    readonly controls: readonly string[];
    /** Names this very weakness, stable from run to run: 32 hexadecimal digits. */
    readonly fingerprint: string;
    /** Id of the exemption record that covers an `exempt` finding. */
    readonly exemption?: string;
}
