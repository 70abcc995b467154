import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import { hostProfileAssociationName } from "../../catalog/live-checks";
import type { HostChoices } from "../../host/choices";
import { buildHostProfile } from "../../host/profile";
import { renderScript } from "../../host/script";
import { renderSsmDocument } from "../../host/ssm-document";
import { physicalName } from "../names";
import { type Tags, withName } from "../tags";

/** Tag whose value names the cluster that a server belongs to. */
export const clusterTag = "keyward:cluster";

/**
 * Every half hour, the most often that State Manager allows: a server that came up is profiled and audited within it, and an audit is never
 * older.
 */
const schedule = "cron(0/30 * ? * * *)";

/** Scripts of profiles that were rendered before: rendering one takes longer than registering a server. */
const rendered = new Map<string, string>();

/** The host profile as a script with the verbs plan, apply and audit. */
export function hostScript(choices: HostChoices): string {
    const key = JSON.stringify(choices);
    const script = rendered.get(key) ?? renderScript(buildHostProfile(choices));
    rendered.set(key, script);
    return script;
}

/**
 * Applies and audits the host profile by State Manager. The version of the document is pinned, servers take their turn, the first that fails
 * stops the others, and an edit waits for the next half hour instead of reaching every server at once.
 */
export function createHostProfile(
    name: string,
    script: string,
    args: {
        readonly cluster: string;
        readonly region?: pulumi.Input<string>;
        readonly tags?: Tags;
    },
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
            content: renderSsmDocument(script),
            region,
            tags: withName(tags, name),
        },
        { parent },
    );
    return new aws.ssm.Association(
        name,
        {
            associationName: `${hostProfileAssociationName}-${physicalName(name, "backupVault")}`,
            name: document.name,
            documentVersion: document.latestVersion,
            parameters: { Verb: "apply", Publish: "yes" },
            targets: [{ key: `tag:${clusterTag}`, values: [args.cluster] }],
            scheduleExpression: schedule,
            applyOnlyAtCronInterval: true,
            complianceSeverity: "CRITICAL",
            maxConcurrency: "1",
            maxErrors: "0",
            region,
            tags: withName(tags, name),
        },
        { parent },
    );
}
