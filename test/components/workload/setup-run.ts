import { execFileSync, spawnSync } from "node:child_process";
import {
    chmodSync,
    existsSync,
    mkdirSync,
    mkdtempSync,
    readFileSync,
    rmSync,
    statSync,
    writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { requestFunctions, requestsPath } from "../../../components/server/aws-requests";
import { fetchPath, fetchScript } from "../../../components/server/fetch-script";
import { secretPath, secretScript } from "../../../components/server/secret-script";

/** What a finished script left behind. */
interface Finished {
    readonly status: number | null;
    readonly stdout: string;
    readonly stderr: string;
}

/**
 * Programs that a script of a server calls and that change a machine, or need one of AWS: each notes its call in `calls`, and curl answers
 * from files, as the instance metadata service, Amazon S3, Secrets Manager and a private certificate authority would.
 */
const standIns: Readonly<Record<string, string>> = {
    curl: `for argument; do last=$argument; done
config=
output=
target=
data=
previous=
for argument; do
    case $previous in
        --config) config=$(cat "$argument") ;;
        --output) output=$argument ;;
        --data) data=$argument ;;
        --header) case $argument in x-amz-target:*) target=\${argument#x-amz-target: } ;; esac ;;
    esac
    previous=$argument
done
case $last in
    http://169.254.169.254/latest/api/token) echo token; exit ;;
    http://169.254.169.254/latest/meta-data/placement/region) echo eu-central-1; exit ;;
    http://169.254.169.254/latest/meta-data/services/domain) echo amazonaws.com; exit ;;
    http://169.254.169.254/latest/meta-data/iam/security-credentials/) echo servers; exit ;;
    http://169.254.169.254/latest/meta-data/iam/security-credentials/servers)
        echo '{"AccessKeyId":"AKIA","SecretAccessKey":"secret","Token":"session"}'; exit ;;
esac
case $config in *'user = "AKIA:secret"'*'x-amz-security-token: session'*) ;; *) echo unsigned >&2; exit 22 ;; esac
echo "curl $target $last $data" >>"$HERE/calls"
case $target in
    '') cat "$HERE/objects/\${last##*/}" >"$output" 2>/dev/null || { echo "404 $last" >&2; exit 22; } ;;
    *) "$HERE/answer" "$target" "$data" ;;
esac`,
    systemctl:
        'echo "systemctl $*" >>"$HERE/calls"; case $1 in is-active) [ ! -e "$HERE/down" ] ;; esac',
    sleep: ":",
    getent: "exit 0",
    dpkg: "exit 0",
    rpm: "exit 0",
    // The accounts of the owners do not exist here; the mode is kept.
    install: `set -- "$@" --
kept=
while [ "$1" != -- ]; do
    case $1 in -o | -g) shift 2 ;; *) kept="$kept '$1'"; shift ;; esac
done
eval "exec /usr/bin/install $kept"`,
    flock: "exit 0",
};

/** A folder that stands for a server's root: scripts run in it with every absolute path of theirs moved below it. */
export class StandInServer {
    private readonly folder = mkdtempSync(join(tmpdir(), "keyward-setup-"));

    public constructor() {
        for (const name of [
            "bin",
            "objects",
            "root/etc/keyward",
            "root/run",
            "root/etc/systemd/system",
            "root/usr/local/bin",
        ]) {
            mkdirSync(join(this.folder, name), { recursive: true });
        }
        for (const [name, lines] of Object.entries(standIns)) {
            this.executable(`bin/${name}`, `#!/bin/sh\n${lines}\n`);
        }
        this.place(requestsPath, requestFunctions);
        this.place(fetchPath, fetchScript);
        this.place(secretPath, secretScript);
    }

    /** What was called since the last time that somebody asked. */
    public takeCalls(): readonly string[] {
        const file = join(this.folder, "calls");
        const lines = existsSync(file) ? readFileSync(file, "utf8").trimEnd().split("\n") : [];
        writeFileSync(file, "");
        return lines.filter((line) => line !== "");
    }

    /** Shell lines that answer a JSON call: `$1` is the operation, `$2` the document. */
    public answerWith(lines: string): void {
        this.executable("answer", `#!/bin/sh\n${lines}\n`);
    }

    public object(key: string, content: string): void {
        writeFileSync(join(this.folder, "objects", key), content);
    }

    public file(path: string): string {
        return readFileSync(join(this.folder, "root", path), "utf8");
    }

    public has(path: string): boolean {
        return existsSync(join(this.folder, "root", path));
    }

    /** Permissions in octal, such as `640`. */
    public mode(path: string): string {
        return (statSync(join(this.folder, "root", path)).mode & 0o777).toString(8);
    }

    public write(path: string, content: string): void {
        mkdirSync(join(this.folder, "root", path, ".."), { recursive: true });
        writeFileSync(join(this.folder, "root", path), content);
    }

    public down(is: boolean): void {
        if (is) {
            writeFileSync(join(this.folder, "down"), "");
        } else {
            rmSync(join(this.folder, "down"), { force: true });
        }
    }

    /** Runs a script as \`sh SCRIPT ARGUMENT...\`. */
    public run(script: string, ...args: readonly string[]): Finished {
        const file = join(this.folder, "script");
        writeFileSync(file, this.moved(script));
        return this.start(script.startsWith("#!/bin/bash") ? "bash" : "sh", file, ...args);
    }

    /** Runs a script that lies on the server. */
    public command(path: string, ...args: readonly string[]): Finished {
        return this.start(join(this.folder, "root", path), ...args);
    }

    public openssl(...args: readonly string[]): string {
        return execFileSync("openssl", args, {
            cwd: this.folder,
            encoding: "utf8",
            stdio: ["ignore", "pipe", "ignore"],
        });
    }

    public get path(): string {
        return this.folder;
    }

    public remove(): void {
        rmSync(this.folder, { recursive: true });
    }

    private start(program: string, ...args: readonly string[]): Finished {
        const { status, stdout, stderr } = spawnSync(program, args, {
            encoding: "utf8",
            env: {
                PATH: `${join(this.folder, "bin")}:/usr/bin:/bin`,
                HERE: this.folder,
                TMPDIR: this.folder,
            },
        });
        return { status, stdout, stderr };
    }

    private moved(script: string): string {
        const root = join(this.folder, "root");
        return script.replace(
            /(?<![A-Za-z0-9:./$}])\/(etc|run|opt|var|usr\/local)\//g,
            (path) => `${root}${path}`,
        );
    }

    private place(path: string, script: string): void {
        this.write(path, this.moved(script));
        chmodSync(join(this.folder, "root", path), 0o755);
    }

    private executable(path: string, script: string): void {
        writeFileSync(join(this.folder, path), script, { mode: 0o755 });
    }
}
