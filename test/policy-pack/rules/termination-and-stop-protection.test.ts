import assert from "node:assert/strict";
import { terminationAndStopProtection as rule } from "../../../policy-pack/rules/termination-and-stop-protection";
import { contextOf, from, messages, resource, unknown, verdicts } from "../../support/graph";

const instance = "aws:ec2/instance:Instance";
const template = "aws:ec2/launchTemplate:LaunchTemplate";

describe("termination-and-stop-protection", () => {
    it("passes a server with both protections, in whatever type they are written", () => {
        const stack = [
            resource(instance, "a", { disableApiTermination: true, disableApiStop: true }),
            resource(instance, "b", { disableApiTermination: "true", disableApiStop: 1 }),
        ];
        assert.deepEqual(verdicts(rule, stack), ["pass a", "pass b"]);
    });

    it("reports each missing protection at its own property", () => {
        const stack = [
            resource(instance, "a", { disableApiTermination: true }),
            resource(instance, "b", { disableApiTermination: false, disableApiStop: true }),
            resource(instance, "c"),
        ];
        assert.deepEqual(verdicts(rule, stack), [
            "fail a disableApiStop",
            "fail b disableApiTermination",
            "fail c disableApiStop",
            "fail c disableApiTermination",
        ]);
        assert.deepEqual(messages(rule, stack.slice(0, 2)), [
            "disableApiStop is not set, so the server can be stopped by one API call",
            "disableApiTermination is false, so the server can be terminated by one API call",
        ]);
    });

    it("is indeterminate for a protection that is unknown or unreadable", () => {
        const server = resource(instance, "vault", {
            disableApiTermination: unknown,
            disableApiStop: "perhaps",
        });
        assert.deepEqual(verdicts(rule, [server]), [
            "indeterminate vault disableApiStop",
            "indeterminate vault disableApiTermination",
        ]);
    });

    it("takes the protections from a template, and fails on the instance when that lacks them", () => {
        const good = resource(template, "good", {
            disableApiTermination: true,
            disableApiStop: true,
        });
        const bare = resource(template, "bare");
        const stack = [
            good,
            bare,
            resource(instance, "a", { launchTemplate: { id: from(good) } }),
            resource(instance, "b", { launchTemplate: { id: from(bare) } }),
            resource(instance, "c", { launchTemplate: { id: "lt-1" } }),
        ];
        assert.deepEqual(verdicts(rule, stack), [
            "fail b disableApiStop",
            "fail b disableApiTermination",
            "indeterminate c launchTemplate.id",
            "indeterminate c launchTemplate.id",
            "not-applicable bare",
            "not-applicable good",
            "pass a",
        ]);
    });

    it("fails spot instances, which have no protection, and leaves replaceable groups alone", () => {
        const stack = [
            resource("aws:ec2/spotInstanceRequest:SpotInstanceRequest", "spot"),
            resource("aws:autoscaling/group:Group", "nodes"),
        ];
        assert.deepEqual(verdicts(rule, stack), ["fail spot", "not-applicable nodes"]);
    });

    it("remediates what is off, not what is unknown", () => {
        const server = resource(instance, "vault", {
            disableApiTermination: unknown,
            disableApiStop: false,
        });
        assert.deepEqual(rule.remediate?.(server, contextOf(rule, [])), [
            { path: ["disableApiStop"], value: true },
        ]);
    });

    for (const [title, protection, expected] of [
        ["passes one that cannot be deleted", { enableDeletionProtection: true }, "pass front"],
        ["fails one that can", {}, "fail front enableDeletionProtection"],
        [
            "fails one that says so",
            { enableDeletionProtection: "false" },
            "fail front enableDeletionProtection",
        ],
        [
            "is indeterminate where that is not known",
            { enableDeletionProtection: unknown },
            "indeterminate front enableDeletionProtection",
        ],
    ] as const) {
        it(`judges the load balancer before a server: ${title}`, () => {
            const server = resource(instance, "vault", {
                disableApiTermination: true,
                disableApiStop: true,
            });
            const front = resource("aws:lb/loadBalancer:LoadBalancer", "front", protection);
            const group = resource("aws:lb/targetGroup:TargetGroup", "group");
            const stack = [
                server,
                front,
                group,
                resource("aws:lb/targetGroupAttachment:TargetGroupAttachment", "member", {
                    targetGroupArn: from(group),
                    targetId: from(server),
                }),
                resource("aws:lb/listener:Listener", "port", {
                    loadBalancerArn: from(front),
                    defaultActions: [{ targetGroupArn: from(group) }],
                }),
            ];
            assert.deepEqual(verdicts(rule, stack), [expected, "pass vault"].sort());
            assert.deepEqual(verdicts(rule, [server, front]), ["pass vault"]);
        });
    }
});
