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

    public delete(): void {
        must("ip", ["netns", "delete", this.name]);
    }
}
