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

/** The host profile as a script with the verbs plan, apply and audit. Rendered once for equal choices: it takes longer than registering a server. */
export const hostScript = once((choices: HostChoices) => renderScript(buildHostProfile(choices)));

/** The document of a script; packing it takes as long as rendering the script does. */
const documentOf = once(({ exempt, script }: HostScript) => renderSsmDocument(script, exempt));

/** A rendered profile, and what it has exemptions from. */
interface HostScript {
    readonly script: string;
    /** Words for people. */
    readonly exempt: readonly string[];
}

/** Applies and audits the host profile on every server of a cluster. */
export function createHostProfile(
    name: string,
    profile: HostScript,
    args: Pick<ClusterAssociationArgs, "cluster" | "region" | "tags">,
    parent: pulumi.Resource,
): aws.ssm.Association {
    return createClusterAssociation(
        name,
        {
            ...args,
            namePrefix: hostProfileAssociationName,
            content: documentOf(profile),
            parameters: { Verb: "apply", Publish: "yes" },
            schedule,
            complianceSeverity: "CRITICAL",
        },
        parent,
    );
}

/** A pure function that keeps its results, so that clusters with equal profiles share one text. */
function once<Choice>(render: (choice: Choice) => string): (choice: Choice) => string {
    const rendered = new Map<string, string>();
    return (choice) => {
        const key = JSON.stringify(choice);
        const text = rendered.get(key) ?? render(choice);
        rendered.set(key, text);
        return text;
    };
}
