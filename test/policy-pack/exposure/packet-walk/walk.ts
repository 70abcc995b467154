import { AddressSet } from "../../../../aws/address-set";
import {
    endpointName,
    peerGroupName,
    vpcBlock,
    type Balancer,
    type Packet,
    type Route,
    type Rule,
    type Sketch,
} from "./sketch";

/** Whether a packet goes through: every hop asked in turn, address by address. */
export function walks(stack: Sketch, packet: Packet): boolean {
    if (packet.address === endpointName || packet.address === peerGroupName) {
        const rules = packet.address === endpointName ? stack.toEndpoint : stack.toPeerGroup;
        return (
            packet.direction === "egress" && rules?.some((each) => carries(each, packet)) === true
        );
    }
    return walksDirectly(stack, packet) || walksThroughBalancer(stack, packet);
}

function walksDirectly(stack: Sketch, packet: Packet): boolean {
    const admitted = stack[packet.direction].some((each) => fits(each, packet));
    const verdict = stack.acl
        .filter(({ direction }) => direction === packet.direction)
        .find((each) => fits(each, packet));
    const passes = !stack.hasAcl || verdict?.allows === true;
    return admitted && passes && isRouted(stack.routes, stack.isPublic, packet);
}

/** To the load balancer's own address, through its group and listener; what it forwards the server takes in any case. */
function walksThroughBalancer({ balancer: front }: Sketch, packet: Packet): boolean {
    return (
        front !== undefined &&
        packet.direction === "ingress" &&
        (front.ingress === undefined || front.ingress.some((each) => fits(each, packet))) &&
        front.listeners.some((listener) => listens(listener, packet)) &&
        isRouted(front.routes, !front.isInternal, packet)
    );
}

function listens({ port, protocol }: Balancer["listeners"][number], packet: Packet): boolean {
    const taken = { TCP: ["tcp"], TLS: ["tcp"], UDP: ["udp"], TCP_UDP: ["tcp", "udp"] }[protocol];
    return port === packet.port && taken.includes(packet.protocol);
}

function fits(each: Rule, packet: Packet): boolean {
    return carries(each, packet) && holds(each.cidr, packet.address);
}

function carries(each: Rule, { protocol, port }: Packet): boolean {
    const isPort = each.protocol === "-1" || (port >= each.from && port <= each.to);
    return isPort && (each.protocol === "-1" || each.protocol === protocol);
}

function isRouted(
    written: readonly Route[],
    isPublic: boolean,
    { direction, address }: Packet,
): boolean {
    if (holds(vpcBlock, address)) {
        return true;
    }
    const length = (cidr: string): number => Number(cidr.split("/")[1]);
    const [route] = written
        .filter(({ cidr }) => holds(cidr, address))
        .sort((a, b) => length(b.cidr) - length(a.cidr));
    const isPrivate = holds("10.0.0.0/8", address);
    switch (route?.via) {
        case undefined:
            return false;
        case "vpcPeeringConnectionId":
            return true;
        case "gatewayId":
            return isPublic && !isPrivate;
        case "natGatewayId":
            return direction === "egress" && !isPrivate;
    }
}

const answers = new Map<string, boolean>();

/** Whether a block holds an address. */
export function holds(cidr: string, address: string): boolean {
    const question = `${cidr} ${address}`;
    const answer =
        answers.get(question) ?? AddressSet.of(cidr).contains(AddressSet.of(`${address}/32`));
    answers.set(question, answer);
    return answer;
}

/** Whether only a public block, reached through a gateway, can show a private address that no route carries. */
export function isCarriedNowhere(stack: Sketch, packet: Packet): boolean {
    const { address, direction } = packet;
    const isPrivate = /^10\./.test(address);
    const front = direction === "ingress" ? stack.balancer : undefined;
    return (
        isPrivate &&
        (!isRouted(stack.routes, stack.isPublic, packet) ||
            (front !== undefined && !isRouted(front.routes, !front.isInternal, packet)))
    );
}
