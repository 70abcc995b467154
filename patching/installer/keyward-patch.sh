#!/bin/sh
# Made by Keyward: keyward-patch report | scan | upgrade | install FILE KEY
#   report   prints the installed packages as a list's patches
#   scan     prints what is installed, missing, broken or waits for a restart, as JSON lines
#   upgrade  installs what the repositories have: on canaries
#   install  installs exactly the versions of a promoted list on packages that are installed already: in production
# Works with apt; report and install with dnf too, where Patch Manager does the rest.
# The list's name is <sequence>-<sha-256>.yaml: what it holds must be what its name says.
set -eu
umask 022
export LC_ALL=C DEBIAN_FRONTEND=noninteractive
state=${KEYWARD_PATCH_STATE-/var/lib/keyward/patch-list-sequence}
# Lies in memory: a restart removes it.
restart_mark=${KEYWARD_RESTART_MARK-/run/keyward-restart-needed}

refuse() { echo "keyward-patch: the list is refused: $1" >&2; exit 3; }
fail() { echo "keyward-patch: $1" >&2; exit 1; }

manager=dnf
command -v dnf >/dev/null 2>&1 || manager=apt
[ -z "${KEYWARD_PACKAGE_MANAGER-}" ] || manager=$KEYWARD_PACKAGE_MANAGER
root=${KEYWARD_INSTALL_ROOT-/}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

installed() {
    if [ "$manager" = apt ]; then
        dpkg-query -W -f '${db:Status-Abbrev} ${Package}.${Architecture}:${Version}\n' | sed -n 's/^[ih]i  *//p'
    else
        rpm --root "$root" -qa --qf '%{NAME}.%{ARCH}:%{EPOCHNUM}:%{VERSION}-%{RELEASE}\n'
    fi | sort
}

report() {
    installed | sed 's/^\([^:]*\):\(.*\)$/  - id: \1\n    title: \1:\2/'
}

apt_only() { [ "$manager" = apt ] || fail "$1 works with apt only: Patch Manager does this where dnf is"; }

# A repository that cannot be reached is an error, not a mirror without news.
refresh() { apt-get --quiet=2 -o APT::Update::Error-Mode=any update >&2; }

apt_change() {
    apt-get --yes --quiet=2 --no-install-recommends --no-remove \
        -o Dpkg::Options::=--force-confdef -o Dpkg::Options::=--force-confold "$@" >&2
}

# Prints what a simulated run of apt-get would install: name.arch:version, one a line.
would_install() {
    apt-get --yes --no-install-recommends --simulate "$@" >"$work/simulation" || fail "apt-get cannot do this: $*"
    sed -n 's/^Inst \([^ :]*\)[^ ]* \(\[[^]]*\] \)\{0,1\}(\([^ ]*\) .*\[\([^]]*\)\]).*/\1.\4:\3/p' "$work/simulation"
}

item() {
    printf '{"type":"check","check":"%s","title":"%s","severity":"%s","verdict":"%s","state":"%s"}\n' "$1" "$2" "$3" "$4" "$5"
}

# One line a package, then the counts; the summary says that the scan came to its end.
scan() {
    apt_only scan
    started=$(date -u +%Y-%m-%dT%H:%M:%SZ)
    refresh
    installed >"$work/installed"
    would_install dist-upgrade >"$work/missing"
    dpkg-query -W -f '${db:Status-Abbrev} ${Package}.${Architecture}:${Version}\n' |
        sed -n '/^.[in] /d;/^.c /d;s/^...  *//p' >"$work/failed"
    waiting=0
    [ ! -e "$restart_mark" ] && [ ! -e /run/reboot-required ] || waiting=1
    while IFS= read -r title; do item "${title%%:*}" "$title" informational pass Installed; done <"$work/installed"
    while IFS= read -r title; do item "missing ${title%%:*}" "$title" critical fail Missing; done <"$work/missing"
    while IFS= read -r title; do item "failed ${title%%:*}" "$title" critical fail Failed; done <"$work/failed"
    counts="$started installed $(wc -l <"$work/installed") missing $(wc -l <"$work/missing") failed $(wc -l <"$work/failed") restart $waiting"
    verdict=fail
    [ -s "$work/missing" ] || [ -s "$work/failed" ] || [ "$waiting" = 1 ] || verdict=pass
    item scan "$counts" critical "$verdict" Summary
    echo '{"type":"summary","verb":"audit","profile":"keyward-patch"}'
}

