import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { parameter } from "../../catalog/parameters";
import type { KeyServerAccessArgs } from "../key-server-access";
import type { Location } from "../location";
import { physicalName, stackPath } from "../names";
import { withName } from "../tags";
import { sessionDocumentName } from "./session-document";

interface Place {
    readonly account: string;
    readonly region: string;
    readonly partition: string;
}

const isKeyServer = { StringEquals: { "ssm:resourceTag/keyward:role": "key-server" } };

/** The policy that operators carry. */
export function createOperatorPolicy(
    name: string,
    args: KeyServerAccessArgs,
    location: Location,
    parent: pulumi.Resource,
): aws.iam.Policy {
    return new aws.iam.Policy(
        name,
        {
            name: physicalName(`${name}-operator`, "iamRole"),
            path: stackPath(),
            description: "Opens recorded sessions on key servers after a multi-factor login",
            policy: pulumi
                .output({ ...location })
                .apply((place) => JSON.stringify(buildOperatorPolicy(name, args, place))),
            tags: withName(args.tags, name),
        },
        { parent },
    );
}

/**
 * What an operator may do: open sessions on key servers with the one document, shortly after a multi-factor login, end their own, and see what
 * is there. AWS checks the document only when it is asked to (`ssm:SessionDocumentAccessCheck`).
 */
function buildOperatorPolicy(
    name: string,
    { mfaAgeMinutes }: Pick<KeyServerAccessArgs, "mfaAgeMinutes">,
    { account, region, partition }: Place,
): unknown {
    const seconds = (mfaAgeMinutes ?? parameter("sessionMfaAgeMinutes").value) * 60;
    const withMfa = {
        Bool: { "aws:MultiFactorAuthPresent": "true" },
        NumericLessThanEquals: { "aws:MultiFactorAuthAge": String(seconds) },
    };
    const own = `arn:${partition}:ssm:${region}:${account}:session/\${aws:userid}-*`;
    return {
        Version: "2012-10-17",
        Statement: [
            {
                Sid: "OpenSessionsOnKeyServers",
                Effect: "Allow",
                Action: ["ssm:StartSession"],
                Resource: `arn:${partition}:ec2:${region}:${account}:instance/*`,
                Condition: {
                    ...withMfa,
                    ...isKeyServer,
                    BoolIfExists: { "ssm:SessionDocumentAccessCheck": "true" },
                },
            },
            {
                Sid: "WithThisDocument",
                Effect: "Allow",
                Action: ["ssm:StartSession"],
                Resource: `arn:${partition}:ssm:${region}:${account}:document/${sessionDocumentName(name)}`,
                Condition: withMfa,
            },
            {
                Sid: "OwnSessions",
                Effect: "Allow",
                Action: [
                    "ssm:ResumeSession",
                    "ssm:TerminateSession",
                    "ssmmessages:OpenDataChannel",
                ],
                Resource: own,
            },
            {
                Sid: "KeysOfChannels",
                Effect: "Allow",
                Action: ["kms:GenerateDataKey"],
                Resource: `arn:${partition}:kms:${region}:${account}:key/*`,
                Condition: {
                    ...withMfa,
                    StringLike: { "kms:EncryptionContext:aws:ssm:TargetId": "i-*" },
                },
            },
            {
                Sid: "SeeServersAndSessions",
                Effect: "Allow",
                // None of these knows a narrower resource.
                Action: [
                    "ec2:DescribeInstances",
                    "ssm:DescribeInstanceInformation",
                    "ssm:DescribeInstanceProperties",
                    "ssm:DescribeSessions",
                ],
                Resource: "*",
            },
            {
                Sid: "SeeConnections",
                Effect: "Allow",
                Action: ["ssm:GetConnectionStatus"],
                Resource: `arn:${partition}:ec2:${region}:${account}:instance/*`,
            },
        ],
    };
}

/** What nobody may do to key servers, for an organisation to attach: other session documents, tunnels, and sessions without a second factor. */
export function buildServiceControlPolicy(name: string, { partition }: Place): unknown {
    const document = `arn:${partition}:ssm:*:*:document/`;
    return {
        Version: "2012-10-17",
        Statement: [
            {
                Sid: "OnlyTheRecordedSession",
                Effect: "Deny",
                Action: ["ssm:StartSession"],
                NotResource: [
                    `${document}${sessionDocumentName(name)}`,
                    `arn:${partition}:ec2:*:*:instance/*`,
                ],
            },
            {
                Sid: "NoSessionWithoutItsDocument",
                Effect: "Deny",
                Action: ["ssm:StartSession"],
                Resource: `arn:${partition}:ec2:*:*:instance/*`,
                Condition: {
                    ...isKeyServer,
                    // Where AWS leaves the key out, a denial by `BoolIfExists` would refuse the recorded session too.
                    Bool: { "ssm:SessionDocumentAccessCheck": "false" },
                },
            },
            {
                Sid: "NoSessionWithoutSecondFactor",
                Effect: "Deny",
                Action: ["ssm:StartSession"],
                Resource: `arn:${partition}:ec2:*:*:instance/*`,
                Condition: {
                    ...isKeyServer,
                    BoolIfExists: { "aws:MultiFactorAuthPresent": "false" },
                },
            },
        ],
    };
}
