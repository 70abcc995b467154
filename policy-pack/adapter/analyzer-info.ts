import {
    AnalyzerInfo,
    EnforcementLevel,
    PolicyComplianceFramework,
    PolicyConfigSchema,
    PolicyInfo,
    PolicySeverity,
    PolicyType,
} from "@pulumi/pulumi/proto/analyzer_pb";
import type { PolicyRecord } from "../../catalog/policy";
import type { Severity } from "../../catalog/severity";
import { policyProperties } from "../configuration/policy-schema";
import { controlsByPolicy } from "../judging/findings";
import { policyLevels, type PolicyLevel } from "../judging/levels";
import type { Pack } from "../pack";
import { jsonToStruct } from "./struct";

/** What the engine is told of the pack itself. */
export interface PackIdentity {
    readonly name: string;
    readonly version: string;
    readonly displayName: string;
    readonly description: string;
}

const enforcementLevels: Readonly<Record<PolicyLevel, EnforcementLevel>> = {
    advisory: EnforcementLevel.ADVISORY,
    mandatory: EnforcementLevel.MANDATORY,
    remediate: EnforcementLevel.REMEDIATE,
    disabled: EnforcementLevel.DISABLED,
};

const policySeverities: Readonly<Record<Severity, PolicySeverity>> = {
    critical: PolicySeverity.POLICY_SEVERITY_CRITICAL,
    high: PolicySeverity.POLICY_SEVERITY_HIGH,
    medium: PolicySeverity.POLICY_SEVERITY_MEDIUM,
    low: PolicySeverity.POLICY_SEVERITY_LOW,
};

/** The protocol's word for a level. */
export function toEnforcementLevel(level: PolicyLevel): EnforcementLevel {
    return enforcementLevels[level];
}

/** The level of a word of the protocol; one that is not known counts as disabled, which the levels' own policy then reports. */
export function fromEnforcementLevel(level: EnforcementLevel): PolicyLevel {
    return policyLevels.find((known) => enforcementLevels[known] === level) ?? "disabled";
}

export function toPolicySeverity(severity: Severity): PolicySeverity {
    return policySeverities[severity];
}

/** Describes the pack and its policies to the engine. Every level is written out, since the engine's default is advisory. */
export function analyzerInfo(pack: Pack, identity: PackIdentity): AnalyzerInfo {
    const controlsOf = controlsByPolicy(pack.controls);
    const info = new AnalyzerInfo();
    info.setName(identity.name);
    info.setVersion(identity.version);
    info.setDisplayname(identity.displayName);
    info.setDescription(identity.description);
    info.setSupportsconfig(true);
    info.setPoliciesList(
        pack.policies.map((record) => policyInfo(record, pack, controlsOf(record.name))),
    );
    return info;
}

function policyInfo(record: PolicyRecord, pack: Pack, controls: readonly string[]): PolicyInfo {
    const info = new PolicyInfo();
    info.setName(record.name);
    info.setDisplayname(record.displayName);
    info.setDescription(record.description);
    info.setMessage(record.rationale);
    info.setEnforcementlevel(toEnforcementLevel(record.level));
    info.setSeverity(toPolicySeverity(record.severity));
    // Policies are decided over the whole graph; the resource phase of an update only decides some of them earlier.
    info.setPolicyType(PolicyType.POLICY_TYPE_STACK);
    info.setTagsList(controls.map((id) => `control:${id}`));
    info.setFramework(frameworkOf());
    info.setRemediationSteps(`${record.remediation.text}\n${record.remediation.example}`);
    const schema = new PolicyConfigSchema();
    schema.setProperties(jsonToStruct(policyProperties(record, pack)));
    info.setConfigschema(schema);
    return info;
}

/** The engine knows one framework for each policy; the tags name the controls, which name all standards. */
function frameworkOf(): PolicyComplianceFramework {
    const framework = new PolicyComplianceFramework();
    framework.setName("NIST SP 800-130");
    framework.setReference("https://doi.org/10.6028/NIST.SP.800-130");
    framework.setSpecification("A framework for designing cryptographic key management systems");
    return framework;
}
