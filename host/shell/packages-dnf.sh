# Packages of Amazon Linux.

read_packages() {
    PACKAGES="
$(rpm -qa --qf '%{NAME}\n')
"
    WHOLE_PACKAGES=$PACKAGES
}

install_packages() {
    dnf install -y --quiet --setopt=install_weak_deps=False "$@" </dev/null
}

# What was pulled in by a removed package is left to dnf's own clean_requirements_on_remove.
remove_packages() {
    dnf remove -y --quiet "$@" </dev/null
}

probe_dnf_setting() { # dnf_setting KEY VALUE
    probe_setting /etc/dnf/dnf.conf = "$1" "$2"
}
fix_dnf_setting() {
    # Settings after the last line belong to [main], the file's only section.
    fix_setting /etc/dnf/dnf.conf = "$1" "$2"
}

probe_dnf_repositories_verified() {
    EXPECTED='no repository without gpgcheck'
    FOUND=$(grep -lE '^[[:space:]]*gpgcheck[[:space:]]*=[[:space:]]*(0|no|false)' /etc/yum.repos.d/*.repo 2>/dev/null | tr '\n' ' ')
    [ -n "$FOUND" ] || { FOUND=none; return 0; }
    FOUND="in $FOUND"
    return 1
}
fix_dnf_repositories_verified() {
    for repository in $FOUND; do
        [ -f "$repository" ] || continue
        sed -E 's/^[[:space:]]*gpgcheck[[:space:]]*=.*/gpgcheck=1/' "$repository" >"$SCRATCH/repository" &&
            replace_file "$repository" 644 root:root <"$SCRATCH/repository" || return 1
    done
}

# PAM features, switched on through the distribution's own tool.
probe_authselect() { # authselect FEATURE...
    EXPECTED="authselect features: $*"
    current=" $(authselect current --raw 2>&1) "
    FOUND=''
    for feature in "$@"; do
        case $current in *" $feature "*) ;; *) FOUND="$FOUND $feature" ;; esac
    done
    [ -z "$FOUND" ] || { FOUND="off:$FOUND"; return 1; }
    authselect check >/dev/null 2>&1 || { FOUND='files differ from the selected profile'; return 1; }
    FOUND=on
}
fix_authselect() {
    case $(authselect current --raw 2>/dev/null) in
    '' | 'No '*) authselect select minimal "$@" --force ;;
    *)
        for feature in "$@"; do authselect enable-feature "$feature" || return 1; done
        authselect apply-changes --force 2>/dev/null || authselect apply-changes
        ;;
    esac
}

# The system-wide crypto policy is one of these.
probe_crypto_policy() { # crypto_policy POLICY...
    EXPECTED="crypto policy: $*"
    FOUND=$(update-crypto-policies --show 2>&1)
    for policy in "$@"; do
        [ "$FOUND" != "$policy" ] || return 0
    done
    return 1
}
fix_crypto_policy() { update-crypto-policies --set DEFAULT:NO-SHA1; }