# Compares what is installed now with what was before, says it, and asks for a restart when anything changed.
conclude() {
    installed >"$work/after"
    comm -13 "$work/before" "$work/after" | sed 's/^/installed /' >"$work/changes"
    [ ! -s "$work/changes" ] || : >"$restart_mark"
    cat "$work/changes"
}

upgrade() {
    apt_only upgrade
    installed >"$work/before"
    refresh
    apt_change --with-new-pkgs upgrade
    conclude
}

check() {
    file=$1 name=${2##*/}
    echo "$name" | grep -Eq '^[0-9]{8}-[0-9a-f]{64}\.yaml$' || refuse "its key must end in <sequence>-<sha-256>.yaml, got $2"
    sequence=$(echo "${name%%-*}" | sed 's/^0*//')
    sha256=${name#*-} sha256=${sha256%.yaml}
    [ -s "$file" ] || refuse "it is empty"
    found=$(sha256sum <"$file") found=${found%% *}
    [ "$found" = "$sha256" ] || refuse "its SHA-256 is $found, its key says $sha256"
    stated=$(sed -n 's/^count: //p' "$file")
    held=$(grep -c '^    title: ' "$file" || true)
    [ "${stated:-0}" -gt 0 ] || refuse "it holds no patch"
    [ "$stated" = "$held" ] || refuse "it says $stated patches and holds $held"
    [ "$(sed -n 's/^sequence: //p' "$file")" = "$sequence" ] || refuse "its number is not the one of its key"
    last=$(cat "$state" 2>/dev/null || echo 0)
    [ "$sequence" -ge "$last" ] || refuse "it is number $sequence, number $last was installed already"
    sed -n 's/^    title: //p' "$file" | tr -d "\"'" >"$work/titles"
    bad=$(grep -Evm 1 '^[A-Za-z0-9.+_~-]+:[A-Za-z0-9.+_~^:-]+$' "$work/titles" || true)
    [ -z "$bad" ] || refuse "it names no exact version: $bad"
}

# Prints the pinned packages of which another version is installed, one a line, as the package manager takes them.
wanted() {
    installed >"$work/have"
    sed 's/:.*//' "$work/have" >"$work/ids"
    while IFS= read -r title; do
        id=${title%%:*} version=${title#*:}
        grep -qxF "$title" "$work/have" && continue
        # Only what is installed already is changed: a list adds no package.
        grep -qxF "$id" "$work/ids" || continue
        if [ "$manager" = apt ]; then
            echo "${id%.*}=$version"
        else
            epoch=${version%%:*}
            echo "${id%.*}-$epoch:${version#*:}.${id##*.}"
        fi
    done <"$work/titles"
}

# What the named packages need besides comes in the canary's versions too, or not at all.
apt_install() {
    while IFS= read -r title; do
        id=${title%%:*}
        printf 'Package: %s\nPin: version %s\nPin-Priority: 1001\n\n' "${id%.*}" "${title#*:}"
    done <"$work/titles" >"$work/pins"
    set -- -o "Dir::Etc::Preferences=$work/pins" --allow-downgrades install "$@"
    would_install "$@" >"$work/planned"
    strange=$(grep -vxF -f "$work/titles" "$work/planned" | tr '\n' ' ' || true)
    [ -z "$strange" ] || fail "the canary did not run what this needs: $strange"
    apt_change "$@"
}

install_list() {
    check "$1" "$2"
    installed >"$work/before"
    packages=$(wanted)
    if [ -n "$packages" ]; then
        # Word splitting is wanted: one argument a package; titles hold neither spaces nor patterns.
        if [ "$manager" = apt ]; then
            refresh
            # shellcheck disable=SC2086
            apt_install $packages
        else
            # shellcheck disable=SC2086
            dnf --quiet --assumeyes --refresh --setopt='*.skip_if_unavailable=0' --installroot "$root" \
                ${KEYWARD_DNF_OPTIONS-} install $packages >&2
        fi
    fi
    left=$(wanted)
    [ -z "$left" ] || fail "not installed: $left"
    mkdir -p "${state%/*}"
    echo "$sequence" >"$state"
    conclude
}

usage() { echo "usage: keyward-patch report | scan | upgrade | install FILE KEY" >&2; exit 2; }

case ${1-} in
    report | scan | upgrade) [ $# -eq 1 ] || usage; "$1" ;;
    install) [ $# -eq 3 ] || usage; install_list "$2" "$3" ;;
    *) usage ;;
esac
