import { customerKeyTypes, TypeToken, vpcTypes } from "../../aws/type-tokens";
import { reach, type Links } from "./links";
import { peek } from "./peek";
import type { RegisteredResource } from "./resource";

/** Types that are a whole network. */
export const networkTypes: ReadonlySet<string> = new Set([...vpcTypes, "aws-native:ec2:VPC"]);

/** What ties an unmarked machine to a key server: whoever holds it can reach the server or what it protects. */
const tieTypes = new Set<string>([
    ...networkTypes,
    ...customerKeyTypes,
    "aws-native:kms:Key",
    TypeToken.Role,
    "aws-native:iam:Role",
]);

/** Properties that place a machine in a network. */
const placements = [
    ["subnetId"],
    ["vpcZoneIdentifiers"],
    ["vpcSecurityGroupIds"],
    ["networkInterfaces"],
    ["primaryNetworkInterface"],
] as const;

/**
 * Tells whether a machine shares a network, role or key with one of the marked ones, is made from the same template or is one. With
 * `doubtful`, a machine whose network this graph does not show (the default VPC, an adopted subnet, an unknown value) shares it.
 */
export function sharesWith(
    marked: readonly RegisteredResource[],
    links: Links,
    doubtful: boolean,
): (machine: RegisteredResource) => boolean {
    const theirs = reach(marked, links.from);
    const machines = new Set(marked);
    return (machine) => {
        if (theirs.has(machine)) {
            return true;
        }
        const own = [...reach([machine], links.from)];
        return (
            own.some(
                (other) => machines.has(other) || (tieTypes.has(other.type) && theirs.has(other)),
            ) ||
            (doubtful &&
                !own.some((other) => networkTypes.has(other.type)) &&
                !isTemplateInUse(machine, links))
        );
    };
}

/** A launch template need not name a network itself: the machines made of it do, and are judged in their own right. */
function isTemplateInUse(machine: RegisteredResource, links: Links): boolean {
    return (
        machine.type === TypeToken.LaunchTemplate &&
        placements.every((path) => peek(machine.properties, path).kind === "absent") &&
        links.to(machine).length > 0
    );
}
