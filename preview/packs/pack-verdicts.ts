import {
    PolicySeverity,
    PolicyType,
    type AnalyzeDiagnostic,
    type AnalyzeResponse,
    type AnalyzerInfo,
    type PolicyInfo,
} from "@pulumi/pulumi/proto/analyzer_pb";
import type { Finding } from "../../catalog/records/finding";
import type { PolicyResult } from "../../catalog/records/judged-stack";
import type { Verdict } from "../../catalog/records/verdict";
import type { Severity } from "../../catalog/severity";
import { fingerprintOf } from "../../policy-pack/judging/fingerprint";
import type { PolicyLevel } from "../../policy-pack/judging/levels";
import { levelName, type PackSetting } from "./pack-config";

/** What another pack says of a stack. */
export interface PackVerdicts {
    readonly findings: readonly Finding[];
    readonly policies: readonly PolicyResult[];
    /** URNs of the resources that a policy of it decided on; the stack's may be among them. */
    readonly judged: readonly string[];
}

type Counts = Record<Verdict, number>;

/**
 * Collects the answers of a pack. A policy is called `PACK/POLICY`, so that equal names of two packs stay apart. Levels are those that
 * the pack reports. Where it could not run a policy because of an unknown value, the verdict is indeterminate.
 */
export class VerdictCollector {
    private readonly findings = new Map<string, Finding>();
    private readonly counts = new Map<string, Counts>();
    private readonly judged = new Set<string>();
    private readonly infos: ReadonlyMap<string, PolicyInfo>;

    public constructor(
        private readonly info: AnalyzerInfo,
        private readonly settings: ReadonlyMap<string, Required<PackSetting>>,
        /** URN → type of everything that the pack is shown. */
        private readonly types: ReadonlyMap<string, string>,
        private readonly redact: (text: string) => string,
    ) {
        this.infos = new Map(info.getPoliciesList().map((policy) => [policy.getName(), policy]));
    }

    /** Takes the answer about one resource. Throws when it makes no sense. */
    public addResource(urn: string, response: AnalyzeResponse): void {
        this.add(PolicyType.POLICY_TYPE_RESOURCE, urn, response);
    }

    /** Takes the answer about the stack. Throws when it makes no sense. */
    public addStack(stackUrn: string, response: AnalyzeResponse): void {
        this.add(PolicyType.POLICY_TYPE_STACK, stackUrn, response);
    }

    public verdicts(): PackVerdicts {
        const names = new Set([...this.infos.keys(), ...this.counts.keys()]);
        return {
            findings: [...this.findings.values()],
            policies: [...names].map((name) => this.resultOf(name)),
            judged: [...this.judged],
        };
    }

    private add(type: PolicyType, subject: string, response: AnalyzeResponse): void {
        const notApplicable = new Set(
            response.getNotApplicableList().map((each) => each.getPolicyName()),
        );
        const found = new Set<string>();
        for (const diagnostic of response.getDiagnosticsList()) {
            this.addFinding(diagnostic, subject);
            found.add(diagnostic.getPolicyname());
        }
        for (const [name, policy] of this.infos) {
            if (
                policy.getPolicyType() !== type ||
                found.has(name) ||
                this.settings.get(name)?.level === "disabled"
            ) {
                continue;
            }
            const verdict = notApplicable.has(name) ? "not-applicable" : "pass";
            this.countsOf(name)[verdict]++;
            if (verdict === "pass") {
                this.judged.add(subject);
            }
        }
    }

    private addFinding(diagnostic: AnalyzeDiagnostic, subject: string): void {
        const name = diagnostic.getPolicyname();
        if (name === "") {
            throw new Error("it reports a violation of a policy without a name");
        }
        const level = levelName(diagnostic.getEnforcementlevel());
        const urn = diagnostic.getUrn() === "" ? subject : diagnostic.getUrn();
        const type = this.types.get(urn);
        if (type === undefined) {
            throw new Error(`it reports a violation of ${urn}, which it was not shown`);
        }
        const message = this.redact(diagnostic.getMessage());
        // The SDK's words where a policy read an unknown value, which hides whatever it would have found.
        const verdict = message.startsWith(`can't run policy '${name}'`) ? "indeterminate" : "fail";
        const policy = this.qualified(name);
        const fingerprint = fingerprintOf(policy, urn, [], message);
        if (this.findings.has(fingerprint)) {
            return;
        }
        this.findings.set(fingerprint, {
            policy,
            verdict,
            level: level === "advisory" ? "advisory" : "mandatory",
            severity:
                severities.get(diagnostic.getSeverity()) ??
                severities.get(this.infos.get(name)?.getSeverity()) ??
                "medium",
            type,
            urn,
            path: "",
            message,
            remediation: this.infos.get(name)?.getRemediationSteps() ?? "",
            controls: [],
            fingerprint,
        });
        this.countsOf(name)[verdict]++;
        this.judged.add(urn);
    }

    private resultOf(name: string): PolicyResult {
        const policy = this.infos.get(name);
        const level: PolicyLevel = this.settings.get(name)?.level ?? "advisory";
        return {
            name: this.qualified(name),
            displayName: policy?.getDisplayname() || name,
            severity: severities.get(policy?.getSeverity()) ?? "medium",
            level,
            controls: [],
            counts: this.countsOf(name),
        };
    }

    private qualified(name: string): string {
        return `${this.info.getName()}/${name}`;
    }

    private countsOf(name: string): Counts {
        const counts = this.counts.get(name) ?? {
            pass: 0,
            fail: 0,
            indeterminate: 0,
            exempt: 0,
            "not-applicable": 0,
        };
        this.counts.set(name, counts);
        return counts;
    }
}

const severities = new Map<PolicySeverity | undefined, Severity>([
    [PolicySeverity.POLICY_SEVERITY_CRITICAL, "critical"],
    [PolicySeverity.POLICY_SEVERITY_HIGH, "high"],
    [PolicySeverity.POLICY_SEVERITY_MEDIUM, "medium"],
    [PolicySeverity.POLICY_SEVERITY_LOW, "low"],
]);
