import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import { workloads } from "../../catalog/workloads";
import type { KeyServerPatchingArgs } from "../key-server-patching";
import type { Location } from "../location";
import { physicalName } from "../names";
import { createServiceRole } from "../service-role";
import { withName } from "../tags";
import { probeScript } from "./health-script";
import type { PatchRing } from "./rings";
import { sendCommands, ssmArn } from "./roles";
import { shellStep } from "./command-document";

/** How often the canaries are asked. */
export const probeIntervalMinutes = 15;

/** Document name that the canaries' health is asked with; each answer is kept by Run Command for thirty days. */
export function createProbe(
    name: string,
    canary: PatchRing,
    { permissionsBoundaryArn, workload, region, tags }: KeyServerPatchingArgs,
    location: Location,
    parent: pulumi.Resource,
): string {
    const resourceName = `${name}-probe`;
    const documentName = physicalName(resourceName, "document");
    const document = new aws.ssm.Document(
        resourceName,
        {
            name: documentName,
            documentType: "Command",
            documentFormat: "JSON",
            targetType: "/AWS::EC2::Instance",
            content: JSON.stringify({
                schemaVersion: "2.2",
                description:
                    "Asks a canary whether its workload serves and its repositories answer",
                mainSteps: [
                    shellStep("probe", probeScript(workloads.find(({ id }) => id === workload)), {
                        timeoutSeconds: "300",
                    }),
                ],
            }),
            region,
            tags: withName(tags, resourceName),
        },
        { parent },
    );
    const role = createServiceRole(
        resourceName,
        {
            service: "events.amazonaws.com",
            description: "Asks the canary ring for its health",
            statements: sendCommands(
                {
                    documents: [ssmArn("document", documentName, location)],
                    groups: [canary.group],
                },
                location,
            ),
            permissionsBoundaryArn,
            tags,
        },
        location,
        parent,
    );
    const rule = new aws.cloudwatch.EventRule(
        resourceName,
        {
            name: physicalName(resourceName, "eventRule"),
            description: "Asks the canary ring for its health",
            scheduleExpression: `rate(${probeIntervalMinutes} minutes)`,
            region,
            tags: withName(tags, resourceName),
        },
        { parent },
    );
    new aws.cloudwatch.EventTarget(
        resourceName,
        {
            rule: rule.name,
            arn: document.arn,
            roleArn: role.role.arn,
            runCommandTargets: [{ key: "tag:PatchGroup", values: [canary.group] }],
            region,
        },
        { parent, dependsOn: [role.policy] },
    );
    return documentName;
}
