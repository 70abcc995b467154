/** Servers that an exemption from a host check holds for. */
export interface HostExemptionScopeArgs {
    /**
     * URN of the server's instance, such as
     * `urn:pulumi:STACK::PROJECT::*aws:ec2/instance:Instance::NAME-1`; `*` stands for any run of characters except `::`.
     */
    urn: string;
}

/**
 * A granted exception from one check of the host profile, in the format of every exemption record: the check is not applied, its audit line says
 * `exempt`, and from the last day on it fails again.
 */
export interface HostExemptionArgs {
    /** Id of the record, lower case words joined by hyphens; differs from the others'. */
    id: string;
    /** Id of the host check, as `keyward checklist` names it. */
    policy: string;
    /** Servers that it holds for. */
    scope: HostExemptionScopeArgs;
    /** Why, in as many characters as the catalog's `exemptionReasonCharacters` asks for. */
    reason: string;
    /** Who answers for the weakness. */
    owner: string;
    /** Who accepted it. */
    approver: string;
    /** Where that is on record. */
    ticket: string;
    /** First day, `YYYY-MM-DD`, UTC. */
    created: string;
    /** Day from whose start on it holds no more, `YYYY-MM-DD`, UTC; as far away as the severity of the check allows. */
    expires: string;
    /** What holds the risk down meanwhile. */
    compensatingControl?: string;
}
