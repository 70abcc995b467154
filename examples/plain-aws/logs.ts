import * as aws from "@pulumi/aws";
import { logKey } from "./keys";
import { path, tags } from "./location";

function logGroup(name: string): aws.cloudwatch.LogGroup {
    return new aws.cloudwatch.LogGroup(
        name,
        {
            name: `${path}${name}`,
            kmsKeyId: logKey.arn,
            retentionInDays: 400,
            deletionProtectionEnabled: true,
            skipDestroy: true,
            tags,
        },
        { protect: true },
    );
}

export const systemLog = logGroup("system");
export const securityLog = logGroup("security");
export const auditLog = logGroup("audit");
export const flowLog = logGroup("flow");
export const patchLog = logGroup("patch");
export const sessionLog = logGroup("session");
export const automationLog = logGroup("automation");
export const trailLog = logGroup("trail");
