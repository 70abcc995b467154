import {
    paginateListComplianceItems,
    type ComplianceItem,
    type SSMClient,
} from "@aws-sdk/client-ssm";

/** Compliance items of one type that a server has published, all pages. Throws what the SDK throws. */
export async function readComplianceItems(
    ssm: SSMClient,
    instanceId: string,
    complianceType: string,
): Promise<readonly ComplianceItem[]> {
    const found: ComplianceItem[] = [];
    const pages = paginateListComplianceItems(
        { client: ssm },
        {
            ResourceIds: [instanceId],
            ResourceTypes: ["ManagedInstance"],
            Filters: [{ Key: "ComplianceType", Values: [complianceType] }],
        },
    );
    for await (const page of pages) {
        found.push(...(page.ComplianceItems ?? []));
    }
    return found;
}
