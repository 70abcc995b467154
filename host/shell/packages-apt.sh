# Packages of the Debian family.

# What left any trace, and what is whole: a power cut leaves packages that are unpacked and nothing more.
read_packages() {
    PACKAGE_STATES=$(dpkg-query -W -f '${db:Status-Abbrev} ${Package}\n')
    PACKAGES="$NEWLINE$(printf '%s\n' "$PACKAGE_STATES" | sed -n 's/^.[^n]. //p')$NEWLINE"
    WHOLE_PACKAGES="$NEWLINE$(printf '%s\n' "$PACKAGE_STATES" | sed -n 's/^.i  //p')$NEWLINE"
}

probe_packages_whole() {
    EXPECTED='no package half installed'
    FOUND=$(printf '%s\n' "$PACKAGE_STATES" | sed -n '/^.[nc]  /d; /^.i  /d; s/^... //p' | tr '\n' ' ')
    [ -n "$FOUND" ] || { FOUND=none; return 0; }
    FOUND="half installed: $FOUND"
    return 1
}
# What was cut off while it was unpacked cannot be configured: it is unpacked anew, and what was being removed is removed.
fix_packages_whole() {
    dpkg --configure -a --force-confdef --force-confold </dev/null
    read_packages
    leaving=$(printf '%s\n' "$PACKAGE_STATES" | sed -n 's/^[rp][^nci]. //p')
    torn=$(printf '%s\n' "$PACKAGE_STATES" | sed -n 's/^[^rp][^nci]. //p; s/^.iR //p')
    [ -z "$leaving" ] || dpkg --purge --force-remove-reinstreq $leaving </dev/null || return 1
    DEBIAN_FRONTEND=noninteractive apt-get install -f --reinstall -y -q --no-remove --no-install-recommends \
        -o APT::Get::AutomaticRemove=false -o Dpkg::Options::=--force-confdef -o Dpkg::Options::=--force-confold \
        $torn </dev/null || return 1
    read_packages
}

install_packages() {
    # A power cut may have left packages half installed.
    [ -n "${REFRESHED:-}" ] || apt-get update -q -o Acquire::Retries=0 >/dev/null 2>&1
    REFRESHED=yes
    dpkg --configure -a --force-confdef --force-confold </dev/null &&
        DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends --purge \
            -o Dpkg::Options::=--force-confdef -o Dpkg::Options::=--force-confold "$@" </dev/null
}

# Purged: configuration that stays behind would come alive with the next installation.
remove_packages() {
    DEBIAN_FRONTEND=noninteractive apt-get purge -y -q "$@" </dev/null
}

# No source may do without a signature.
probe_apt_sources_verified() {
    EXPECTED='no package source marked as trusted without signature'
    FOUND=$(grep -lEi '^[^#]*(trusted[ :=]*yes|allow-insecure[ :=]*yes)' \
        /etc/apt/sources.list /etc/apt/sources.list.d/* 2>/dev/null | tr '\n' ' ')
    [ -n "$FOUND" ] || { FOUND=none; return 0; }
    FOUND="in $FOUND"
    return 1
}
fix_apt_sources_verified() {
    for source in $FOUND; do
        [ -f "$source" ] || continue
        sed -E '/^[^#]*(trusted[ :=]*yes|allow-insecure[ :=]*yes)/I s/^/# set by keyward: /' "$source" >"$SCRATCH/source" &&
            replace_file "$source" 644 root:root <"$SCRATCH/source" || return 1
    done
}

# PAM profiles, switched on through the distribution's own tool so that its next run keeps them.
probe_pam_profile() { # pam_profile NAME...
    EXPECTED="PAM profiles enabled: $*"
    FOUND=''
    for name in "$@"; do
        grep -qx "Name:$name\|$name" /var/lib/pam/seen 2>/dev/null || FOUND="$FOUND $name"
    done
    [ -n "$FOUND" ] || { FOUND=enabled; return 0; }
    FOUND="not enabled:$FOUND"
    return 1
}
fix_pam_profile() {
    DEBIAN_FRONTEND=noninteractive pam-auth-update --force --enable "$@" </dev/null
}
fix_pam() {
    DEBIAN_FRONTEND=noninteractive pam-auth-update --force --enable keyward-lockout keyward-lockout-count \
        keyward-history pwquality </dev/null
}

# What a removed package leaves behind is gone too: its start scripts and jobs would come alive with it.
probe_removed_packages_purged() {
    EXPECTED='no removed package left its configuration behind'
    FOUND=$(dpkg-query -W -f '${db:Status-Abbrev} ${Package}\n' | sed -n 's/^.c *//p' | tr '\n' ' ')
    [ -n "$FOUND" ] || { FOUND=none; return 0; }
    FOUND="left behind by $FOUND"
    return 1
}
fix_removed_packages_purged() { DEBIAN_FRONTEND=noninteractive dpkg --purge ${FOUND#left behind by } </dev/null; }
