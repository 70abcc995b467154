import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { logKeyAlias } from "./keys";
import { tags } from "./location";
import { sessionLog } from "./logs";

new aws.ssm.Document("session", {
    name: "key-server-session",
    documentType: "Session",
    documentFormat: "JSON",
    content: pulumi.jsonStringify({
        schemaVersion: "1.0",
        description: "Recorded sessions on the key server",
        sessionType: "Standard_Stream",
        inputs: {
            kmsKeyId: logKeyAlias,
            cloudWatchLogGroupName: sessionLog.name,
            cloudWatchEncryptionEnabled: true,
            cloudWatchStreamingEnabled: true,
            s3BucketName: "",
            s3KeyPrefix: "",
            s3EncryptionEnabled: true,
            runAsEnabled: true,
            runAsDefaultUser: "ssm-user",
            idleSessionTimeout: "15",
            maxSessionDuration: "60",
        },
    }),
    tags,
});
