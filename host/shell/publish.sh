#!/bin/sh
# Made by Keyward: keyward-publish reads the JSON lines of an audit or patch scan and publishes them as compliance items of this
# server. Credentials of the role go to curl through a file descriptor, not the process list.
set -eu
umask 077
metadata=http://169.254.169.254/latest
ask() {
    curl --fail --silent --show-error --max-time 5 -H "X-aws-ec2-metadata-token: $token" "$metadata/$1"
}
field() {
    printf '%s' "$credentials" | sed -n "s/.*\"$1\" : \"\([^\"]*\)\".*/\1/p"
}
token=$(curl --fail --silent --show-error --max-time 5 -X PUT \
    -H 'X-aws-ec2-metadata-token-ttl-seconds: 60' $metadata/api/token)
region=$(ask meta-data/placement/region)
domain=$(ask meta-data/services/domain)
instance=$(ask meta-data/instance-id)
role=$(ask meta-data/iam/security-credentials/)
credentials=$(ask "meta-data/iam/security-credentials/$role")
if [ -z "$(field AccessKeyId)" ]; then
    echo "the role $role gives this server no credentials" >&2
    exit 1
fi
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# An audit that did not come to its end proves nothing: no items are published, and the last ones grow old. The API takes
# times as seconds since 1970.
awk -v instance="$instance" -v now="$(date +%s)" '
    function value(name,    rest) {
        if (!match($0, "\"" name "\":\"")) return ""
        rest = substr($0, RSTART + RLENGTH)
        match(rest, /^([^"\\]|\\.)*/)
        return substr(rest, 1, RLENGTH)
    }
    /^\{"type":"check"/ {
        verdict = value("verdict")
        title = value("title"); if (title == "") title = value("check")
        state = value("state"); if (state != "") state = ",\"state\":\"" state "\""
        item = "{\"Id\":\"" value("check") "\",\"Title\":\"" title "\",\"Severity\":\"" toupper(value("severity")) \
            "\",\"Status\":\"" (verdict == "fail" ? "NON_COMPLIANT" : "COMPLIANT") "\",\"Details\":{\"verdict\":\"" verdict "\"" state "}}"
        items = items (items == "" ? "" : ",") item
    }
    /^\{"type":"summary","verb":"audit"/ { whole = 1; profile = value("profile") }
    END {
        if (!whole || items == "") { print "the audit did not come to its end" > "/dev/stderr"; exit 1 }
        printf "{\"ResourceId\":\"%s\",\"ResourceType\":\"ManagedInstance\",\"ComplianceType\":\"%s\",\"UploadType\":\"COMPLETE\"," \
            "\"ExecutionSummary\":{\"ExecutionTime\":%s,\"ExecutionId\":\"%s\",\"ExecutionType\":\"Command\"},\"Items\":[%s]}", \
            instance, "COMPLIANCE_TYPE", now, profile, items
    }' >"$work/request"
curl --fail-with-body --silent --show-error --proto =https --tlsv1.2 --max-time 60 --aws-sigv4 "aws:amz:$region:ssm" \
    --data-binary "@$work/request" -H 'Content-Type: application/x-amz-json-1.1' \
    -H 'X-Amz-Target: AmazonSSM.PutComplianceItems' --config /dev/fd/3 "https://ssm.$region.$domain/" 3<<CONFIG
user = "$(field AccessKeyId):$(field SecretAccessKey)"
header = "x-amz-security-token: $(field Token)"
CONFIG
