/** Operating systems that the host profile hardens. The id is what users write. */
export const OperatingSystemId = {
    AmazonLinux2023: "amazon-linux-2023",
    Debian12: "debian-12",
    Debian13: "debian-13",
    Ubuntu2404: "ubuntu-24.04",
} as const;
export type OperatingSystemId = (typeof OperatingSystemId)[keyof typeof OperatingSystemId];

/** One operating system and what AWS's services do for it (see docs/support.md). */
export interface OperatingSystem {
    readonly id: OperatingSystemId;
    readonly title: string;
    readonly family: "amazon-linux" | "debian";
    /** Value of a patch baseline's `operatingSystem`. Source: the SSM API's OperatingSystem enumeration. */
    readonly patchBaselineName: "AMAZON_LINUX_2023" | "DEBIAN" | "UBUNTU";
    /** Value of a patch filter's PRODUCT key. Source: the SSM API's PatchFilter; used by public baselines of this system. */
    readonly patchProduct: string;
    readonly packageManager: "dnf" | "apt";
    /** SSM public parameter of the minimal machine image, by architecture; empty where there is none. */
    readonly imageParameters: Readonly<Partial<Record<"x86_64" | "arm64", string>>>;
    /** Device that the public images start from. Source: their own block device mappings. */
    readonly rootDevice: "/dev/xvda" | "/dev/sda1";
    /** Whether AWS documents support of this system by Patch Manager, Image Builder and its agents. */
    readonly supportedBy: {
        readonly patchManager: boolean;
        readonly imageBuilder: boolean;
        readonly systemsManagerAgent: boolean;
        readonly cloudWatchAgent: boolean;
    };
    /** Whether the package repository is reached through the S3 gateway endpoint. */
    readonly repositoryInS3: boolean;
}

/**
 * Every operating system of the host profile. Support is what AWS's user guides list: Image Builder names no Debian; Debian 13 is
 * missing from Systems Manager, Patch Manager and the CloudWatch agent's lists, its Python being too new for AWS-RunPatchBaseline;
 * the Patch Manager page lacks Ubuntu 24.04. What AWS does not list, Keyward does not promise.
 */
export const operatingSystems: readonly OperatingSystem[] = [
    {
        id: OperatingSystemId.AmazonLinux2023,
        title: "Amazon Linux 2023 (minimal)",
        family: "amazon-linux",
        patchBaselineName: "AMAZON_LINUX_2023",
        patchProduct: "AmazonLinux2023",
        packageManager: "dnf",
        imageParameters: {
            x86_64: "/aws/service/ami-amazon-linux-latest/al2023-ami-minimal-kernel-default-x86_64",
            arm64: "/aws/service/ami-amazon-linux-latest/al2023-ami-minimal-kernel-default-arm64",
        },
        rootDevice: "/dev/xvda",
        supportedBy: {
            patchManager: true,
            imageBuilder: true,
            systemsManagerAgent: true,
            cloudWatchAgent: true,
        },
        repositoryInS3: true,
    },
    {
        id: OperatingSystemId.Debian12,
        title: "Debian 12 (bookworm)",
        family: "debian",
        patchBaselineName: "DEBIAN",
        patchProduct: "Debian12",
        packageManager: "apt",
        imageParameters: {
            x86_64: "/aws/service/debian/release/12/latest/amd64",
            arm64: "/aws/service/debian/release/12/latest/arm64",
        },
        rootDevice: "/dev/xvda",
        supportedBy: {
            patchManager: true,
            imageBuilder: false,
            systemsManagerAgent: true,
            cloudWatchAgent: true,
        },
        repositoryInS3: false,
    },
    {
        id: OperatingSystemId.Debian13,
        title: "Debian 13 (trixie)",
        family: "debian",
        patchBaselineName: "DEBIAN",
        patchProduct: "Debian13",
        packageManager: "apt",
        imageParameters: {
            x86_64: "/aws/service/debian/release/13/latest/amd64",
            arm64: "/aws/service/debian/release/13/latest/arm64",
        },
        rootDevice: "/dev/xvda",
        supportedBy: {
            patchManager: false,
            imageBuilder: false,
            systemsManagerAgent: false,
            cloudWatchAgent: false,
        },
        repositoryInS3: false,
    },
    {
        id: OperatingSystemId.Ubuntu2404,
        title: "Ubuntu 24.04 LTS (noble, minimal)",
        family: "debian",
        patchBaselineName: "UBUNTU",
        patchProduct: "Ubuntu24.04",
        packageManager: "apt",
        imageParameters: {
            x86_64: "/aws/service/canonical/ubuntu/server-minimal/24.04/stable/current/amd64/hvm/ebs-gp3/ami-id",
            arm64: "/aws/service/canonical/ubuntu/server-minimal/24.04/stable/current/arm64/hvm/ebs-gp3/ami-id",
        },
        rootDevice: "/dev/sda1",
        supportedBy: {
            patchManager: false,
            imageBuilder: true,
            systemsManagerAgent: true,
            cloudWatchAgent: true,
        },
        repositoryInS3: false,
    },
];

export function isOperatingSystemId(id: string): id is OperatingSystemId {
    return operatingSystems.some((known) => known.id === id);
}

/** The operating system with that id. Throws for an unknown one, naming those that exist. */
export function operatingSystem(id: string): OperatingSystem {
    const found = operatingSystems.find((known) => known.id === id);
    if (found === undefined) {
        const ids = operatingSystems.map((known) => known.id).join(", ");
        throw new Error(`no operating system "${id}"; there are: ${ids}`);
    }
    return found;
}

/** Ids of every operating system, for what applies to all of them. */
export const everySystem: readonly OperatingSystemId[] = operatingSystems.map((known) => known.id);
