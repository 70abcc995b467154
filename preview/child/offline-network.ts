import dgram from "node:dgram";
import dns from "node:dns";
import net from "node:net";

/** Says that a program tried to reach something outside this machine. */
class OfflineError extends Error {
    public override readonly name = "OfflineError";
    public readonly code = "EOFFLINE";

    public constructor(target: string) {
        super(
            `the program tried to reach ${target}: a preview is offline. Give what it would fetch as configuration (--config), or as an answer (--answers)`,
        );
    }
}

/**
 * Cuts this process off from every network but loopback: TCP (so also TLS and HTTP), UDP and DNS. Sockets of the file system stay.
 * What a program starts as a process of its own is not covered.
 */
export function cutOffNetwork(): void {
    guardTcp();
    guardUdp();
    guardDns();
}

/** Whether a host is this machine. A name other than localhost is not: nobody may be asked what it means. */
function isLoopback(host: string): boolean {
    const name = host.replace(/^\[|\]$/g, "").toLowerCase();
    return (
        name === "" ||
        name === "localhost" ||
        name.endsWith(".localhost") ||
        name === "::1" ||
        /^(::ffff:)?127(\.\d{1,3}){3}$/.test(name)
    );
}

interface ConnectOptions {
    readonly host?: string;
    readonly port?: number | string;
    readonly path?: string;
}

type Connect = (this: net.Socket, ...args: readonly unknown[]) => net.Socket;

function guardTcp(): void {
    const prototype = net.Socket.prototype as unknown as { connect: Connect };
    const connect = prototype.connect;
    prototype.connect = function (...args): net.Socket {
        const target = connectTarget(args);
        if (target === undefined || isLoopback(target.host ?? "localhost")) {
            return connect.apply(this, [...args]);
        }
        const error = new OfflineError(`${target.host ?? ""}:${target.port ?? ""}`);
        process.nextTick(() => this.destroy(error));
        return this;
    };
}

/** What `net.Socket.connect` was asked for; undefined for a socket of the file system. */
function connectTarget(args: readonly unknown[]): ConnectOptions | undefined {
    // Node's own callers pass the arguments already normalised: one list with the options first.
    const [first, second] = Array.isArray(args[0]) ? (args[0] as unknown[]) : args;
    if (typeof first === "object" && first !== null) {
        const options = first as ConnectOptions;
        return options.path === undefined || options.path === null ? options : undefined;
    }
    if (typeof first === "string" && !/^\d+$/.test(first)) {
        return undefined;
    }
    return {
        port: first as number | string,
        host: typeof second === "string" ? second : "localhost",
    };
}

function guardUdp(): void {
    const prototype = dgram.Socket.prototype as unknown as Record<
        "send" | "connect",
        (this: dgram.Socket, ...args: readonly unknown[]) => unknown
    >;
    for (const name of ["send", "connect"] as const) {
        const original = prototype[name];
        prototype[name] = function (...args): unknown {
            const address = args.slice(1).find((argument) => typeof argument === "string");
            if (typeof address === "string" && !isLoopback(address)) {
                throw new OfflineError(address);
            }
            return original.apply(this, [...args]);
        };
    }
}

type Lookup = (...args: readonly unknown[]) => unknown;

function guardDns(): void {
    const names = [
        "lookup",
        "resolve",
        "resolve4",
        "resolve6",
        "resolveAny",
        "resolveCaa",
        "resolveCname",
        "resolveMx",
        "resolveNaptr",
        "resolveNs",
        "resolvePtr",
        "resolveSoa",
        "resolveSrv",
        "resolveTxt",
        "reverse",
    ];
    const callbacks = dns as unknown as Record<string, Lookup>;
    const promises = dns.promises as unknown as Record<string, Lookup>;
    for (const name of names) {
        const original = callbacks[name];
        if (original !== undefined) {
            callbacks[name] = (...args) => {
                const host = String(args[0]);
                const callback = args[args.length - 1];
                if (isLoopback(host) || net.isIP(host) !== 0 || typeof callback !== "function") {
                    return original.apply(dns, [...args]);
                }
                process.nextTick(() => {
                    (callback as (error: Error) => void)(new OfflineError(host));
                });
                return undefined;
            };
        }
        const promised = promises[name];
        if (promised !== undefined) {
            promises[name] = (...args) => {
                const host = String(args[0]);
                return isLoopback(host) || net.isIP(host) !== 0
                    ? promised.apply(dns.promises, [...args])
                    : Promise.reject(new OfflineError(host));
            };
        }
    }
    for (const resolver of [dns.Resolver, dns.promises.Resolver]) {
        const prototype = resolver.prototype as unknown as Record<string, unknown>;
        for (const name of names) {
            if (typeof prototype[name] === "function") {
                prototype[name] = (host: unknown) => {
                    throw new OfflineError(String(host));
                };
            }
        }
    }
}
