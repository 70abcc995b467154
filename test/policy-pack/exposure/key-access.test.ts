import assert from "node:assert/strict";
import type { RegisteredResource } from "../../../policy-pack/graph/resource";
import { from, resource, unknown } from "../../support/graph";
import { accessLines, exposure } from "../../support/exposure";

const home = "111122223333";
const other = "444455556666";
const stranger = `arn:aws:iam::${other}:role/other`;
const administration = {
    Effect: "Allow",
    Principal: { AWS: `arn:aws:iam::${home}:role/administrator` },
    Action: "kms:PutKeyPolicy",
    Resource: "*",
};
const role = resource("aws:iam/role:Role", "server", { arn: `arn:aws:iam::${home}:role/server` });
const beside = resource("aws:iam/role:Role", "beside", { arn: `arn:aws:iam::${home}:role/beside` });

function keyWith(...statements: readonly unknown[]): RegisteredResource {
    return resource("aws:kms/key:Key", "unseal", {
        policy: { Version: "2012-10-17", Statement: statements },
    });
}

function decrypts(...resources: readonly RegisteredResource[]): readonly string[] {
    return accessLines(...resources).filter((line) => line.includes(" kms:Decrypt "));
}

describe("access to keys", () => {
    it("lists an account that the policy names by its bare id", () => {
        const decrypt = { Effect: "Allow", Action: "kms:Decrypt", Principal: { AWS: other } };
        assert.deepEqual(accessLines(keyWith(decrypt)), [`${other} kms:Decrypt unseal allowed`]);
    });

    it("lists everybody whom an exclusion of some admits, and not those", () => {
        const decrypt = {
            Effect: "Allow",
            Action: "kms:Decrypt",
            NotPrincipal: { AWS: `arn:aws:iam::${home}:role/server` },
        };
        assert.deepEqual(accessLines(role, beside, keyWith(decrypt)), [
            "* kms:Decrypt unseal allowed",
            "beside kms:Decrypt unseal allowed",
        ]);
    });

    const grant = (granteePrincipal: unknown, key: RegisteredResource, more = {}) =>
        resource("aws:kms/grant:Grant", "use", {
            keyId: from(key),
            granteePrincipal,
            operations: ["Encrypt", "Decrypt"],
            ...more,
        });

    it("lists who gets a grant, with the grant in the chain", () => {
        const key = keyWith(administration);
        for (const [grantee, principal] of [
            [from(role), "server"],
            [stranger, stranger],
            [other, other],
        ] as const) {
            assert.deepEqual(decrypts(role, beside, key, grant(grantee, key)), [
                `${principal} kms:Decrypt unseal allowed`,
            ]);
        }
        const paths = exposure(role, key, grant(from(role), key)).access;
        assert.deepEqual(
            paths.filter(({ action }) => action === "kms:Decrypt").map(({ chain }) => chain),
            [['role "server"', 'grant "use" granteePrincipal', 'key "unseal"']],
        );
    });

    it("lists a grant of a key without a policy", () => {
        const key = resource("aws:kms/key:Key", "unseal");
        assert.deepEqual(decrypts(key, grant(stranger, key)), [
            `${stranger} kms:Decrypt unseal allowed`,
        ]);
    });

    it("lets a denial of the key's policy win over a grant", () => {
        const denial = { Effect: "Deny", Action: "kms:Decrypt", Principal: "*", Resource: "*" };
        const key = keyWith(administration, denial);
        assert.deepEqual(decrypts(role, key, grant(from(role), key)), []);
        assert.deepEqual(decrypts(key, grant(stranger, key)), []);
    });

    it("tells the encryption context that a grant demands", () => {
        const key = keyWith(administration);
        const constraints = [{ encryptionContextSubset: { Purpose: "unseal" } }];
        assert.deepEqual(decrypts(role, key, grant(from(role), key, { constraints })), [
            "server kms:Decrypt unseal allowed with kms:encryptioncontext:purpose = unseal",
        ]);
    });

    it("is indeterminate for a grantee that is not known, and takes unknown operations for all", () => {
        const key = keyWith(administration);
        assert.deepEqual(decrypts(key, grant(unknown, key)), [
            'unknown kms:Decrypt unseal indeterminate if granteePrincipal of grant "use" is not known before deployment',
        ]);
        assert.deepEqual(decrypts(role, key, grant(from(role), key, { operations: unknown })), [
            'server kms:Decrypt unseal indeterminate if who or what of Allow in the statement "grant use" is not known',
        ]);
    });
});
