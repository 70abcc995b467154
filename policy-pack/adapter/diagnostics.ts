import {
    AnalyzeDiagnostic,
    AnalyzeResponse,
    PolicyNotApplicable,
    Remediation as RemediationMessage,
    RemediateResponse,
} from "@pulumi/pulumi/proto/analyzer_pb";
import type { Finding } from "../../catalog/records/finding";
import type { JudgedStack } from "../../catalog/records/judged-stack";
import type { PolicyRecord } from "../../catalog/policy";
import type { RemediatedResource } from "../remediation/remediate";
import { toEnforcementLevel, toPolicySeverity, type PackIdentity } from "./analyzer-info";
import { jsonToStruct } from "./struct";

/** Tells the engine of findings, each under the name of its policy and at its own level. */
export function analyzeResponse(
    findings: readonly Finding[],
    policies: ReadonlyMap<string, PolicyRecord>,
    identity: PackIdentity,
): AnalyzeResponse {
    const response = new AnalyzeResponse();
    response.setDiagnosticsList(
        findings.map((finding) => diagnosticOf(finding, policies.get(finding.policy), identity)),
    );
    return response;
}

/** The findings of a whole stack, with the policies that found nothing to judge in it. */
export function stackResponse(
    judged: JudgedStack,
    findings: readonly Finding[],
    policies: ReadonlyMap<string, PolicyRecord>,
    identity: PackIdentity,
): AnalyzeResponse {
    const response = analyzeResponse(findings, policies, identity);
    const idle = judged.policies.filter(
        ({ counts }) => counts.pass + counts.fail + counts.indeterminate + counts.exempt === 0,
    );
    response.setNotApplicableList(
        idle.map(({ name, level }) =>
            notApplicable(
                name,
                level === "disabled" ? "disabled" : "nothing of this stack is its subject",
            ),
        ),
    );
    return response;
}

/** The inputs of a resource after each policy that changed them. */
export function remediateResponse(
    remediated: readonly RemediatedResource[],
    identity: PackIdentity,
): RemediateResponse {
    const response = new RemediateResponse();
    response.setRemediationsList(
        remediated.map(({ policy, inputs }) => {
            const message = new RemediationMessage();
            message.setPolicyname(policy.name);
            message.setPolicypackname(identity.name);
            message.setPolicypackversion(identity.version);
            message.setDescription(policy.description);
            message.setProperties(jsonToStruct(inputs));
            return message;
        }),
    );
    return response;
}

function notApplicable(policy: string, reason: string): PolicyNotApplicable {
    const message = new PolicyNotApplicable();
    message.setPolicyName(policy);
    message.setReason(reason);
    return message;
}

function diagnosticOf(
    finding: Finding,
    policy: PolicyRecord | undefined,
    identity: PackIdentity,
): AnalyzeDiagnostic {
    const diagnostic = new AnalyzeDiagnostic();
    diagnostic.setPolicyname(finding.policy);
    diagnostic.setPolicypackname(identity.name);
    diagnostic.setPolicypackversion(identity.version);
    diagnostic.setDescription(policy?.description ?? "");
    diagnostic.setMessage(messageOf(finding));
    diagnostic.setEnforcementlevel(toEnforcementLevel(finding.level));
    diagnostic.setUrn(finding.urn);
    diagnostic.setSeverity(toPolicySeverity(finding.severity));
    return diagnostic;
}

/** The verdict in front (a plain failure needs no word), what to write instead at the end. */
function messageOf({ verdict, message, remediation, fingerprint }: Finding): string {
    const head = verdict === "fail" ? "" : `[${verdict}] `;
    return `${head}${message}\n${remediation}\nFingerprint: ${fingerprint}`;
}
