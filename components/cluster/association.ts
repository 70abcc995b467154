import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import { physicalName } from "../names";
import { type Tags, withName } from "../tags";

/** Tag whose value names the cluster that a server belongs to. */
export const clusterTag = "keyward:cluster";

/** What an association repeats on the servers of a cluster, and where. */
export interface ClusterAssociationArgs {
    /** Value of the tag `keyward:cluster` of the servers. */
    readonly cluster: string;
    /** Region of the document and the association. Defaults to the provider's. */
    readonly region?: pulumi.Input<string>;
    readonly tags?: Tags;
    /** Start of the association's name; what follows tells clusters apart. */
    readonly namePrefix: string;
    /** Content of the Command document, JSON. */
    readonly content: pulumi.Input<string>;
    readonly parameters?: Readonly<Record<string, string>>;
    /** Cron expression as State Manager reads it. */
    readonly schedule: string;
    readonly complianceSeverity: "CRITICAL" | "HIGH";
}

/**
 * Repeats a Command document on every server of a cluster by State Manager. The version of the document is pinned, servers take their turn, the
 * first that fails stops the others, and an edit waits for the next time of the schedule instead of reaching every server at once.
 */
export function createClusterAssociation(
    name: string,
    args: ClusterAssociationArgs,
    parent: pulumi.Resource,
): aws.ssm.Association {
    const { region, tags } = args;
    const document = new aws.ssm.Document(
        name,
        {
            name: physicalName(name, "document"),
            documentType: "Command",
            documentFormat: "JSON",
            targetType: "/AWS::EC2::Instance",
            content: args.content,
            region,
            tags: withName(tags, name),
        },
        { parent },
    );
    return new aws.ssm.Association(
        name,
        {
            associationName: `${args.namePrefix}-${physicalName(name, "backupVault")}`,
            name: document.name,
            documentVersion: document.latestVersion,
            parameters: args.parameters,
            targets: [{ key: `tag:${clusterTag}`, values: [args.cluster] }],
            scheduleExpression: args.schedule,
            applyOnlyAtCronInterval: true,
            complianceSeverity: args.complianceSeverity,
            maxConcurrency: "1",
            maxErrors: "0",
            region,
            tags: withName(tags, name),
        },
        { parent },
    );
}
