/** Bounds of a whole number that people give, both inclusive. */
interface Range {
    readonly from: number;
    readonly to: number;
    /** Where the bounds come from. */
    readonly source: string;
}

/** Bounds of numbers that are no parameters: an organisation cannot tighten them. */
export const ranges = {
    dataVolumeGibibytes: {
        from: 10,
        to: 16_384,
        source: "Amazon EBS user guide, volume types: gp3; the bounds are Keyward's",
    },
    keptImages: { from: 1, to: 100, source: "Keyward's: as many as one looks through" },
    maintenanceWindowHours: {
        from: 1,
        to: 24,
        source: "AWS Systems Manager API reference, CreateMaintenanceWindow",
    },
    rootVolumeGibibytes: {
        from: 8,
        to: 1024,
        source: "Amazon EBS user guide, volume types: gp3; the bounds are Keyward's",
    },
    serverNumber: { from: 1, to: 7, source: "Keyward's: servers are numbered from 1 to size" },
    tcpPort: { from: 1, to: 65_535, source: "RFC 9293 3.1; RFC 6335 6" },
    verifyMinutes: {
        from: 5,
        to: 240,
        source: "Keyward's: the first boot takes minutes, and an update must end",
    },
} as const satisfies Readonly<Record<string, Range>>;

export type RangeId = keyof typeof ranges;
