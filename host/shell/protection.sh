# Firewall, listeners, mandatory access control.

# The rules in the kernel are those of the file, no more and no fewer. The file is loaded into an empty network
# namespace to see how this nft prints it.
probe_firewall() { # firewall FILE
    EXPECTED="kernel's rules as in $1"
    if [ $BOOTED = no ]; then
        FOUND='no running system'
        return 4
    fi
    wanted=$(unshare --net sh -c 'nft -f "$1" && nft -s list ruleset' sh "$1" 2>&1)
    is=$(nft -s list ruleset 2>&1)
    FOUND='as in the file'
    [ "$wanted" != "$is" ] || return 0
    if [ -z "$is" ]; then FOUND='no rules'; else first_difference "$is" "$wanted"; fi
    return 1
}
fix_firewall() { nft -f "$1"; }

read_sockets() { SOCKETS=$(ss -Hlntu 2>/dev/null) || SOCKETS=unknown; }

# Only these sockets listen on more than the loopback addresses.
probe_listeners() { # listeners PROTOCOL/PORT...
    EXPECTED="listening beyond loopback at most: ${*:-nothing}"
    if [ $BOOTED = no ]; then
        FOUND='no running system'
        return 4
    fi
    known=" $* "
    FOUND=''
    [ "$SOCKETS" != unknown ] || { FOUND='ss does not work'; return 1; }
    while read -r protocol _ _ _ local _; do
        case $local in
        '' | 127.* | '[::1]'* | '[::ffff:127.'* | *%lo:*) continue ;;
        esac
        port=${local##*:}
        case "$known" in *" $protocol/$port "*) ;; *) FOUND="$FOUND $protocol/$local" ;; esac
    done <<END
$SOCKETS
END
    [ -n "$FOUND" ] || { FOUND='no others'; return 0; }
    FOUND="others:$FOUND"
    return 1
}
fix_listeners() {
    # Daemons that the profile configured must have read their files by now.
    run_pending
    read_sockets
    probe_listeners "$@" && return 0
    echo "a program that the profile does not know listens; stop it or declare its port: $FOUND"
    return 1
}

probe_apparmor() {
    EXPECTED='AppArmor enabled, no profile in complain mode'
    if [ $CONTAINER = yes ] || [ $BOOTED = no ]; then
        FOUND='the kernel belongs to the host of the container'
        return 4
    fi
    if [ "$(cat /sys/module/apparmor/parameters/enabled 2>/dev/null)" != Y ]; then
        FOUND='AppArmor is not enabled'
        return 3
    fi
    FOUND=$(awk '$NF == "(complain)" { print $1 }' /sys/kernel/security/apparmor/profiles | tr '\n' ' ')
    [ -n "$FOUND" ] || { FOUND="$(wc -l </sys/kernel/security/apparmor/profiles) profiles enforce"; return 0; }
    FOUND="in complain mode: $FOUND"
    return 1
}
fix_apparmor() { aa-enforce /etc/apparmor.d/* >/dev/null; }

# A profile is loaded and enforces.
probe_apparmor_profile() { # apparmor_profile NAME FILE
    EXPECTED="AppArmor profile $1 enforces"
    if [ $CONTAINER = yes ] || [ $BOOTED = no ]; then
        FOUND='the kernel belongs to the host of the container'
        return 4
    fi
    [ "$(cat /sys/module/apparmor/parameters/enabled 2>/dev/null)" = Y ] || { FOUND='AppArmor is not enabled'; return 3; }
    FOUND=$(grep -F "$1 (" /sys/kernel/security/apparmor/profiles) || { FOUND='not loaded'; return 1; }
    [ "$FOUND" = "$1 (enforce)" ]
}
fix_apparmor_profile() { apparmor_parser -r "$2"; }

probe_selinux() { # selinux POLICY
    EXPECTED="SELinux enforcing with policy $1"
    if [ $CONTAINER = yes ] || [ $BOOTED = no ]; then
        FOUND='the kernel belongs to the host of the container'
        return 4
    fi
    [ -e /sys/fs/selinux/enforce ] || { FOUND='SELinux is not in the kernel'; return 3; }
    [ "$(cat /sys/fs/selinux/enforce)" = 1 ] && FOUND='enforcing' && return 0
    FOUND='permissive'
    return 1
}
fix_selinux() { setenforce 1; }
