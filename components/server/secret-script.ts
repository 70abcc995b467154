import { requestsPath } from "./aws-requests";

/** Where the script that reads a secret lies. */
export const secretPath = "/usr/local/sbin/keyward-secret";

/** `keyward-secret ID`: prints the text of a secret of AWS Secrets Manager, read with the role's credentials. */
export const secretScript = `#!/bin/bash
# Made by Keyward: keyward-secret ID prints a secret of AWS Secrets Manager.
set -euo pipefail
[ $# -eq 1 ] || { echo "usage: keyward-secret ID" >&2; exit 2; }
. ${requestsPath}
call secretsmanager secretsmanager.GetSecretValue "{\\"SecretId\\":\\"$1\\"}" | json SecretString
`;
