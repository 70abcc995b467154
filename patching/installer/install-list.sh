#!/bin/sh
# Made by Keyward: keyward-patch report | keyward-patch install FILE KEY
#   report   prints the installed packages as a list's patches
#   install  installs exactly the versions of a promoted list on packages that are installed already
# Works with apt and dnf. The list's name is <sequence>-<sha-256>.yaml: what it holds must be what its name says.
set -eu
umask 022
export LC_ALL=C DEBIAN_FRONTEND=noninteractive
state=${KEYWARD_PATCH_STATE-/var/lib/keyward/patch-list-sequence}

refuse() { echo "keyward-patch: the list is refused: $1" >&2; exit 3; }

manager=dnf
command -v dnf >/dev/null 2>&1 || manager=apt
[ -z "${KEYWARD_PACKAGE_MANAGER-}" ] || manager=$KEYWARD_PACKAGE_MANAGER
root=${KEYWARD_INSTALL_ROOT-/}

installed() {
    if [ "$manager" = apt ]; then
        dpkg-query -W -f '${db:Status-Abbrev} ${Package}.${Architecture}:${Version}\n' | sed -n 's/^ii  *//p'
    else
        rpm --root "$root" -qa --qf '%{NAME}.%{ARCH}:%{EPOCHNUM}:%{VERSION}-%{RELEASE}\n'
    fi | sort
}

report() {
    installed | sed 's/^\([^:]*\):\(.*\)$/  - id: \1\n    title: \1:\2/'
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
}

# Prints the pinned packages of which another version is installed, one a line, as the package manager takes them.
wanted() {
    have=$(mktemp)
    installed >"$have"
    sed -n 's/^    title: //p' "$1" | tr -d "\"'" | while IFS= read -r title; do
        id=${title%%:*} version=${title#*:}
        echo "$title" | grep -Eq '^[A-Za-z0-9.+_~-]+:[A-Za-z0-9.+_~^:-]+$' || { echo "bad title $title" >&2; exit 3; }
        grep -qxF "$title" "$have" && continue
        # Only what is installed already is changed: a list adds no package.
        grep -qF "$id:" "$have" || continue
        if [ "$manager" = apt ]; then
            echo "${id%.*}=$version"
        else
            epoch=${version%%:*}
            echo "${id%.*}-$epoch:${version#*:}.${id##*.}"
        fi
    done
    rm -f "$have"
}

install_list() {
    check "$1" "$2"
    packages=$(wanted "$1")
    if [ -n "$packages" ]; then
        # Word splitting is wanted: one argument a package; titles hold neither spaces nor patterns.
        if [ "$manager" = apt ]; then
            apt-get --quiet=2 -o APT::Update::Error-Mode=any update
            # shellcheck disable=SC2086
            apt-get --yes --quiet=2 --no-install-recommends --only-upgrade --allow-downgrades \
                -o Dpkg::Options::=--force-confdef -o Dpkg::Options::=--force-confold install $packages
        else
            # shellcheck disable=SC2086
            dnf --quiet --assumeyes --refresh --setopt='*.skip_if_unavailable=0' --installroot "$root" \
                ${KEYWARD_DNF_OPTIONS-} install $packages
        fi
    fi
    left=$(wanted "$1")
    [ -z "$left" ] || { echo "keyward-patch: not installed: $left" >&2; exit 1; }
    mkdir -p "${state%/*}"
    echo "$sequence" >"$state"
    echo "$packages" | sed '/^$/d;s/^/installed /'
}

case ${1-} in
    report) report ;;
    install) [ $# -eq 3 ] || { echo "usage: keyward-patch install FILE KEY" >&2; exit 2; }; install_list "$2" "$3" ;;
    *) echo "usage: keyward-patch report | keyward-patch install FILE KEY" >&2; exit 2 ;;
esac
