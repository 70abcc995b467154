import { AddressSet } from "../../aws/address-set";

/** The ranges of a configured list together; what is no CIDR block, or is wider than the shortest prefix allowed, approves nothing. */
export function approvedAddresses(
    blocks: readonly string[],
    minimumPrefixLength: number,
): AddressSet {
    const accepted = blocks.filter(
        (block) => Number(block.slice(block.lastIndexOf("/") + 1)) >= minimumPrefixLength,
    );
    return AddressSet.union(
        accepted.map((block) => AddressSet.parse(block)).filter((set) => set !== undefined),
    );
}

/** The first blocks of a set, as messages show it. */
export function showAddresses(set: AddressSet): string {
    const blocks = set.toCidrs();
    return blocks.length <= 3
        ? blocks.join(", ")
        : `${blocks.slice(0, 3).join(", ")} and ${blocks.length - 3} more ranges`;
}
