import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { parameter } from "../../catalog/parameters";
import type { KeyServerAccessArgs } from "../key-server-access";
import { logGroupNameOf } from "../log-group-arn";
import { physicalName } from "../names";
import { sessionUser } from "../server/bootstrap";
import { withName } from "../tags";

/** Physical name of the session document of a component, known before it exists. */
export function sessionDocumentName(name: string): string {
    return physicalName(`${name}-session`, "document");
}

/** A session document: encrypted, streamed to the log group while it runs, as a user without rights, ended when idle or too long. */
export function createSessionDocument(
    name: string,
    physical: string | undefined,
    args: KeyServerAccessArgs,
    parent: pulumi.Resource,
): aws.ssm.Document {
    const minutes = (chosen: number | undefined, otherwise: number): string =>
        String(chosen ?? otherwise);
    return new aws.ssm.Document(
        name,
        {
            name: physical ?? sessionDocumentName(name),
            documentType: "Session",
            documentFormat: "JSON",
            content: pulumi.jsonStringify({
                schemaVersion: "1.0",
                description: "Recorded sessions on key servers",
                sessionType: "Standard_Stream",
                inputs: {
                    cloudWatchLogGroupName: logGroupNameOf(args.sessionLogGroupArn),
                    cloudWatchEncryptionEnabled: true,
                    cloudWatchStreamingEnabled: true,
                    s3BucketName: "",
                    s3KeyPrefix: "",
                    s3EncryptionEnabled: true,
                    kmsKeyId: args.sessionKeyArn,
                    runAsEnabled: true,
                    runAsDefaultUser: args.runAsUser ?? sessionUser,
                    idleSessionTimeout: minutes(
                        args.idleMinutes,
                        parameter("sessionIdleMinutes").value,
                    ),
                    maxSessionDuration: minutes(
                        args.maximumMinutes,
                        parameter("sessionMaximumMinutes").value,
                    ),
                    shellProfile: { linux: "umask 077; cd" },
                },
            }),
            region: args.region,
            tags: withName(args.tags, name),
        },
        { parent },
    );
}
