import { paginateDescribeInstanceInformation, type SSMClient } from "@aws-sdk/client-ssm";

/**
 * Ids of the servers that carry a patch group's tag and that Systems Manager has ever heard of, online or not; sorted. Throws what the
 * SDK throws: a promotion that does not know its canaries must not decide.
 */
export async function findCanaries(ssm: SSMClient, group: string): Promise<readonly string[]> {
    const found: string[] = [];
    const pages = paginateDescribeInstanceInformation(
        { client: ssm },
        { Filters: [{ Key: "tag:PatchGroup", Values: [group] }] },
    );
    for await (const page of pages) {
        found.push(
            ...(page.InstanceInformationList ?? []).flatMap(({ InstanceId }) => InstanceId ?? []),
        );
    }
    return found.sort();
}
