# How one check is judged, applied and told. The profile below calls begin, item and finish; the files
# after this one give every kind of item its probe_KIND and fix_KIND.
#
# A probe sets EXPECTED and FOUND and returns: 0 as it should be, 1 not so, 2 nothing here that it is about,
# 3 set, but only the next boot makes it true, 4 cannot be judged here (a container shares its host's kernel).
# A fix makes it so and returns 0; its messages on standard error become the reason of a failed step.

set -u
umask 077
LC_ALL=C
PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin
export LC_ALL PATH
unset -v IFS

STATE=/var/lib/keyward
NEWLINE='
'
TAB='	'
PASSED=0 FAILED=0 EXEMPTED=0 INAPPLICABLE=0 CHANGES=0 ERRORS=0 REBOOT=no
USED_EXEMPTIONS=''

usage() {
    cat <<'END'
usage: keyward-host plan|apply|audit

  plan    lists what apply would change; changes nothing
  apply   makes the system as the profile demands; a second run changes nothing
  audit   compares the system with the profile; changes nothing

Standard output: one JSON object a line, a summary last. Exit status: 0 the demand is met, 1 it is not
(plan: something would change; apply: a step failed; audit: a check failed), 2 the work could not be done.
END
}

die() {
    printf 'keyward-host: %s\n' "$1" >&2
    exit 2
}

# Sets JSON to the text as the inside of a JSON string.
json() {
    case $1 in
    *[!\ -~]* | *\"* | *\\*)
        JSON=$(printf '%s' "$1" | awk '
            BEGIN { for (i = 1; i < 32; i++) code[sprintf("%c", i)] = sprintf("\\u%04x", i) }
            {
                out = NR > 1 ? "\\n" : ""
                for (i = 1; i <= length($0); i++) {
                    c = substr($0, i, 1)
                    if (c == "\\" || c == "\"") c = "\\" c
                    else if (c in code) c = code[c]
                    out = out c
                }
                printf "%s", out
            }')
        ;;
    *) JSON=$1 ;;
    esac
}

# Appends to a list that a reader can still take in: after 400 characters only dots.
gather() { # gather LIST TEXT -> GATHERED
    case ${#1} in
    0) GATHERED=$2 ;;
    [0-9] | [0-9][0-9] | [0-3][0-9][0-9]) GATHERED="$1; $2" ;;
    *) GATHERED=${1%...}... ;;
    esac
}

begin() { # begin CHECK SEVERITY CONTROLS-as-JSON-list
    CHECK=$1 SEVERITY=$2 CONTROLS=$3
    VERDICT=none CHANGED=no ERROR='' PENDING_BOOT=no
    NONE_EXPECTED='' NONE_FOUND='' GOOD_EXPECTED='' GOOD_FOUND='' BAD_EXPECTED='' BAD_FOUND=''
    find_exemption "$CHECK"
}

# Each line of EXEMPTIONS is a record for this server: CHECK ID FIRST-DAY END PROBLEM. Sets EXEMPTION to the id of one
# that covers the check today, REFUSED to what is wrong with the others.
find_exemption() {
    EXEMPTION='' REFUSED=''
    case $EXEMPTIONS in
    *"$NEWLINE$1 "*) ;;
    *) return 0 ;;
    esac
    while read -r about record from until problem; do
        [ "$about" = "$1" ] || continue
        judge_exemption
        if [ -z "$problem" ]; then EXEMPTION=$record; else REFUSED="$REFUSED (exemption $record covers nothing: $problem)"; fi
    done <<END
$EXEMPTIONS
END
}

# Adds to the problem of a record, which the rendering knew, what only the day tells.
judge_exemption() {
    [ -z "$problem" ] || return 0
    day=$(printf '%s' "$from" | tr -d -)
    if [ "$TODAY" -lt "$day" ]; then problem="it is not in force before $from"; fi
    day=$(printf '%s' "$until" | tr -d -)
    if [ "$TODAY" -ge "$day" ]; then problem="it has expired on $until"; fi
}

