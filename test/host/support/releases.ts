import { OperatingSystemId } from "../../../catalog/operating-systems";

/** A Debian release that the suites build and boot. */
export interface Release {
    readonly operatingSystem: OperatingSystemId;
    readonly suite: string;
    /** Packages of the scanners and their libraries, which differ between releases. */
    readonly scanners: readonly string[];
}

export const bookworm: Release = {
    operatingSystem: OperatingSystemId.Debian12,
    suite: "bookworm",
    scanners: ["lynis", "openscap-scanner"],
};

export const trixie: Release = {
    operatingSystem: OperatingSystemId.Debian13,
    suite: "trixie",
    scanners: ["lynis", "openscap-scanner"],
};
