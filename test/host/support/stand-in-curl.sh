#!/bin/sh
# Stands in for curl: answers as the instance metadata service and as Systems Manager, and records what the latter is sent.
# SCENARIO: sound, throttled, no-role, no-credentials, offline.
for argument in "$@"; do
    case $previous in
    --data-binary) body=${argument#@} ;;
    --config) config=$argument ;;
    -H) headers="$headers$argument
" ;;
    --aws-sigv4) signature=$argument ;;
    esac
    previous=$argument
done
refuse() {
    echo "curl: (22) The requested URL returned error: $1" >&2
    exit 22
}
case $argument in
*/api/token) [ "$SCENARIO" != offline ] || { echo 'curl: (28) Connection timed out' >&2; exit 28; }; printf token ;;
*/placement/region) printf eu-central-1 ;;
*/services/domain) printf amazonaws.com ;;
*/meta-data/instance-id) printf i-0123456789abcdef0 ;;
*/security-credentials/) [ "$SCENARIO" != no-role ] || refuse 404; printf key-server ;;
*/security-credentials/key-server)
    [ "$SCENARIO" != no-credentials ] || { printf '{\n  "Code" : "AssumeRoleUnauthorizedAccess"\n}'; exit 0; }
    printf '{\n  "Code" : "Success",\n  "AccessKeyId" : "ASIATEST",\n  "SecretAccessKey" : "se/cret+1",\n  "Token" : "to/ken=="\n}'
    ;;
https://ssm.eu-central-1.amazonaws.com/)
    cp "$body" "$RECORD/body"
    cat "$config" >"$RECORD/config"
    printf '%s' "$headers" >"$RECORD/headers"
    printf '%s' "$signature" >"$RECORD/signature"
    printf '%s\n' "$*" >"$RECORD/arguments"
    [ "$SCENARIO" != throttled ] || { printf '{"__type":"ThrottlingException"}'; refuse 400; }
    printf '{}'
    ;;
*) echo "no such address: $argument" >&2; exit 6 ;;
esac
