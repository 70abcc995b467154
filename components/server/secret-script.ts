/** Where the script that reads a secret lies. */
export const secretPath = "/usr/local/sbin/keyward-secret";

/** `keyward-secret ID`: prints the text of a secret of AWS Secrets Manager, read with the role's credentials. */
export const secretScript = `#!/bin/bash
# Made by Keyward: keyward-secret ID prints a secret of AWS Secrets Manager.
set -euo pipefail
[ $# -eq 1 ] || { echo "usage: keyward-secret ID" >&2; exit 2; }
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
credentials=$(ask "meta-data/iam/security-credentials/$(ask meta-data/iam/security-credentials/)")
id=$(field AccessKeyId <<<"$credentials")
key=$(field SecretAccessKey <<<"$credentials")
session=$(field Token <<<"$credentials")
curl --fail --silent --show-error --proto =https --tlsv1.2 --connect-timeout 10 --max-time 60 \\
    --aws-sigv4 "aws:amz:$region:secretsmanager" --config /dev/fd/3 \\
    --data "{\\"SecretId\\":\\"$1\\"}" "https://secretsmanager.$region.$domain/" 3<<CONFIG |
user = "$id:$key"
header = "x-amz-security-token: $session"
header = "x-amz-target: secretsmanager.GetSecretValue"
header = "content-type: application/x-amz-json-1.1"
CONFIG
    python3 -c 'import json, sys; sys.stdout.write(json.load(sys.stdin)["SecretString"])'
`;
