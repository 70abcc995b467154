import assert from "node:assert/strict";
import { iamManagedPolicyAllowlist as rule } from "../../../policy-pack/rules/iam-managed-policy-allowlist";
import { from, judge, messages, resource, unknown, verdicts } from "../../support/graph";

const aws = (name: string) => `arn:aws:iam::aws:policy/${name}`;
const core = aws("AmazonSSMManagedInstanceCore");
const foreign = "arn:aws:iam::111122223333:policy/operators";
const attachment = (policyArn: unknown) =>
    resource("aws:iam/rolePolicyAttachment:RolePolicyAttachment", "a", { role: "r", policyArn });
const role = (managedPolicyArns: unknown) =>
    resource("aws:iam/role:Role", "role", { managedPolicyArns });

describe("iam-managed-policy-allowlist", () => {
    for (const [title, arn, expected] of [
        ["passes an allowed policy", core, "pass a"],
        ["passes it in another partition", core.replace("arn:aws:", "arn:aws-cn:"), "pass a"],
        ["passes it below a path", aws("service-role/AWSLambdaBasicExecutionRole"), "pass a"],
        ["fails a forbidden policy", aws("AdministratorAccess"), "fail a policyArn"],
        [
            "fails a forbidden policy below a path",
            aws("service-role/AmazonEC2RoleforSSM"),
            "fail a policyArn",
        ],
        ["fails a policy that is not listed", aws("ReadOnlyAccess"), "fail a policyArn"],
        ["is indeterminate for a policy outside the stack", foreign, "indeterminate a policyArn"],
        ["is indeterminate for an unknown policy", unknown, "indeterminate a policyArn"],
        ["is indeterminate for what is no ARN", { a: 1 }, "indeterminate a policyArn"],
    ] as const) {
        it(title, () => {
            assert.deepEqual(verdicts(rule, [attachment(arn)]), [expected]);
        });
    }

    it("passes policies of this stack, known or not", () => {
        const policy = resource("aws:iam/policy:Policy", "policy", { arn: foreign });
        for (const arn of [from(policy), foreign]) {
            assert.deepEqual(verdicts(rule, [policy, attachment(arn)]), ["pass a"]);
        }
    });

    it("reads a role's list to its end, unknown first or last", () => {
        for (const [list, places] of [
            [
                [unknown, aws("IAMFullAccess")],
                ["fail role managedPolicyArns[1]", "indeterminate role managedPolicyArns[0]"],
            ],
            [
                [aws("IAMFullAccess"), unknown],
                ["fail role managedPolicyArns[0]", "indeterminate role managedPolicyArns[1]"],
            ],
            [[core], ["pass role"]],
            [[], ["pass role"]],
            [undefined, ["pass role"]],
            [unknown, ["indeterminate role managedPolicyArns"]],
        ] as const) {
            assert.deepEqual(verdicts(rule, [role(list)]), places);
        }
    });

    it("reads every form of attachment", () => {
        const arn = aws("PowerUserAccess");
        const stack = [
            resource("aws:iam/policyAttachment:PolicyAttachment", "a", { policyArn: arn }),
            resource("aws:iam/userPolicyAttachment:UserPolicyAttachment", "b", { policyArn: arn }),
            resource("aws:iam/groupPolicyAttachment:GroupPolicyAttachment", "c", {
                policyArn: arn,
            }),
            ...(["role", "user", "group"] as const).map((kind) => {
                const type = `${kind}PolicyAttachmentsExclusive`;
                const token = `aws:iam/${type}:${type.charAt(0).toUpperCase()}${type.slice(1)}`;
                return resource(token, kind, { policyArns: [core, arn] });
            }),
        ];
        assert.deepEqual(verdicts(rule, stack), [
            "fail a policyArn",
            "fail b policyArn",
            "fail c policyArn",
            "fail group policyArns[1]",
            "fail role policyArns[1]",
            "fail user policyArns[1]",
        ]);
    });

    it("takes both lists from the configuration; what is forbidden stays so", () => {
        const parameters = { allowedManagedPolicies: [foreign, "IAMFullAccess"] };
        assert.deepEqual(verdicts(rule, [attachment(foreign)], { parameters }), ["pass a"]);
        assert.deepEqual(verdicts(rule, [attachment(aws("IAMFullAccess"))], { parameters }), [
            "fail a policyArn",
        ]);
    });

    it("names the policy, and tells two apart by ARN", () => {
        const list = role([aws("IAMFullAccess"), aws("ViewOnlyAccess")]);
        assert.deepEqual(messages(rule, [list]), [
            "managedPolicyArns[0] attaches IAMFullAccess, which no role may carry",
            "managedPolicyArns[1] attaches ViewOnlyAccess, which is none of the allowed policies of AWS",
        ]);
        assert.deepEqual(
            judge(rule, [list]).map(({ subject }) => subject),
            [aws("IAMFullAccess"), aws("ViewOnlyAccess")],
        );
    });
});
