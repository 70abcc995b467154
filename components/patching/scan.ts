import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import type { PatchSource } from "../../patching/gate/promotion-request";
import type { KeyServerPatchingArgs } from "../key-server-patching";
import type { Location } from "../location";
import { physicalName } from "../names";
import { withName } from "../tags";
import { defaultScanSchedule } from "./rings";
import { amazonsDocument, ssmArn } from "./roles";
import { buildScanDocument } from "./scan-document";

const amazonsScan = "AWS-RunPatchBaseline";

/** What scans the servers of a source: a command document and its parameters. */
export interface ScanCommand {
    readonly documentName: string;
    readonly documentArn: pulumi.Output<string>;
    readonly parameters: Readonly<Record<string, string>>;
}

/** The command that scans; computed, so that whoever runs it is known before it exists. */
export function scanCommand(name: string, source: PatchSource, location: Location): ScanCommand {
    if (source === "patch-manager") {
        return {
            documentName: amazonsScan,
            documentArn: amazonsDocument(amazonsScan, location),
            parameters: { Operation: "Scan", RebootOption: "NoReboot" },
        };
    }
    const documentName = physicalName(`${name}-scan`, "document");
    return {
        documentName,
        documentArn: ssmArn("document", documentName, location),
        parameters: {},
    };
}

/** The one scan that reports what servers lack; a second method would overwrite its results. */
export function createScan(
    name: string,
    groups: readonly string[],
    source: PatchSource,
    command: ScanCommand,
    args: KeyServerPatchingArgs,
    parent: pulumi.Resource,
): aws.ssm.Association {
    const resourceName = `${name}-scan`;
    const own = source === "keyward-patch" ? createScanDocument(name, command, args, parent) : null;
    return new aws.ssm.Association(
        resourceName,
        {
            associationName: physicalName(resourceName, "maintenanceWindow"),
            name: own?.name ?? command.documentName,
            documentVersion: own?.latestVersion,
            parameters: own === null ? { ...command.parameters } : undefined,
            targets: [{ key: "tag:PatchGroup", values: [...groups] }],
            scheduleExpression: args.scanSchedule ?? defaultScanSchedule,
            applyOnlyAtCronInterval: true,
            complianceSeverity: "CRITICAL",
            maxConcurrency: "100%",
            maxErrors: "100%",
            region: args.region,
            tags: withName(args.tags, resourceName),
        },
        { parent },
    );
}

function createScanDocument(
    name: string,
    { documentName }: ScanCommand,
    { region, tags }: KeyServerPatchingArgs,
    parent: pulumi.Resource,
): aws.ssm.Document {
    const resourceName = `${name}-scan`;
    return new aws.ssm.Document(
        resourceName,
        {
            name: documentName,
            documentType: "Command",
            documentFormat: "JSON",
            targetType: "/AWS::EC2::Instance",
            content: JSON.stringify(buildScanDocument()),
            region,
            tags: withName(tags, resourceName),
        },
        { parent },
    );
}
