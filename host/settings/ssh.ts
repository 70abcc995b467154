import { check, type HostCheck } from "../check";
import { isDebianFamily, type HostContext } from "../context";
import { item, permissions, type Item } from "../item";

type Directive = readonly [name: string, value: string];

/**
 * The SSH server. It is configured even where it is off, so that switching it on never opens a soft one.
 */
export function sshChecks(context: HostContext): readonly HostCheck[] {
    const groups = directives(context);
    return [
        ...Object.entries(groups).map(([id, group]) =>
            check(id, block(id, group), ...group.map(effective)),
        ),
        check(
            "ssh-files-protected",
            permissions("600", "root", "root", "/etc/ssh/sshd_config", "/etc/ssh/sshd_config.d/*"),
        ),
        check(
            "ssh-host-keys-protected",
            permissions("600", "root", "root|ssh_keys", "/etc/ssh/ssh_host_*_key"),
            permissions("644", "root", "root", "/etc/ssh/ssh_host_*_key.pub"),
            item("no_file", "/etc/ssh/ssh_host_dsa_key*", "/etc/ssh/ssh_host_rsa_key*"),
            item("small_moduli_absent", "3071"),
        ),
        serverRuns(context),
        check(
            "authorized-keys-named",
            item("authorized_keys", ...context.value("hostSshUsers").map(String)),
        ),
    ];
}

/** A block a check. sshd takes the first value that it meets: blocks stand at the head, before included files. */
function block(id: string, group: readonly Directive[]): Item {
    const lines = group.map(([name, value]) => `${name} ${value}`);
    return item("block", "/etc/ssh/sshd_config", id, lines.join("\n"), "sshd");
}

function effective([name, value]: Directive): Item {
    if (name === "AllowUsers" || name === "AllowGroups") {
        return item("sshd_list", name.toLowerCase(), ...value.split(" "));
    }
    return item("sshd", name.toLowerCase(), effectiveValue(name, value));
}

/** `sshd -T` prints some values in its own way. */
function effectiveValue(name: string, value: string): string {
    const printed: Readonly<Record<string, string>> = { RekeyLimit: "1073741824 3600" };
    return printed[name] ?? value;
}

function directives({
    value,
    operatingSystem,
}: HostContext): Readonly<Record<string, readonly Directive[]>> {
    const startups = [
        value("sshdMaxStartupsBegin"),
        value("sshdMaxStartupsPercent"),
        value("sshdMaxStartupsFull"),
    ];
    const users = value("hostSshUsers");
    return {
        "ssh-keys-only": [
            ["PermitRootLogin", "no"],
            ["PubkeyAuthentication", "yes"],
            ["AuthenticationMethods", "publickey"],
            ["PasswordAuthentication", "no"],
            ["KbdInteractiveAuthentication", "no"],
            ["PermitEmptyPasswords", "no"],
            ["HostbasedAuthentication", "no"],
            ["IgnoreRhosts", "yes"],
            ["GSSAPIAuthentication", "no"],
            ["KerberosAuthentication", "no"],
            ["UsePAM", "yes"],
            ["StrictModes", "yes"],
        ],
        "ssh-no-forwarding": [
            ["DisableForwarding", "yes"],
            ["AllowTcpForwarding", "no"],
            ["AllowAgentForwarding", "no"],
            ["AllowStreamLocalForwarding", "no"],
            ["GatewayPorts", "no"],
            ["PermitTunnel", "no"],
            ["X11Forwarding", "no"],
            ["PermitUserEnvironment", "no"],
        ],
        "ssh-limits": [
            ["MaxAuthTries", String(value("sshdMaxAuthTries"))],
            ["MaxSessions", String(value("sshdMaxSessions"))],
            ["MaxStartups", startups.join(":")],
            ["LoginGraceTime", String(value("sshdLoginGraceSeconds"))],
            ["ClientAliveInterval", String(value("sshdClientAliveIntervalSeconds"))],
            ["ClientAliveCountMax", String(value("sshdClientAliveCountMax"))],
            ["TCPKeepAlive", "no"],
            ["Compression", "no"],
            ["RekeyLimit", "1G 1h"],
        ],
        "ssh-logging-and-banner": [
            ["LogLevel", value("sshdLogLevel")],
            ["Banner", "/etc/issue.net"],
            ["PrintLastLog", "yes"],
        ],
        "ssh-named-users": [["Port", String(value("sshdPort"))], allowed(users.map(String))],
        ...(operatingSystem.family === "debian"
            ? { "ssh-modern-algorithms": algorithms(operatingSystem.id === "debian-13") }
            : {}),
    };
}

/** Nobody, where nobody is named: a group that has no member. */
function allowed(users: readonly string[]): Directive {
    return users.length === 0 ? ["AllowGroups", "keyward-nobody"] : ["AllowUsers", users.join(" ")];
}

/** Amazon Linux takes its algorithms from the system-wide crypto policy instead. */
function algorithms(postQuantum: boolean): readonly Directive[] {
    const exchanges = [
        ...(postQuantum ? ["mlkem768x25519-sha256"] : []),
        "sntrup761x25519-sha512@openssh.com",
        "curve25519-sha256",
        "curve25519-sha256@libssh.org",
        "ecdh-sha2-nistp521",
        "ecdh-sha2-nistp384",
        "ecdh-sha2-nistp256",
    ];
    return [
        ["KexAlgorithms", exchanges.join(",")],
        [
            "Ciphers",
            "aes256-gcm@openssh.com,aes128-gcm@openssh.com,aes256-ctr,aes192-ctr,aes128-ctr",
        ],
        [
            "MACs",
            "hmac-sha2-512-etm@openssh.com,hmac-sha2-256-etm@openssh.com,hmac-sha2-512,hmac-sha2-256",
        ],
        ["HostKeyAlgorithms", "ssh-ed25519,ecdsa-sha2-nistp256"],
    ];
}

function serverRuns(context: HostContext): HostCheck {
    const debian = isDebianFamily(context);
    const unit = debian ? "ssh.service" : "sshd.service";
    if (context.value("hostSshEnabled")) {
        return check(
            "ssh-server-state",
            item("packages_present", "openssh-server"),
            item("unit_enabled", unit),
            item("units_masked", debian ? "ssh.socket" : "sshd.socket"),
        );
    }
    return check(
        "ssh-server-state",
        item("units_masked", unit, debian ? "ssh.socket" : "sshd.socket"),
    );
}
