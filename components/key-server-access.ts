import type * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { createOperatorPolicy, buildServiceControlPolicy } from "./access/operator-policy";
import { createSessionDocument } from "./access/session-document";
import { validateKeyServerAccessArgs } from "./access/validate";
import { findLocation } from "./location";
import { refuse } from "./validation/refuse";

/** Arguments of `KeyServerAccess`. */
export interface KeyServerAccessArgs {
    /** ARN of the log group that takes the sessions, an output of `KeyServerAuditLog`. */
    sessionLogGroupArn: pulumi.Input<string>;
    /**
     * ARN of the key that encrypts the channel of a session, or of an alias of it. `logKeyAliasArn` of `KeyServerEncryption` is known at preview,
     * so that the session document can be judged before it exists.
     */
    sessionKeyArn: pulumi.Input<string>;
    /** Account of the server that sessions run as; it exists on servers, without sudo. Defaults to `ssm-user`. */
    runAsUser?: string;
    /** Idle minutes after which a session ends, 1 up to the catalog's `sessionIdleMinutes`. Defaults to that value. */
    idleMinutes?: number;
    /** Minutes after which a session ends in any case, 1 up to what the catalog's `sessionMaximumMinutes` allows. Defaults to that value. */
    maximumMinutes?: number;
    /** Minutes for which a multi-factor login opens sessions. Defaults to the catalog's `sessionMfaAgeMinutes`. */
    mfaAgeMinutes?: number;
    /**
     * Whether the account's default session document, `SSM-SessionManagerRunShell`, is made as well: one stack per account and region may
     * own it. Defaults to false.
     */
    ownsAccountDefault?: boolean;
    /** Region of every child. Defaults to the provider's. */
    region?: pulumi.Input<string>;
    /** Tags of every child. */
    tags?: pulumi.Input<Record<string, pulumi.Input<string>>>;
}

/**
 * Access for people: sessions of Session Manager in place of SSH, encrypted and recorded, as a user without rights. A document by itself
 * stops nobody from using another one, so there is a policy for operators, who may open this kind of session only and only after a
 * multi-factor login, and the text of a service control policy for everybody else.
 */
export class KeyServerAccess extends pulumi.ComponentResource {
    /** Name of the session document. */
    public readonly sessionDocumentName: pulumi.Output<string>;
    /** ARN of the policy that operators carry. */
    public readonly operatorPolicyArn: pulumi.Output<string>;
    /** Text of a service control policy that denies sessions and tunnels around the document, and sessions without a second factor; an organisation attaches it to the accounts of key servers. */
    public readonly serviceControlPolicy: pulumi.Output<string>;
    /** The session document. */
    public readonly sessionDocument: aws.ssm.Document;
    /** The policy that operators carry. */
    public readonly operatorPolicy: aws.iam.Policy;
    /** The account's default session document; absent unless this stack owns it. */
    public readonly accountDefaultDocument?: aws.ssm.Document;

    public constructor(
        name: string,
        args: KeyServerAccessArgs,
        opts?: pulumi.ComponentResourceOptions,
    ) {
        refuse("KeyServerAccess", name, validateKeyServerAccessArgs(args));
        super("keyward:index:KeyServerAccess", name, args, opts);
        const location = findLocation(this, args.region);
        this.sessionDocument = createSessionDocument(name, undefined, args, this);
        if (args.ownsAccountDefault === true) {
            this.accountDefaultDocument = createSessionDocument(
                `${name}-account-default`,
                "SSM-SessionManagerRunShell",
                args,
                this,
            );
        }
        this.operatorPolicy = createOperatorPolicy(name, args, location, this);
        this.sessionDocumentName = this.sessionDocument.name;
        this.operatorPolicyArn = this.operatorPolicy.arn;
        this.serviceControlPolicy = pulumi
            .output({ ...location })
            .apply((place) => JSON.stringify(buildServiceControlPolicy(name, place)));
        this.registerOutputs({
            sessionDocumentName: this.sessionDocumentName,
            operatorPolicyArn: this.operatorPolicyArn,
            serviceControlPolicy: this.serviceControlPolicy,
            sessionDocument: this.sessionDocument,
            operatorPolicy: this.operatorPolicy,
            accountDefaultDocument: this.accountDefaultDocument,
        });
    }
}
