import { TypeToken } from "../../aws/type-tokens";
import type { RegisteredResource } from "../graph/resource";
import { label } from "../reading/labels";
import { failed, settle, undecided } from "../reading/observations";
import { readElements } from "../reading/values";
import type { Observation, Rule } from "./rule";

/** Long-lived identities and credentials, with what they are. */
const forbidden: Readonly<Record<string, string>> = {
    "aws:iam/user:User": "an IAM user",
    "aws:iam/accessKey:AccessKey": "a long-lived access key",
    "aws:iam/userLoginProfile:UserLoginProfile": "a password for the console",
    "aws:iam/serviceSpecificCredential:ServiceSpecificCredential": "a long-lived credential",
    "aws:iam/sshKey:SshKey": "a user's SSH key",
    "aws:iam/signingCertificate:SigningCertificate": "a user's signing certificate",
    [TypeToken.UserPolicy]: "a permission of an IAM user",
    [TypeToken.UserPolicyAttachment]: "a permission of an IAM user",
};

/** A key-server stack makes no IAM user and no credential that lasts, and gives none of either rights. */
export const iamNoUsersOrAccessKeys: Rule = {
    name: "iam-no-users-or-access-keys",
    reads: [...Object.keys(forbidden), TypeToken.PolicyAttachment],
    certainAlone: true,
    *judge({ graph, scope }) {
        for (const [type, what] of Object.entries(forbidden)) {
            for (const resource of graph.ofType(type)) {
                if (scope.includes(resource)) {
                    yield failed(
                        resource,
                        [],
                        `${label(resource)} is ${what}: roles and federated identities need none`,
                    );
                }
            }
        }
        for (const attachment of graph.ofType(TypeToken.PolicyAttachment)) {
            if (scope.includes(attachment)) {
                yield* settle(attachment, judgeUsers(attachment));
            }
        }
    },
};

/** An attachment gives a policy to roles, groups and users at once. */
function judgeUsers(attachment: RegisteredResource): readonly Observation[] {
    const path = ["users"];
    const users = readElements(attachment.properties, path);
    return users.kind === "open"
        ? [undecided(attachment, path, `users ${users.why}`)]
        : users.kind === "known"
          ? [
                failed(
                    attachment,
                    path,
                    `users names ${users.value.length === 1 ? "an IAM user" : `${users.value.length} IAM users`}: roles and federated identities need none`,
                ),
            ]
          : [];
}
