import { formatPath, type PropertyPath } from "../graph/peek";
import type { RegisteredResource } from "../graph/resource";
import type { Observation } from "../rules/rule";
import { failed, undecided } from "./observations";
import { readElements, readText } from "./values";

/** Type tokens of access lists that are resources of their own, in both of the provider's generations. */
export const accessLists: readonly string[] = [
    "aws:s3/bucketAcl:BucketAcl",
    "aws:s3/bucketAclV2:BucketAclV2",
];

/** Canned lists for everybody, and for everybody with an account of AWS. Source: S3 user guide, canned ACL. */
const cannedForStrangers = /^(public|authenticated)-read/;

/** Groups of strangers that a grant may name. Source: S3 user guide, Amazon S3 predefined groups. */
const strangers = /\/groups\/global\/(AllUsers|AuthenticatedUsers)$/;

/** What the access list of a bucket, canned or written out, inside the bucket or beside it, gives to strangers. */
export function judgeAccessList(resource: RegisteredResource): readonly Observation[] {
    const acl = readText(resource.properties, ["acl"]);
    return [
        ...(acl.kind === "open" ? [undecided(resource, ["acl"], `acl ${acl.why}`)] : []),
        ...(acl.kind === "known" && cannedForStrangers.test(acl.value)
            ? [failed(resource, ["acl"], `acl is "${acl.value}": strangers may use the bucket`)]
            : []),
        ...(accessLists.includes(resource.type)
            ? judgeGrants(resource, ["accessControlPolicy", "grants"], ["grantee", "uri"])
            : judgeGrants(resource, ["grants"], ["uri"])),
    ];
}

function judgeGrants(
    resource: RegisteredResource,
    list: PropertyPath,
    grantee: PropertyPath,
): readonly Observation[] {
    const grants = readElements(resource.properties, list);
    if (grants.kind === "open") {
        return [undecided(resource, list, `${formatPath(list)} ${grants.why}`)];
    }
    return (grants.kind === "known" ? grants.value : []).flatMap((grant) => {
        const path = [...grant, ...grantee];
        const uri = readText(resource.properties, path);
        if (uri.kind === "open") {
            return [undecided(resource, path, `${formatPath(path)} ${uri.why}`)];
        }
        const group = uri.kind === "known" ? strangers.exec(uri.value)?.[1] : undefined;
        return group === undefined
            ? []
            : [
                  failed(
                      resource,
                      path,
                      `${formatPath(path)} is the group ${group}: strangers may use the bucket`,
                      group,
                  ),
              ];
    });
}
