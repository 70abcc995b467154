# Services. Where systemd does not run (an image being built) only what the next boot will do is judged.

read_units() {
    MASKED=" $(find /etc/systemd/system -maxdepth 1 -type l -lname /dev/null -printf '%f ') "
    ENABLED=" $(find /etc/systemd/system -mindepth 2 -type l -printf '%f ') "
    ACTIVE=' '
    if [ $BOOTED = yes ]; then
        ACTIVE=" $(systemctl list-units --state=active,activating,reloading --plain --no-legend --no-pager |
            while read -r unit _; do printf '%s ' "$unit"; done)"
    fi
}

probe_units_masked() { # units_masked UNIT...
    EXPECTED="masked: $*"
    FOUND=''
    for unit in "$@"; do
        case $MASKED in *" $unit "*) ;; *) FOUND="$FOUND $unit=not-masked" ;; esac
        case $ACTIVE in *" $unit "*) FOUND="$FOUND $unit=running" ;; esac
    done
    [ -n "$FOUND" ] || { FOUND='masked'; return 0; }
    return 1
}
fix_units_masked() {
    for unit in "$@"; do
        case $ACTIVE in
        *" $unit "*) systemctl stop "$unit" || return 1 ;;
        esac
        # A unit file of its own in /etc stands where the mask must stand.
        if [ -f "/etc/systemd/system/$unit" ] && [ ! -h "/etc/systemd/system/$unit" ]; then
            mv -f "/etc/systemd/system/$unit" "/etc/systemd/system/$unit.keyward-replaced" || return 1
        fi
        ln -sfn /dev/null "/etc/systemd/system/$unit" || return 1
    done
    after systemd
    read_units
}

probe_unit_enabled() { # unit_enabled UNIT [only-at-boot]
    EXPECTED="$1 enabled and running"
    case $MASKED in *" $1 "*) FOUND="$1 masked"; return 1 ;; esac
    case $ENABLED in
    *" $1 "*) ;;
    *) FOUND="$1 not enabled"; return 1 ;;
    esac
    if [ $BOOTED = no ] || [ "${2:-}" = only-at-boot ]; then
        EXPECTED="$1 enabled" FOUND="$1 enabled"
        return 0
    fi
    case $ACTIVE in
    *" $1 "*) FOUND="$1 enabled and running" ; return 0 ;;
    esac
    FOUND="$1 not running"
    if [ $CONTAINER = yes ] && [ "${2:-}" = needs-kernel ]; then
        return 4
    fi
    return 1
}
fix_unit_enabled() {
    [ ! -h "/etc/systemd/system/$1" ] || rm -f "/etc/systemd/system/$1"
    systemctl enable --quiet "$1" || return 1
    if [ $BOOTED = yes ] && [ "${2:-}" != only-at-boot ]; then
        systemctl daemon-reload
        systemctl start "$1" || { [ $CONTAINER = yes ] && [ "${2:-}" = needs-kernel ]; } || return 1
    fi
    read_units
}

after_systemd() { [ $BOOTED = no ] || systemctl daemon-reload; }
after_journald() { [ $BOOTED = no ] || systemctl restart systemd-journald.service; }
after_resolved() { [ $BOOTED = no ] || systemctl try-restart systemd-resolved.service; }
after_chrony() {
    [ $BOOTED = yes ] || return 0
    for unit in chrony.service chronyd.service; do
        if systemctl is-active --quiet $unit; then systemctl restart $unit || return 1; fi
    done
}
after_rsyslog() { [ $BOOTED = no ] || systemctl try-restart rsyslog.service; }
after_sshd() {
    [ $BOOTED = yes ] || return 0
    for unit in ssh.service sshd.service; do
        if systemctl is-active --quiet $unit; then systemctl reload $unit || return 1; fi
    done
}
after_auditd() { [ $BOOTED = no ] || [ $CONTAINER = yes ] || pkill -HUP -x auditd || [ $? -eq 1 ]; }

# What systemd makes of a unit with all its drop-ins: a later drop-in could undo ours. Without the unit (software comes
# later) there is nothing to ask.
probe_effective_unit() { # effective_unit UNIT USER
    EXPECTED="$1 runs as $2 without new privileges, in a read-only system"
    if [ $BOOTED = no ]; then
        FOUND='no running system'
        return 4
    fi
    state=$(systemctl show "$1" -p LoadState -p User -p NoNewPrivileges -p ProtectSystem -p CapabilityBoundingSet -p MemorySwapMax -p LimitCORE)
    case $state in *LoadState=loaded*) ;; *) FOUND="$1 is not installed"; return 2 ;; esac
    FOUND=''
    for line in "User=$2" NoNewPrivileges=yes ProtectSystem=strict LimitCORE=0; do
        case "$NEWLINE$state$NEWLINE" in *"$NEWLINE$line$NEWLINE"*) ;; *) FOUND="$FOUND not $line" ;; esac
    done
    [ -n "$FOUND" ] || { FOUND='so'; return 0; }
    return 1
}
fix_effective_unit() {
    systemctl daemon-reload
    probe_effective_unit "$@" && return 0
    echo "a drop-in that sorts later undoes the profile's: see systemctl cat $1"
    return 1
}
after_workload() { [ $BOOTED = no ] || systemctl daemon-reload; }
