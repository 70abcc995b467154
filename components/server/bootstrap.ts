import type { OperatingSystem } from "../../catalog/operating-systems";
import { minimumAgentVersion } from "./cloudwatch-agent";
import { fetchPath } from "./fetch-script";

/**
 * Fingerprint of the key that signs the CloudWatch agent.
 * Source: Amazon CloudWatch user guide, "Verifying the signature of the CloudWatch agent package".
 */
const cloudWatchAgentFingerprint = "937616F3450B7D806CBD9725D58167303B789C72";

export const bootstrapPath = "/usr/local/sbin/keyward-bootstrap";
/** Bundles to run at first boot, one a line: SHA-256, bucket, key. */
export const bundleListPath = "/etc/keyward/bundles";
export const agentConfigurationPath = "/etc/keyward/cloudwatch-agent.json";

/** Account that sessions run as: without sudo, made before the agent would make one with. */
export const sessionUser = "ssm-user";

const metadata = "http://169.254.169.254/latest";

/**
 * The script that makes a fresh server manageable: agents installed, signatures checked, logs shipped. The SSM agent comes last, so that no
 * association reaches a server that is half made. Every step may run again; the unit repeats the whole until it succeeds.
 */
export function buildBootstrapScript(system: OperatingSystem): string {
    return `#!/bin/bash
# Made by Keyward. Runs until it succeeds once; changes to a running server come through Systems Manager.
set -euo pipefail
umask 077
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
export GNUPGHOME="$work/gnupg"
mkdir "$GNUPGHOME"

${installTools(system)}

fetch() {
    curl --fail --silent --show-error --proto =https --tlsv1.2 --connect-timeout 10 --max-time 300 --output "$2" "$1"
}
token=$(curl --fail --silent --show-error --max-time 5 -X PUT -H 'X-aws-ec2-metadata-token-ttl-seconds: 60' ${metadata}/api/token)
region=$(curl --fail --silent --show-error --max-time 5 -H "X-aws-ec2-metadata-token: $token" ${metadata}/meta-data/placement/region)
case $(uname -m) in
    x86_64) arch=amd64 ;;
    aarch64) arch=arm64 ;;
    *) echo "no agents for $(uname -m)" >&2; exit 1 ;;
esac

agents=https://amazoncloudwatch-agent-$region.s3.$region.amazonaws.com
fetch "$agents/assets/amazon-cloudwatch-agent.gpg" "$work/key"
fetch "$agents/${packagePath(system)}" "$work/agent.${packageSuffix(system)}"
fetch "$agents/${packagePath(system)}.sig" "$work/agent.sig"
gpg --batch --quiet --import "$work/key"
gpg --batch --status-fd 1 --verify "$work/agent.sig" "$work/agent.${packageSuffix(system)}" 2>/dev/null |
    grep -q '^\\[GNUPG:\\] VALIDSIG ${cloudWatchAgentFingerprint} ' ||
    { echo "the CloudWatch agent is not signed by ${cloudWatchAgentFingerprint}" >&2; exit 1; }
${installAgent(system)}
version=$(cat /opt/aws/amazon-cloudwatch-agent/bin/CWAGENT_VERSION)
version=\${version%%b*}
[ "$(printf '%s\\n' ${minimumAgentVersion} "$version" | sort -V | head -n 1)" = ${minimumAgentVersion} ] ||
    { echo "CloudWatch agent $version cannot read the journal; ${minimumAgentVersion} can" >&2; exit 1; }
/opt/aws/amazon-cloudwatch-agent/bin/amazon-cloudwatch-agent-ctl -a fetch-config -m ec2 -s -c file:${agentConfigurationPath}
systemctl enable amazon-cloudwatch-agent

while read -r sha256 bucket key; do
    ${fetchPath} "$sha256" "$bucket" "$key" apply </dev/null
done <${bundleListPath}

${installSystemsManager(system)}
mkdir -p /var/lib/keyward
touch /var/lib/keyward/bootstrapped
`;
}

function packagePath(system: OperatingSystem): string {
    const folder = {
        "amazon-linux-2023": "amazon_linux",
        "debian-12": "debian",
        "debian-13": "debian",
        "ubuntu-24.04": "ubuntu",
    }[system.id];
    return `${folder}/$arch/latest/amazon-cloudwatch-agent.${packageSuffix(system)}`;
}

function packageSuffix({ packageManager }: OperatingSystem): string {
    return packageManager === "dnf" ? "rpm" : "deb";
}

function installAgent({ packageManager }: OperatingSystem): string {
    return packageManager === "dnf"
        ? `rpm --upgrade --replacepkgs "$work/agent.rpm"`
        : `dpkg --install "$work/agent.deb"`;
}

/** What all the rest needs, curl first of all: minimal images lack some of it. Session Manager records sessions by screen. */
function installTools({ packageManager }: OperatingSystem): string {
    return packageManager === "dnf"
        ? "dnf --assumeyes --quiet install gnupg2-minimal openssl python3 screen"
        : `export DEBIAN_FRONTEND=noninteractive
apt-get --quiet --quiet update
apt-get --quiet --quiet --assume-yes --no-install-recommends install ca-certificates curl gpg gpg-agent openssl python3 screen`;
}

/**
 * The minimal Amazon Linux takes the agent from its repository. Ubuntu brings it as a snap; Debian and a minimal Ubuntu take it from the package
 * mirror, which signs it: the key that AWS publishes for its own package has an end, and a server may be started after it.
 */
function installSystemsManager({ packageManager }: OperatingSystem): string {
    return packageManager === "dnf"
        ? `dnf --assumeyes --quiet install amazon-ssm-agent
systemctl enable --now amazon-ssm-agent`
        : `unit=snap.amazon-ssm-agent.amazon-ssm-agent.service
if ! systemctl cat "$unit" >/dev/null 2>&1; then
    unit=amazon-ssm-agent.service
    systemctl cat "$unit" >/dev/null 2>&1 ||
        apt-get --quiet --quiet --assume-yes install amazon-ssm-agent ||
        { echo "neither the image nor the package mirror has amazon-ssm-agent" >&2; exit 1; }
fi
systemctl enable --now "$unit"`;
}
