import type * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import { hostProfileAssociationName } from "../../catalog/live-checks";
import type { HostChoices } from "../../host/choices";
import { buildHostProfile } from "../../host/profile";
import { renderScript } from "../../host/script";
import { renderSsmDocument } from "../../host/ssm-document";
import { createClusterAssociation, type ClusterAssociationArgs } from "./association";

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

/** Applies and audits the host profile on every server of a cluster. */
export function createHostProfile(
    name: string,
    script: string,
    args: Pick<ClusterAssociationArgs, "cluster" | "region" | "tags">,
    parent: pulumi.Resource,
): aws.ssm.Association {
    return createClusterAssociation(
        name,
        {
            ...args,
            namePrefix: hostProfileAssociationName,
            content: renderSsmDocument(script),
            parameters: { Verb: "apply", Publish: "yes" },
            schedule,
            complianceSeverity: "CRITICAL",
        },
        parent,
    );
}
