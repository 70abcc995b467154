# Audit rules and the integrity of files.

read_audit_rules() {
    [ -n "$AUDIT_RULES" ] || AUDIT_RULES="$NEWLINE$(auditctl -l 2>/dev/null)$NEWLINE"
}

# Every rule of one file under rules.d is loaded. The file item before it writes the file.
probe_audit_loaded() { # audit_loaded KEY COUNT
    EXPECTED="$2 loaded audit rules with key $1"
    if [ $CONTAINER = yes ] || [ $BOOTED = no ]; then
        FOUND='audit belongs to the host of the container'
        return 4
    fi
    read_audit_rules
    count=0 rest=$AUDIT_RULES
    while :; do
        case $rest in
        *"key=$1$NEWLINE"*) rest="$NEWLINE${rest#*"key=$1$NEWLINE"}" ;;
        *"-k $1$NEWLINE"*) rest="$NEWLINE${rest#*"-k $1$NEWLINE"}" ;;
        *) break ;;
        esac
        count=$((count + 1))
    done
    FOUND="$count loaded"
    [ $count -ne "$2" ] || return 0
    case $(auditctl -s 2>/dev/null) in "enabled 2"*) return 3 ;; esac
    return 1
}
fix_audit_loaded() {
    augenrules --load >/dev/null || return 1
    AUDIT_RULES=''
}

# The rules cannot be changed until the next boot.
probe_audit_immutable() {
    EXPECTED='audit rules immutable (enabled 2)'
    if [ $CONTAINER = yes ] || [ $BOOTED = no ]; then
        FOUND='audit belongs to the host of the container'
        return 4
    fi
    FOUND=$(auditctl -s 2>/dev/null | head -n 1)
    [ "$FOUND" != "enabled 2" ]  || return 0
    return 1
}
fix_audit_immutable() {
    augenrules --load >/dev/null && AUDIT_RULES=''
}

# One rule for every program that runs with more rights than its caller: the list is made on the machine.
privileged_rules() {
    printf '%s\n' "$TREE" | sed -n 's/^s //p' | while read -r path; do
        printf -- '-a always,exit -F path=%s -F perm=x -F auid>=%s -F auid!=unset -k privileged\n' "$path" "$1"
    done
}
probe_audit_privileged() { # audit_privileged FILE FIRST-UID
    EXPECTED='a rule for every set-id program'
    [ -f "$1" ] || { FOUND="no file $1"; return 1; }
    if [ "$(privileged_rules "$2")" != "$(cat "$1")" ]; then
        FOUND="$1 is not what the programs on this system ask for"
        return 1
    fi
    FOUND="$(grep -c . "$1") programs"
    [ "$(stat -c '%a %U:%G' "$1")" = '600 root:root' ]
}
fix_audit_privileged() {
    privileged_rules "$2" | replace_file "$1" 600 root:root
}
probe_audit_privileged_loaded() { # audit_privileged_loaded FILE
    probe_audit_loaded privileged "$(grep -c . "$1" 2>/dev/null)"
}
fix_audit_privileged_loaded() { fix_audit_loaded; }

# The database that files are compared with: there, of root alone, and its fingerprint in the journal, so that the
# proof leaves the machine with the log. It is made once, when everything else is done.
probe_integrity_database() { # integrity_database PATH CONFIGURATION
    EXPECTED="$1, 600 root:root, as recorded"
    [ -s "$1" ] || { FOUND="no $1"; return 1; }
    state=$(stat -c '%a %U:%G' "$1")
    FOUND="$1, $state"
    [ "$state" = '600 root:root' ] || return 1
    [ "$(sha256sum <"$1")" = "$(cat $STATE/integrity-database.sha256 2>/dev/null)" ] && return 0
    FOUND="$1 is not the one that the profile recorded"
    return 1
}
fix_integrity_database() {
    if [ ! -s "$1" ]; then
        # The written database stays beside the one that is read, as auditors of the benchmark look for both.
        rm -f "$1.new"
        aide --init --config "$2" >/dev/null && cp -p "$1.new" "$1.part" && mv -f "$1.part" "$1" || return 1
    fi
    chown root:root "$1" && chmod 600 "$1" || return 1
    sha256sum <"$1" | replace_file $STATE/integrity-database.sha256 600 root:root &&
        publish_fingerprint "$1"
}

# Fingerprint of a file in the journal, so that it leaves the machine with the log.
publish_fingerprint() {
    sha256sum "$1" | systemd-cat -t keyward-integrity -p notice 2>/dev/null || :
}

# The rules that the boot loads end with the lock.
probe_audit_compiled() {
    EXPECTED='/etc/audit/audit.rules ends with -e 2'
    FOUND=$(tail -n 1 /etc/audit/audit.rules 2>&1)
    [ "$FOUND" = '-e 2' ]
}
fix_audit_compiled() {
    # Loading fails in a container and, once locked, until the next boot; the file is made all the same.
    augenrules --load >/dev/null 2>&1
    probe_audit_compiled
}

# Log files are not for everybody.
probe_log_files() {
    EXPECTED='files below /var/log at most 640, of root or the system'
    FOUND=$(find /var/log -xdev -type f ! -name wtmp ! -name lastlog ! -name btmp -perm /0137 ! -path '/var/log/journal/*' \
        ! -path '/var/log/amazon/*' -printf '%p:%m ' 2>/dev/null
        find /var/log -maxdepth 1 \( -name 'wtmp*' -o -name 'lastlog*' -o -name 'btmp*' \) -perm /0117 -printf '%p:%m ')
    [ -n "$FOUND" ] || { FOUND='all so'; return 0; }
    return 1
}
fix_log_files() {
    find /var/log -xdev -type f ! -name wtmp ! -name lastlog ! -name btmp -perm /0137 ! -path '/var/log/journal/*' \
        ! -path '/var/log/amazon/*' -exec chmod u-x,g-wx,o-rwx {} + &&
        find /var/log -maxdepth 1 \( -name 'wtmp*' -o -name 'lastlog*' -o -name 'btmp*' \) -perm /0117 -exec chmod ug-x,o-rwx {} +
}

after_journal_upload() { [ $BOOTED = no ] || systemctl try-restart systemd-journal-upload.service; }
