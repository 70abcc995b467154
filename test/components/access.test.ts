import assert from "node:assert/strict";
import * as keyward from "../../components";
import { isAllowed } from "../support/iam-simulation";
import { record } from "../support/monitor";
import { logGroups, logKeyArn } from "./programs";

const place = "eu-central-1:111122223333";
const instance = `arn:aws:ec2:${place}:instance/i-1`;
const document = (name: string): string => `arn:aws:ssm:${place}:document/${name}`;
const session = (id: string): string => `arn:aws:ssm:${place}:session/${id}`;
const loggedIn = { "aws:MultiFactorAuthPresent": "true", "aws:MultiFactorAuthAge": "60" };
const keyServer = { "ssm:resourceTag/keyward:role": "key-server" };
const checked = { "ssm:SessionDocumentAccessCheck": "true" };

/** Documents of AWS that open a shell or a tunnel, unrecorded or as another user. */
const others = [
    "SSM-SessionManagerRunShell",
    "AWS-StartSSHSession",
    "AWS-StartPortForwardingSession",
    "AWS-StartPortForwardingSessionToRemoteHost",
    "AWS-StartInteractiveCommand",
    "AWS-StartNonInteractiveCommand",
];

describe("who opens sessions", () => {
    let ours: string;
    let operator: string;
    let organisation: string;

    before(async () => {
        const { resources, outputs } = await record(
            () =>
                new keyward.KeyServerAccess("vault", {
                    sessionLogGroupArn: logGroups.sessionLogGroupArn,
                    sessionKeyArn: logKeyArn,
                }),
        );
        const find = (type: string): Readonly<Record<string, unknown>> =>
            resources.find((resource) => resource.type === type)?.inputs ?? {};
        ours = document(String(find("aws:ssm/document:Document").name));
        operator = String(find("aws:iam/policy:Policy").policy);
        organisation = String(
            outputs["keyward:index:KeyServerAccess::vault"]?.["serviceControlPolicy"],
        );
    });

    const may = async (
        who: "operator" | "administrator",
        action: string,
        resource: string,
        context: Readonly<Record<string, string>>,
    ): Promise<boolean> =>
        isAllowed({
            principal: `arn:aws:iam::111122223333:role/${who}`,
            action,
            resource,
            context: { "aws:userid": "AROAEXAMPLE:alice", ...context },
            ...(who === "operator"
                ? { identityPolicies: [operator] }
                : {
                      identityPolicies: [everything],
                      controlPolicies: [everything, organisation],
                  }),
        });

    it("operators do with the one document, after a login with a second factor, and with no other", async () => {
        assert.equal(await may("operator", "ssm:StartSession", ours, loggedIn), true);
        assert.equal(await may("operator", "ssm:StartSession", ours, {}), false);
        for (const other of others) {
            assert.equal(
                await may("operator", "ssm:StartSession", document(other), loggedIn),
                false,
                other,
            );
        }
    });

    it("operators end and resume their own sessions and nobody else's", async () => {
        // The simulator knows no resource of ssmmessages:OpenDataChannel, which AWS's guide scopes alike.
        for (const action of ["ssm:TerminateSession", "ssm:ResumeSession"]) {
            const on = (id: string): Promise<boolean> => may("operator", action, session(id), {});
            assert.deepEqual(
                [await on("AROAEXAMPLE:alice-0123"), await on("AROAEXAMPLE:bob-0123")],
                [true, false],
                action,
            );
        }
    });

    it("nobody in the organisation does otherwise, whatever rights they have", async () => {
        const start = (
            resource: string,
            context: Readonly<Record<string, string>>,
        ): Promise<boolean> => may("administrator", "ssm:StartSession", resource, context);
        assert.equal(await start(ours, loggedIn), true);
        assert.equal(await start(instance, { ...loggedIn, ...keyServer, ...checked }), true);
        for (const other of others) {
            assert.equal(await start(document(other), loggedIn), false, other);
        }
        const without = { ...keyServer, ...checked, "aws:MultiFactorAuthPresent": "false" };
        assert.equal(await start(instance, without), false);
        assert.equal(await start(instance, { ...keyServer, ...checked }), false);
        assert.equal(await start(instance, { ...loggedIn, ...keyServer }), true);
        const unchecked = { ...checked, "ssm:SessionDocumentAccessCheck": "false" };
        assert.equal(await start(instance, { ...loggedIn, ...keyServer, ...unchecked }), false);
    });

    it("leaves other servers and other actions of the organisation alone", async () => {
        const other = { "ssm:resourceTag/keyward:role": "web" };
        assert.equal(await may("administrator", "ssm:StartSession", instance, other), true);
        assert.equal(await may("administrator", "ec2:DescribeInstances", "*", {}), true);
    });

    it("is text that Organizations takes: below 5,120 characters", () => {
        assert.ok(organisation.length <= 5120, String(organisation.length));
    });
});

const everything = {
    Version: "2012-10-17",
    Statement: [{ Effect: "Allow", Action: "*", Resource: "*" }],
};
