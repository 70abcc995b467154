/** What an organisation demands to be covered. */
export interface PatchDemand {
    readonly classifications: readonly string[];
    readonly severities: readonly string[];
    readonly priorities: readonly string[];
}

const aptSystems = new Set(["DEBIAN", "UBUNTU", "RASPBIAN"]);
/** Systems whose errata say Moderate where Amazon Linux says Medium. */
const moderateSystems = new Set([
    "ALMA_LINUX",
    "CENTOS",
    "ORACLE_LINUX",
    "REDHAT_ENTERPRISE_LINUX",
    "ROCKY_LINUX",
    "SUSE",
]);
const amazonSystems = new Set([
    "AMAZON_LINUX",
    "AMAZON_LINUX_2",
    "AMAZON_LINUX_2022",
    "AMAZON_LINUX_2023",
]);

/**
 * The combinations of filter values that the approval rules of a baseline must cover on an operating system; undefined for a system
 * whose filters are not known here. Source: AWS Systems Manager API, PatchFilter and DescribePatchProperties.
 */
export function requiredCombinations(
    operatingSystem: string,
    demand: PatchDemand,
): readonly Readonly<Record<string, string>>[] | undefined {
    if (aptSystems.has(operatingSystem)) {
        return demand.priorities.map((priority) => ({ PRIORITY: priority }));
    }
    if (operatingSystem === "WINDOWS") {
        return ["SecurityUpdates", "CriticalUpdates"].flatMap((classification) =>
            ["Critical", "Important"].map((severity) => ({
                CLASSIFICATION: classification,
                MSRC_SEVERITY: severity,
            })),
        );
    }
    if (!amazonSystems.has(operatingSystem) && !moderateSystems.has(operatingSystem)) {
        return undefined;
    }
    const word = (severity: string): string =>
        severity === "Medium" && moderateSystems.has(operatingSystem) ? "Moderate" : severity;
    return demand.classifications.flatMap((classification) =>
        demand.severities.map((severity) => ({
            CLASSIFICATION: classification,
            SEVERITY: word(severity),
        })),
    );
}

/** Whether one value of a filter lets a product through: `*`, the product itself or a release of it. */
export function coversProduct(filterValue: string, product: string): boolean {
    return filterValue === "*" || filterValue === product || filterValue.startsWith(`${product}.`);
}
