import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { join } from "node:path";
import { parameter } from "../../catalog/parameters";
import { promotionVariables, type PatchSource } from "../../patching/gate/promotion-request";
import { buildEmergencyDocument, buildPromotionDocument } from "../../patching/promotion-document";
import type { KeyServerPatchingArgs } from "../key-server-patching";
import type { Location } from "../location";
import { logGroupName, physicalName } from "../names";
import { createServiceRole, logDeliveryStatements } from "../service-role";
import { withName } from "../tags";
import { announce } from "./announcements";
import type { ListStore } from "./list-store";
import { probeIntervalMinutes } from "./probe";
import { deciderStatements, promotionStatements } from "./promotion-statements";
import type { PatchRing } from "./rings";
import { serviceRoleArn, ssmArn } from "./roles";
import type { ScanCommand } from "./scan";

/** A decision reads every canary and all of its patches. */
const functionTimeoutSeconds = 300;
const functionMemoryMebibytes = 512;

/** The program that decides, bundled from `fleet/promotion/lambda.ts` by the build. */
const bundle = join(__dirname, "../assets/promotion/index.js");

export interface Promotion {
    /** Starts when the canary's window ends. */
    readonly document: aws.ssm.Document;
    /** Started by people: a critical patch now. */
    readonly emergency: aws.ssm.Document;
    readonly decider: aws.lambda.Function;
}

/** The gate between the canary and production: two Automation documents, the function that decides for them, and what starts and announces them. */
export function createPromotion(
    name: string,
    rings: readonly PatchRing[],
    documents: readonly aws.ssm.Document[],
    store: ListStore,
    probeDocument: string,
    source: PatchSource,
    scan: ScanCommand,
    canaryWindow: aws.ssm.MaintenanceWindow,
    args: KeyServerPatchingArgs,
    location: Location,
    parent: pulumi.Resource,
): Promotion {
    const { region, tags } = args;
    const resourceName = `${name}-promotion`;
    const soakHours = args.soakHours ?? parameter("patchSoakHours").value;
    const decider = createDecider(
        resourceName,
        rings,
        store,
        probeDocument,
        source,
        args,
        location,
        parent,
    );
    const emergencyName = physicalName(`${name}-emergency`, "document");
    const promotionName = physicalName(resourceName, "document");
    const documentNames = rings.map(({ resourceName: ring }) => physicalName(ring, "document"));
    const role = createServiceRole(
        resourceName,
        {
            service: "ssm.amazonaws.com",
            description: "Asks for a decision on the canary ring, and announces it",
            sourceArn: ssmArn("automation-execution", "*", location),
            statements: promotionStatements(
                decider.functionArn,
                store,
                {
                    documents: [
                        ...documentNames.map((ring) => ssmArn("document", ring, location)),
                        scan.documentArn,
                    ],
                    groups: rings.map(({ group }) => group),
                },
                location,
            ),
            permissionsBoundaryArn: args.permissionsBoundaryArn,
            tags,
        },
        location,
        parent,
    );
    // Computed, so that documents and policies are known before the role exists.
    const roleArn = serviceRoleArn(resourceName, location);
    const facts = {
        functionName: decider.name,
        decisionParameter: store.decisionName,
    };
    const automation = (
        childName: string,
        physical: string,
        build: (roleArn: string) => unknown,
    ): aws.ssm.Document =>
        new aws.ssm.Document(
            childName,
            {
                name: physical,
                documentType: "Automation",
                documentFormat: "JSON",
                content: roleArn.apply((arn) => JSON.stringify(build(arn))),
                region,
                tags: withName(tags, childName),
            },
            { parent, dependsOn: [role.policy, ...documents] },
        );
    const document = automation(resourceName, promotionName, (roleArn) =>
        buildPromotionDocument(
            { ...facts, roleArn },
            soakHours,
            parameter("patchScanIntervalHours").value,
        ),
    );
    const [canary, ...production] = rings.map((ring, index) => ({
        document: documentNames[index] ?? "",
        group: ring.group,
    }));
    const emergency = automation(`${name}-emergency`, emergencyName, (roleArn) =>
        buildEmergencyDocument({
            ...facts,
            roleArn,
            canary: canary ?? { document: "", group: "" },
            production,
            scan,
            pointerParameter: store.pointerName,
            soakHours: parameter("patchEmergencySoakHours").value,
        }),
    );
    announce(
        name,
        { document, emergency, promotionName, emergencyName, roleArn, canaryWindow },
        args,
        location,
        parent,
    );
    return { document, emergency, decider: decider.function };
}

function createDecider(
    resourceName: string,
    [canary]: readonly PatchRing[],
    store: ListStore,
    probeDocument: string,
    source: PatchSource,
    args: KeyServerPatchingArgs,
    location: Location,
    parent: pulumi.Resource,
): {
    readonly function: aws.lambda.Function;
    readonly name: string;
    readonly functionArn: pulumi.Output<string>;
} {
    const { region, tags } = args;
    const childName = `${resourceName}-decider`;
    const name = physicalName(childName, "lambdaFunction");
    const { account, partition, region: where } = location;
    const logGroup = new aws.cloudwatch.LogGroup(
        childName,
        {
            name: logGroupName(childName),
            retentionInDays: parameter("logRetentionDays").value,
            kmsKeyId: args.logKeyArn,
            deletionProtectionEnabled: args.disposable !== true,
            skipDestroy: args.disposable !== true,
            region,
            tags: withName(tags, childName),
        },
        { parent, protect: args.disposable !== true },
    );
    const role = createServiceRole(
        childName,
        {
            service: "lambda.amazonaws.com",
            description: "Reads the canary ring and writes the promoted list of patches",
            statements: [
                ...deciderStatements(store, location),
                ...logDeliveryStatements(logGroup.name, location),
            ],
            permissionsBoundaryArn: args.permissionsBoundaryArn,
            tags,
        },
        location,
        parent,
    );
    const decider = new aws.lambda.Function(
        childName,
        {
            name,
            description: "Decides whether production may install what the canary ring runs",
            runtime: "nodejs22.x",
            handler: "index.handler",
            code: new pulumi.asset.AssetArchive({
                "index.js": new pulumi.asset.FileAsset(bundle),
            }),
            role: role.role.arn,
            timeout: functionTimeoutSeconds,
            memorySize: functionMemoryMebibytes,
            loggingConfig: { logFormat: "JSON", logGroup: logGroup.name },
            environment: {
                variables: {
                    [promotionVariables.canaryGroup]: canary?.group ?? "",
                    [promotionVariables.canaryCount]: String(canary?.servers.length ?? 0),
                    [promotionVariables.patchSource]: source,
                    [promotionVariables.probeDocument]: probeDocument,
                    [promotionVariables.probeIntervalMinutes]: String(probeIntervalMinutes),
                    [promotionVariables.listBucket]: store.bucket.name,
                    [promotionVariables.listKey]: args.listKeyArn ?? "",
                    [promotionVariables.pointerParameter]: store.pointerName,
                    [promotionVariables.holdParameter]: store.holdName,
                    [promotionVariables.decisionParameter]: store.decisionName,
                },
            },
            region,
            tags: withName(tags, childName),
        },
        { parent, dependsOn: [role.policy] },
    );
    return {
        function: decider,
        name,
        functionArn: pulumi.interpolate`arn:${partition}:lambda:${where}:${account}:function:${name}`,
    };
}
