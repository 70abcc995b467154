import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import { operatingSystem, type OperatingSystem } from "../../catalog/operating-systems";
import { parameter } from "../../catalog/parameters";
import type { KeyServerPatchingArgs } from "../key-server-patching";
import { physicalName } from "../names";
import { withName } from "../tags";
import type { PatchRing } from "./rings";

type ApprovalRule = aws.types.input.ssm.PatchBaselineApprovalRule;

/** Severity that is approved first. */
const critical = "Critical";

/** A baseline of our own for one operating system, and the memberships of the patch groups in it. */
export function createBaseline(
    name: string,
    osId: string,
    groups: readonly PatchRing[],
    { region, tags }: KeyServerPatchingArgs,
    parent: pulumi.Resource,
): {
    readonly baseline: aws.ssm.PatchBaseline;
    readonly memberships: readonly aws.ssm.PatchGroup[];
} {
    const system = operatingSystem(osId);
    const resourceName = `${name}-${osId}`;
    const baseline = new aws.ssm.PatchBaseline(
        resourceName,
        {
            name: physicalName(resourceName, "patchBaseline"),
            description: `Patches of key servers that run ${system.title}`,
            operatingSystem: system.patchBaselineName,
            approvalRules: buildApprovalRules(system),
            // A patch on no rule that somebody approves by name counts as critical when it is missing.
            approvedPatchesComplianceLevel: "CRITICAL",
            rejectedPatchesAction: "BLOCK",
            region,
            tags: withName(tags, resourceName),
        },
        { parent },
    );
    const memberships = groups.map(
        ({ group, role, resourceName: ring }) =>
            new aws.ssm.PatchGroup(
                role === "all" ? resourceName : `${ring}-${osId}`,
                { baselineId: baseline.id, patchGroup: group, region },
                { parent },
            ),
    );
    return { baseline, memberships };
}

/** Which patches are approved, and when. */
function buildApprovalRules(system: OperatingSystem): ApprovalRule[] {
    const product = { key: "PRODUCT", values: [system.patchProduct] };
    if (system.family === "debian") {
        return [
            {
                // Systems Manager knows neither severities nor approval delays for these systems.
                approveAfterDays: 0,
                complianceLevel: "CRITICAL",
                enableNonSecurity: parameter("patchNonSecurity").value,
                patchFilters: [
                    product,
                    { key: "PRIORITY", values: [...parameter("patchPriorities").value] },
                ],
            },
        ];
    }
    const rule = (
        severities: readonly string[],
        approveAfterDays: number,
        complianceLevel: string,
    ): ApprovalRule => ({
        approveAfterDays,
        complianceLevel,
        enableNonSecurity: parameter("patchNonSecurity").value,
        patchFilters: [
            product,
            { key: "CLASSIFICATION", values: [...parameter("patchClassifications").value] },
            { key: "SEVERITY", values: [...severities] },
        ],
    });
    const others = parameter("patchSeverities").value.filter((severity) => severity !== critical);
    return [
        rule([critical], parameter("patchCriticalApprovalDelayDays").value, "CRITICAL"),
        rule(others, parameter("patchApprovalDelayDays").value, "HIGH"),
    ];
}