# Every record is sound, in force and needed. Plan and apply leave it alone: only people can mend a record.
probe_exemptions() {
    EXPECTED='every exemption for this server is sound, in force and needed'
    if [ "$EXEMPTIONS" = "$NEWLINE" ]; then
        FOUND='no exemption for this server'
        return 2
    fi
    FOUND='all so'
    [ "$VERB" = audit ] || return 0
    wrong=''
    while read -r about record from until problem; do
        case " $USED_EXEMPTIONS " in *" $record "*) continue ;; esac
        [ -n "$about" ] || continue
        judge_exemption
        wrong="$wrong; $record of $about: ${problem:-it is not needed}"
    done <<END
$EXEMPTIONS
END
    [ -n "$wrong" ] || return 0
    FOUND=${wrong#; }
    return 1
}

item() { # item KIND ARGUMENT...
    KIND=$1
    shift
    EXPECTED='' FOUND=''
    "probe_$KIND" "$@"
    STATUS=$?
    if [ "$VERB" = apply ] && [ $STATUS -eq 1 ] && [ -z "$EXEMPTION" ]; then
        if "fix_$KIND" "$@" >"$SCRATCH/out" 2>&1; then
            "probe_$KIND" "$@"
            STATUS=$?
            if [ $STATUS -eq 1 ]; then
                gather "$ERROR" "still $FOUND, not $EXPECTED"
                ERROR=$GATHERED
            else
                CHANGED=yes
            fi
        else
            gather "$ERROR" "$EXPECTED: $(tail -n 2 "$SCRATCH/out" | tr '\n' ' ')"
            ERROR=$GATHERED
        fi
    fi
    case $STATUS in
    0) [ $VERDICT != none ] || VERDICT=pass ;;
    2)
        gather "$NONE_FOUND" "$FOUND"
        NONE_FOUND=$GATHERED
        gather "$NONE_EXPECTED" "$EXPECTED"
        NONE_EXPECTED=$GATHERED
        return 0
        ;;
    3) VERDICT=fail PENDING_BOOT=yes FOUND="$FOUND (set; true after the next boot)" ;;
    4) [ $VERDICT = fail ] || VERDICT=unjudged ;;
    *) VERDICT=fail ;;
    esac
    case $STATUS in
    0 | 4)
        gather "$GOOD_EXPECTED" "$EXPECTED"
        GOOD_EXPECTED=$GATHERED
        gather "$GOOD_FOUND" "$FOUND"
        GOOD_FOUND=$GATHERED
        ;;
    *)
        [ $STATUS -eq 3 ] || UNSET=yes
        gather "$BAD_EXPECTED" "$EXPECTED"
        BAD_EXPECTED=$GATHERED
        gather "$BAD_FOUND" "$FOUND"
        BAD_FOUND=$GATHERED
        ;;
    esac
}

finish() {
    case $VERDICT in
    fail) json "$BAD_EXPECTED" && expected=$JSON && json "$BAD_FOUND" && found=$JSON ;;
    none) json "$NONE_EXPECTED" && expected=$JSON && json "$NONE_FOUND" && found=$JSON ;;
    *) json "$GOOD_EXPECTED" && expected=$JSON && json "$GOOD_FOUND" && found=$JSON ;;
    esac
    "tell_$VERB"
    UNSET=no
}

tell_audit() {
    case $VERDICT in
    pass) PASSED=$((PASSED + 1)) verdict=pass ;;
    none | unjudged) INAPPLICABLE=$((INAPPLICABLE + 1)) verdict=not-applicable ;;
    *)
        if [ -n "$EXEMPTION" ]; then
            EXEMPTED=$((EXEMPTED + 1)) verdict=exempt USED_EXEMPTIONS="$USED_EXEMPTIONS $EXEMPTION"
        else
            FAILED=$((FAILED + 1)) verdict=fail
            if [ -n "$REFUSED" ]; then
                json "$REFUSED"
                found="$found$JSON"
            fi
        fi
        ;;
    esac
    printf '{"type":"check","check":"%s","controls":%s,"severity":"%s","verdict":"%s","expected":"%s","found":"%s"%s}\n' \
        "$CHECK" "$CONTROLS" "$SEVERITY" $verdict "$expected" "$found" \
        "${EXEMPTION:+,\"exemption\":\"$EXEMPTION\"}"
}

