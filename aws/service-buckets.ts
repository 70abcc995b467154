/**
 * Unique suffixes of the buckets that hold Patch Manager's programs, by region.
 * Source: AWS Systems Manager user guide, "Reference: Amazon S3 buckets for patching".
 */
const patchManagerSuffixes: Readonly<Record<string, string>> = {
    "af-south-1": "bdd5f65a9",
    "ap-east-1": "632356271",
    "ap-northeast-1": "4849fa78f",
    "ap-northeast-2": "10467995c",
    "ap-northeast-3": "67373598a",
    "ap-south-1": "cb7c62ff9",
    "ap-south-2": "32f4b4128",
    "ap-southeast-1": "7fdfd9ef7",
    "ap-southeast-2": "17283a275",
    "ap-southeast-3": "aa48fc462",
    "ap-southeast-4": "01e2c40d3",
    "ca-central-1": "3148e69e3",
    "ca-west-1": "9e3a4b2f9",
    "eu-central-1": "9163fdaaf",
    "eu-central-2": "184ce43c8",
    "eu-north-1": "795879e9b",
    "eu-south-1": "c52f3f594",
    "eu-south-2": "a4cf248b1",
    "eu-west-1": "5522fb710",
    "eu-west-2": "902a2bc74",
    "eu-west-3": "29bf85721",
    "il-central-1": "e221cb57b",
    "me-central-1": "2932f2f80",
    "me-south-1": "a53fc9dce",
    "sa-east-1": "ddf4b6a09",
    "us-east-1": "1970c647d",
    "us-east-2": "552881074",
    "us-west-1": "8badb4304",
    "us-west-2": "34d7f99f8",
};

/** Suffixes of the buckets of patch-baseline snapshots; the other regions have none. Source: the same page. */
const snapshotSuffixes: Readonly<Record<string, string>> = {
    "af-south-1": "tbxdb5b9",
    "ap-south-2": "50209442",
    "ap-southeast-3": "be0a3174",
    "ap-southeast-4": "dc6f76ce",
    "eu-south-2": "df2c9d70",
    "me-south-1": "uduvl7q8",
};

/** Regions whose patch buckets are documented, sorted. */
export const regionsWithPatchBuckets: readonly string[] = Object.keys(patchManagerSuffixes).sort();

/**
 * Names of Amazon's own buckets that a managed server of the region reads: agents, documents, patch programs and snapshots, and the
 * repositories of Amazon Linux 2023. Throws for a region whose patch buckets are not documented.
 */
export function serviceBuckets(region: string): readonly string[] {
    const patchManager = patchManagerSuffixes[region];
    if (patchManager === undefined) {
        throw new Error(
            `AWS documents no Patch Manager bucket for region "${region}"; known are ${regionsWithPatchBuckets.join(", ")}`,
        );
    }
    const snapshot = snapshotSuffixes[region];
    return [
        `al2023-${region}`,
        `al2023-repos-${region}-de612dc2`,
        `amazon-ssm-${region}`,
        `amazon-ssm-packages-${region}`,
        `amazoncloudwatch-agent-${region}`,
        `aws-patch-manager-${region}-${patchManager}`,
        `aws-ssm-${region}`,
        `aws-ssm-distributor-file-${region}`,
        `aws-ssm-document-attachments-${region}`,
        `patch-baseline-snapshot-${region}${snapshot === undefined ? "" : `-${snapshot}`}`,
        `${region}-birdwatcher-prod`,
    ];
}

/** Names of EC2 Image Builder's buckets of a region, which builders read. Source: EC2 Image Builder user guide, VPC endpoints. */
export function imageBuilderBuckets(region: string): readonly string[] {
    return [
        `ec2imagebuilder-managed-resources-${region}-prod`,
        `ec2imagebuilder-toe-${region}-prod`,
    ];
}

/** Regions opened before 2024, which have the older message service of Systems Manager. */
export function hasEc2Messages(region: string): boolean {
    return !regionsWithoutEc2Messages.has(region);
}

/** Source: AWS Systems Manager user guide, "ec2messages and other API operations": regions launched from 2024 on. */
const regionsWithoutEc2Messages = new Set([
    "ap-east-2",
    "ap-southeast-5",
    "ap-southeast-6",
    "ap-southeast-7",
    "mx-central-1",
]);
