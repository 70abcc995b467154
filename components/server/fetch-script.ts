import { requestsPath } from "./aws-requests";

/** Where the script that reads from Amazon S3 lies. */
export const fetchPath = "/usr/local/sbin/keyward-fetch";

/**
 * `keyward-fetch SHA256 BUCKET KEY`: reads an object with the role's credentials, checks its hash, and runs it as `sh FILE apply`, or keeps it
 * where `KEYWARD_SAVE_AS` says.
 */
export const fetchScript = `#!/bin/bash
# Made by Keyward: keyward-fetch SHA256 BUCKET KEY [ARGUMENT...] fetches, checks and runs a script.
set -euo pipefail
umask 077
[ $# -ge 3 ] || { echo "usage: keyward-fetch SHA256 BUCKET KEY [ARGUMENT...]" >&2; exit 2; }
sha256=$1 bucket=$2 key=$3
shift 3
[[ $sha256 =~ ^[0-9a-f]{64}$ ]] || { echo "not a SHA-256: $sha256" >&2; exit 2; }
if [ "\${KEYWARD_LOCKED-}" != yes ]; then
    exec 9>/run/keyward-fetch.lock
    flock --timeout 600 9 || { echo "another run holds the lock" >&2; exit 1; }
    export KEYWARD_LOCKED=yes
fi
. ${requestsPath}
file=$(mktemp)
trap 'rm -f "$file"' EXIT
signed s3 --header 'x-amz-content-sha256: UNSIGNED-PAYLOAD' --output "$file" "https://$bucket.s3.$region.$domain/$key"
echo "$sha256  $file" | sha256sum --check --quiet -
if [ -n "\${KEYWARD_SAVE_AS-}" ]; then
    install -m 0755 -o root -g root "$file" "$KEYWARD_SAVE_AS"
else
    sh "$file" "$@"
fi
`;
