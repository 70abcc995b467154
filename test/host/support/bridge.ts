import { spawn, type ChildProcess } from "node:child_process";
import type { Container } from "./container";
import { must, run } from "./run";

/** A network of its own that containers are plugged into; nothing else of the machine is on it. */
export class Bridge {
    private ports = 0;

    private constructor(private readonly name: string) {}

    public static create(name: string): Bridge {
        run("ip", ["netns", "delete", name]);
        must("ip", ["netns", "add", name]);
        must("ip", ["-n", name, "link", "add", "bridge", "type", "bridge"]);
        must("ip", ["-n", name, "link", "set", "bridge", "up"]);
        return new Bridge(name);
    }

    /** Gives a container an address such as `10.9.0.11/24` on this network. Needed again after each boot. */
    public plug(container: Container, address: string): void {
        this.ports += 1;
        const outside = `port${this.ports}`;
        const inside = "host0";
        must("ip", [
            "-n",
            this.name,
            "link",
            "add",
            outside,
            "type",
            "veth",
            "peer",
            "name",
            inside,
        ]);
        must("ip", [
            "-n",
            this.name,
            "link",
            "set",
            inside,
            "netns",
            String(container.firstProcess),
        ]);
        must("ip", ["-n", this.name, "link", "set", outside, "master", "bridge", "up"]);
        container.must(`ip address add ${address} dev ${inside} && ip link set ${inside} up`);
    }

    /** Gives this network itself an address, such as `10.9.0.1/24`, for what stands beside the containers. */
    public own(address: string): void {
        must("ip", ["-n", this.name, "address", "add", address, "dev", "bridge"]);
    }

    /** Starts a program beside the containers. */
    public spawn(program: string, ...args: readonly string[]): ChildProcess {
        return spawn("ip", ["netns", "exec", this.name, program, ...args], {
            stdio: ["ignore", "pipe", "inherit"],
        });
    }

    public delete(): void {
        must("ip", ["netns", "delete", this.name]);
    }
}
