/** Where the functions lie that sign requests to AWS. */
export const requestsPath = "/usr/local/lib/keyward/aws-requests.sh";

/**
 * Functions for scripts of a server, which minimal images without the AWS CLI understand: `ask PATH` reads the instance metadata, `signed SERVICE
 * CURL-ARGUMENT...` sends a request with the role's credentials, `call SERVICE OPERATION DOCUMENT` calls a JSON API, `json FIELD...` picks a
 * text out of a JSON document. Uses curl's own signature; credentials go through a file descriptor, not the process list.
 */
export const requestFunctions = `# Made by Keyward: functions for requests to AWS.
metadata=http://169.254.169.254/latest
token=$(curl --fail --silent --show-error --max-time 5 -X PUT -H 'X-aws-ec2-metadata-token-ttl-seconds: 900' $metadata/api/token)
ask() {
    curl --fail --silent --show-error --max-time 5 -H "X-aws-ec2-metadata-token: $token" "$metadata/$1"
}
region=$(ask meta-data/placement/region)
domain=$(ask meta-data/services/domain)
json() {
    python3 -c 'import json, sys
value = json.load(sys.stdin)
for field in sys.argv[1:]:
    value = value[field]
sys.stdout.write(value)' "$@"
}
signed() {
    service=$1
    shift
    role=$(ask meta-data/iam/security-credentials/) || return 1
    credentials=$(ask "meta-data/iam/security-credentials/$role") || return 1
    id=$(printf %s "$credentials" | json AccessKeyId) || return 1
    secret=$(printf %s "$credentials" | json SecretAccessKey) || return 1
    session=$(printf %s "$credentials" | json Token) || return 1
    curl --fail --silent --show-error --proto =https --tlsv1.2 --connect-timeout 10 --max-time 600 \\
        --aws-sigv4 "aws:amz:$region:$service" --config /dev/fd/3 "$@" 3<<CONFIG
user = "$id:$secret"
header = "x-amz-security-token: $session"
CONFIG
}
call() {
    signed "$1" --header "x-amz-target: $2" --header 'content-type: application/x-amz-json-1.1' \\
        --data "$3" "https://$1.$region.$domain/"
}
`;
