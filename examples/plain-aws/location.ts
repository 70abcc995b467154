import * as aws from "@pulumi/aws";

export const account = aws.getCallerIdentityOutput().accountId;
export const region = aws.getRegionOutput().region;
export const tags = { owner: "platform-security", environment: "dev" };

/** Path of log groups and roles. */
export const path = "/key-server/";
