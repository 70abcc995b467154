/** Where the script that reads from Amazon S3 lies. */
export const fetchPath = "/usr/local/sbin/keyward-fetch";

/**
 * `keyward-fetch SHA256 BUCKET KEY`: reads an object with the role's credentials, checks its hash, and runs it as `sh FILE apply`. Uses
 * curl's own signature, because minimal images have no AWS CLI; credentials go through a file descriptor, not the process list.
 */
export const fetchScript = `#!/bin/bash
# Made by Keyward: keyward-fetch SHA256 BUCKET KEY [ARGUMENT...] fetches, checks and runs a script.
set -euo pipefail
umask 077
[ $# -ge 3 ] || { echo "usage: keyward-fetch SHA256 BUCKET KEY [ARGUMENT...]" >&2; exit 2; }
sha256=$1 bucket=$2 key=$3
shift 3
case $sha256 in
    *[!0-9a-f]*) echo "not a SHA-256: $sha256" >&2; exit 2 ;;
esac
if [ "\${KEYWARD_LOCKED-}" != yes ]; then
    exec 9>/run/keyward-fetch.lock
    flock --timeout 600 9 || { echo "another run holds the lock" >&2; exit 1; }
    export KEYWARD_LOCKED=yes
fi

metadata=http://169.254.169.254/latest
ask() {
    curl --fail --silent --show-error --max-time 5 -H "X-aws-ec2-metadata-token: $token" "$metadata/$1"
}
field() {
    sed -n 's/.*"'"$1"'" *: *"\\([^"]*\\)".*/\\1/p'
}
token=$(curl --fail --silent --show-error --max-time 5 -X PUT -H 'X-aws-ec2-metadata-token-ttl-seconds: 60' $metadata/api/token)
region=$(ask meta-data/placement/region)
domain=$(ask meta-data/services/domain)
role=$(ask meta-data/iam/security-credentials/)
credentials=$(ask "meta-data/iam/security-credentials/$role")
id=$(field AccessKeyId <<<"$credentials")
secret=$(field SecretAccessKey <<<"$credentials")
session=$(field Token <<<"$credentials")
file=$(mktemp)
trap 'rm -f "$file"' EXIT
curl --fail --silent --show-error --proto =https --tlsv1.2 --connect-timeout 10 --max-time 600 \\
    --aws-sigv4 "aws:amz:$region:s3" --output "$file" --config /dev/fd/3 \\
    "https://$bucket.s3.$region.$domain/$key" 3<<CONFIG
user = "$id:$secret"
header = "x-amz-security-token: $session"
header = "x-amz-content-sha256: UNSIGNED-PAYLOAD"
CONFIG
echo "$sha256  $file" | sha256sum --check --quiet -
if [ -n "\${KEYWARD_SAVE_AS-}" ]; then
    install -m 0755 -o root -g root "$file" "$KEYWARD_SAVE_AS"
else
    sh "$file" "$@"
fi
`;
