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
    readonly packageManager: "dnf" | "apt";
    /** SSM public parameter of the minimal machine image, by architecture; empty where there is none. */
    readonly imageParameters: Readonly<Partial<Record<"x86_64" | "arm64", string>>>;
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