tell_plan() {
    [ $UNSET = yes ] && [ -z "$EXEMPTION" ] || return 0
    CHANGES=$((CHANGES + 1))
    printf '{"type":"change","check":"%s","controls":%s,"expected":"%s","found":"%s"}\n' \
        "$CHECK" "$CONTROLS" "$expected" "$found"
}

tell_apply() {
    [ $PENDING_BOOT = no ] || REBOOT=yes
    if [ -n "$ERROR" ]; then
        ERRORS=$((ERRORS + 1))
        json "$ERROR"
        printf '{"type":"error","check":"%s","controls":%s,"error":"%s"}\n' "$CHECK" "$CONTROLS" "$JSON"
    elif [ $CHANGED = yes ]; then
        CHANGES=$((CHANGES + 1))
        printf '{"type":"change","check":"%s","controls":%s}\n' "$CHECK" "$CONTROLS"
    fi
}

tell_summary() {
    printf '{"type":"summary","verb":"%s","profile":"%s","operatingSystem":"%s","workload":"%s","at":"%s",' \
        "$VERB" "$PROFILE" "$OPERATING_SYSTEM" "$WORKLOAD" "$(date -u +%Y-%m-%dT%H:%M:%SZ)"
    case $VERB in
    audit)
        printf '"pass":%s,"fail":%s,"exempt":%s,"notApplicable":%s}\n' \
            $PASSED $FAILED $EXEMPTED $INAPPLICABLE
        [ $FAILED -eq 0 ]
        ;;
    plan)
        printf '"changes":%s}\n' $CHANGES
        [ $CHANGES -eq 0 ]
        ;;
    apply)
        printf '"changes":%s,"errors":%s,"rebootNeeded":%s}\n' $CHANGES $ERRORS \
            "$([ $REBOOT = yes ] && echo true || echo false)"
        [ $ERRORS -eq 0 ]
        ;;
    esac
}

# Something that must follow a change (a daemon rereads its files). The marker outlives a power cut, so that
# the next run makes up for it.
after() { # after ACTION
    [ -e "$STATE/pending/$1" ] || printf '%s\n' "$CHECK" >"$STATE/pending/$1"
}

run_pending() {
    for marker in "$STATE"/pending/*; do
        [ -e "$marker" ] || continue
        action=${marker##*/}
        if "after_$action" >"$SCRATCH/out" 2>&1; then
            rm -f "$marker"
        else
            read -r CHECK <"$marker"
            ERRORS=$((ERRORS + 1))
            json "$action: $(tail -n 2 "$SCRATCH/out" | tr '\n' ' ')"
            printf '{"type":"error","check":"%s","error":"%s"}\n' "$CHECK" "$JSON"
        fi
    done
}

main() {
    [ $# -eq 1 ] || { usage >&2; exit 2; }
    VERB=$1
    case $VERB in
    plan | apply | audit) ;;
    -h | --help) usage; exit 0 ;;
    *) usage >&2; exit 2 ;;
    esac
    [ "$(id -u)" -eq 0 ] || die "must run as root"
    require_operating_system
    TODAY=$(date -u +%Y%m%d)
    UNSET=no
    exec 9>/run/keyward-host.lock || die "cannot write /run/keyward-host.lock"
    flock -w 900 9 || die "another run holds /run/keyward-host.lock for more than 15 minutes"
    SCRATCH=$(mktemp -d /run/keyward-host.XXXXXX) || die "cannot make a folder under /run"
    trap 'rm -rf "$SCRATCH"' EXIT
    trap 'exit 2' HUP INT TERM
    if [ "$VERB" = apply ]; then
        mkdir -p "$STATE/pending" || die "cannot write $STATE"
    fi
    look_around
    profile
    [ "$VERB" != apply ] || run_pending
    tell_summary
}
