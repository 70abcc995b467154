import { isDebianFamily, type HostContext } from "../context";

/** `tcp/8200` and the like: what may listen beyond the loopback addresses. */
export function declaredListeners(context: HostContext): readonly string[] {
    const { value } = context;
    const dhcp = ["udp/68", "udp/546"];
    const ssh = value("hostSshEnabled") ? [value("sshdPort")] : [];
    return [
        ...[...servicePorts(context), ...peerPorts(context), ...ssh].map((port) => `tcp/${port}`),
        ...dhcp,
    ];
}

function servicePorts({ workload, value }: HostContext): readonly number[] {
    const known = workload.ports
        .filter(({ from, optional }) => from === "clients" && !optional)
        .map(({ port }) => port);
    return [...known, ...value("hostServicePorts").map(Number)];
}

function peerPorts({ workload }: HostContext): readonly number[] {
    return workload.ports.filter(({ from }) => from === "peers").map(({ port }) => port);
}

/**
 * The host's packet filter for nftables: drops what is not named, in and out. AWS endpoints have changing addresses: outbound 443 is
 * allowed by user, and the security group limits destinations. The instance metadata service is for root and the workload alone.
 */
export function renderFirewall(context: HostContext): string {
    const { value, workload } = context;
    const service = servicePorts(context);
    const peers = peerPorts(context);
    const peerCidrs = value("hostPeerCidrs").map(String);
    const clients = value("hostClientCidrs").map(String);
    const users = [
        "root",
        ...(isDebianFamily(context) ? ["_apt"] : []),
        ...(workload.user === null ? [] : [workload.user]),
    ];
    const ssh = value("hostSshEnabled")
        ? sources(
              "saddr",
              value("hostSshClientCidrs").map(String),
              `tcp dport ${value("sshdPort")} ct state new accept`,
          )
        : [];
    const inbound = [
        ...sources(
            "saddr",
            [...clients, ...peerCidrs],
            `tcp dport ${set(service)} ct state new accept`,
            service,
        ),
        ...sources("saddr", peerCidrs, `tcp dport ${set(peers)} ct state new accept`, peers),
        ...ssh,
    ];
    const outbound = [
        `ip daddr 169.254.169.254 tcp dport 80 meta skuid ${set(users.filter((user) => user !== "_apt"))} accept`,
        "ip daddr 169.254.169.254 drop",
        ...sources(
            "daddr",
            value("hostResolverAddresses").map(String),
            "meta l4proto { tcp, udp } th dport 53 accept",
        ),
        ...sources("daddr", value("hostTimeServers").map(String), "udp dport 123 accept"),
        "udp sport 68 udp dport 67 accept",
        "udp sport 546 udp dport 547 accept",
        `tcp dport ${set(value("hostWebEgressPorts").map(Number))} meta skuid ${set(users)} accept`,
        ...sources(
            "daddr",
            peerCidrs,
            `tcp dport ${set([...service, ...peers])} meta skuid ${set(users)} accept`,
            peers,
        ),
        ...workload.egress.map(
            ({ fromPort, toPort, protocol }) =>
                `${protocol} dport ${fromPort === toPort ? fromPort : `${fromPort}-${toPort}`} accept`,
        ),
        ...logServer(value("hostLogServer")),
    ];
    return `#!/usr/sbin/nft -f
flush ruleset

table inet filter {
    chain input {
        type filter hook input priority filter; policy drop;
        iif "lo" accept
        iif != "lo" ip saddr 127.0.0.0/8 drop
        iif != "lo" ip6 saddr ::1 drop
        ct state invalid drop
        ct state established,related accept
        icmp type { destination-unreachable, time-exceeded, parameter-problem } accept
        icmpv6 type { destination-unreachable, packet-too-big, time-exceeded, parameter-problem, nd-neighbor-solicit, nd-neighbor-advert } accept
        udp sport 67 udp dport 68 accept
        udp sport 547 udp dport 546 accept
${inbound.map((rule) => `        ${rule}\n`).join("")}        limit rate 10/minute log prefix "keyward-in-drop: "
    }

    chain forward {
        type filter hook forward priority filter; policy drop;
    }

    chain output {
        type filter hook output priority filter; policy drop;
        oif "lo" accept
        ct state established,related accept
        icmp type { echo-request, destination-unreachable } accept
        icmpv6 type { nd-neighbor-solicit, nd-neighbor-advert, nd-router-solicit, packet-too-big } accept
${outbound.map((rule) => `        ${rule}\n`).join("")}        limit rate 10/minute log prefix "keyward-out-drop: "
    }
}`;
}

function set(elements: readonly (string | number)[]): string {
    return `{ ${elements.join(", ")} }`;
}

/** One rule an address family; none where there is no address or no port. */
function sources(
    side: "saddr" | "daddr",
    cidrs: readonly string[],
    rule: string,
    ports?: readonly number[],
): readonly string[] {
    if (ports?.length === 0) {
        return [];
    }
    const six = cidrs.filter((cidr) => cidr.includes(":"));
    const four = cidrs.filter((cidr) => !cidr.includes(":"));
    return [
        ...(four.length === 0 ? [] : [`ip ${side} ${set(four)} ${rule}`]),
        ...(six.length === 0 ? [] : [`ip6 ${side} ${set(six)} ${rule}`]),
    ];
}

function logServer(server: string): readonly string[] {
    return server === ""
        ? []
        : [`tcp dport ${server.slice(server.lastIndexOf(":") + 1)} meta skuid root accept`];
}
