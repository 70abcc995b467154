# Accounts, passwords and the SSH server.

ask_sshd() {
    [ -z "$SSHD" ] || return 0
    command -v sshd >/dev/null || { FOUND='no SSH server installed'; return 1; }
    [ -d /run/sshd ] || mkdir -m 755 /run/sshd
    SSHD="$NEWLINE$(sshd -T 2>&1)$NEWLINE"
}

# A list that grows with every line of every file, such as the users that may log in: these and no others.
probe_sshd_list() { # sshd_list KEY VALUE...
    EXPECTED="sshd $*"
    ask_sshd || return 2
    FOUND="sshd $1$(printf '%s' "$SSHD" | sed -n "s/^$1 / /p" | tr -d '\n')"
    [ "$FOUND" = "$EXPECTED" ]
}
fix_sshd_list() { fix_sshd "$1"; }

# One effective value of the SSH server: what sshd itself makes of all its files.
probe_sshd() { # sshd KEY VALUE
    EXPECTED="sshd $1 $2"
    ask_sshd || return 2
    case $SSHD in
    *"$NEWLINE$1 $2$NEWLINE"*) FOUND="$1 $2"; return 0 ;;
    *"$NEWLINE$1 "*)
        FOUND=${SSHD#*"$NEWLINE$1 "}
        FOUND="$1 ${FOUND%%"$NEWLINE"*}"
        ;;
    *) FOUND="sshd -T says no $1: ${SSHD%%"$NEWLINE"*}" ;;
    esac
    return 1
}
# The block item before it sets the value; what contradicts it in files of others becomes a comment. sshd is asked anew.
fix_sshd() {
    for file in /etc/ssh/sshd_config /etc/ssh/sshd_config.d/*.conf; do
        [ -f "$file" ] || continue
        awk -v key="$1" '
            /^# keyward / { ours = $NF != "ends" }
            !ours && tolower($1) == key { print "# set by keyward: " $0; next }
            { print }
        ' "$file" >"$SCRATCH/sshd"
        cmp -s "$file" "$SCRATCH/sshd" || replace_file "$file" 600 root:root <"$SCRATCH/sshd" || return 1
    done
    SSHD=''
    after sshd
}

# Words that must stand in a PAM stack, in this order of lines: each argument is a pattern of one line.
probe_pam() { # pam SERVICE-FILE PATTERN...
    EXPECTED="PAM $1"
    [ -f "$1" ] || { FOUND="no file $1"; return 1; }
    stack=$(tr -s ' \t' ' ' <"$1")
    shift
    FOUND=''
    for pattern in "$@"; do
        EXPECTED="$EXPECTED; $pattern"
        hit=no
        while read -r line; do
            # shellcheck disable=SC2254 # the pattern is one
            case $line in $pattern) hit=yes && break ;; esac
        done <<END
$stack
END
        [ $hit = yes ] || FOUND="$FOUND; no '$pattern'"
    done
    [ -n "$FOUND" ] || { FOUND='as expected'; return 0; }
    FOUND=${FOUND#; }
    return 1
}

# No word that must not stand in a PAM stack.
probe_pam_without() { # pam_without WORD FILE...
    word=$1
    shift
    EXPECTED="no $word in $*"
    FOUND=$(grep -lw -- "$word" "$@" 2>/dev/null | tr '\n' ' ')
    [ -n "$FOUND" ] || { FOUND=none; return 0; }
    FOUND="in $FOUND"
    return 1
}
fix_pam_without() {
    word=$1
    shift
    for file in "$@"; do
        [ -f "$file" ] || continue
        sed "/^[^#]/s/[[:space:]]$word\\b//g" "$file" >"$SCRATCH/pam" &&
            { cmp -s "$file" "$SCRATCH/pam" || replace_file "$(readlink -f "$file")" 644 root:root <"$SCRATCH/pam"; } || return 1
    done
}

# Every account that can log in has the ages of the profile; 'locked' passwords have none.
probe_password_ages() { # password_ages MAXIMUM MINIMUM WARN INACTIVE
    EXPECTED="every password: at most $1, at least $2, warned $3, locked $4 days after"
    FOUND=$(awk -F: -v max="$1" -v min="$2" -v warn="$3" -v inactive="$4" -v today="$(($(date +%s) / 86400))" '
        $2 ~ /^[!*]/ || $2 == "" { next }
        $5 == "" || $5 > max || $4 == "" || $4 < min || $6 == "" || $6 < warn || $7 == "" || $7 > inactive { print $1 }
        $3 == "" || $3 > today { print $1 ": last change " ($3 == "" ? "unknown" : "in the future") }
    ' /etc/shadow | tr '\n' ' ')
    [ -n "$FOUND" ] || { FOUND='all so'; return 0; }
    FOUND="not so: $FOUND"
    return 1
}
fix_password_ages() {
    today=$(date +%Y-%m-%d)
    awk -F: '$2 !~ /^[!*]/ && $2 != "" { print $1, $3 }' /etc/shadow >"$SCRATCH/users"
    while read -r user changed; do
        chage -M "$1" -m "$2" -W "$3" -I "$4" "$user" || return 1
        if [ -z "$changed" ] || [ "$changed" -gt "$(($(date +%s) / 86400))" ]; then chage -d "$today" "$user" || return 1; fi
    done <"$SCRATCH/users"
}

# Accounts of the system cannot log in: no shell, no password.
probe_system_accounts() { # system_accounts FIRST-UID-OF-PEOPLE
    EXPECTED='system accounts have no shell and no password'
    FOUND=$(awk -F: -v people="$1" '
        FNR == NR { hash[$1] = $2; next }
        $1 == "root" || ($3 >= people && $3 != 65534) { next }
        $1 !~ /^(sync|shutdown|halt)$/ && $7 !~ /(nologin|\/false)$/ { print $1 ":shell=" $7 }
        hash[$1] !~ /^[!*]/ { print $1 ":password" }
    ' /etc/shadow /etc/passwd | tr '\n' ' ')
    [ -n "$FOUND" ] || { FOUND='all so'; return 0; }
    return 1
}
fix_system_accounts() {
    nologin=$(command -v nologin) || nologin=/usr/sbin/nologin
    for finding in $FOUND; do
        user=${finding%%:*}
        case $finding in
        *:password) usermod -L "$user" && passwd -l "$user" || return 1 ;;
        *) usermod -s "$nologin" "$user" || return 1 ;;
        esac
    done
}

# What an awk program over the account files finds is a weakness that people must look at: nobody else can know which
# of two owners of one number is the right one.
probe_accounts_sound() {
    EXPECTED='no empty password, one root, unique numbers and names, every primary group known, no legacy entries'
    FOUND=$(awk -F: '
        FILENAME == "/etc/group" {
            if ($1 in gname) print "group name " $1 " twice"
            if ($3 in gid) print "group number " $3 " twice"
            gname[$1] = 1; gid[$3] = 1
            if ($1 == "shadow" && $4 != "") print "members in group shadow: " $4
            if ($3 == 0 && $1 != "root") print "group " $1 " has number 0"
        }
        FILENAME == "/etc/shadow" { if ($2 == "") print $1 " has an empty password" }
        FILENAME == "/etc/passwd" {
            if ($1 ~ /^\+/) { print "legacy entry"; next }
            if ($1 in name) print "user name " $1 " twice"
            if ($3 in uid) print "user number " $3 " twice"
            name[$1] = 1; uid[$3] = 1
            if ($3 == 0 && $1 != "root") print $1 " has number 0"
            if ($2 != "x") print $1 " has its password outside shadow"
            if (!($4 in gid)) print $1 " has an unknown group"
            if ($4 == 0 && $1 != "root" && $1 !~ /^(sync|shutdown|halt|operator)$/) print $1 " is in the group of root"
        }
    ' /etc/group /etc/shadow /etc/passwd | tr '\n' ';')
    [ -n "$FOUND" ] || { FOUND='all so'; return 0; }
    return 1
}
fix_accounts_sound() {
    # Only what has one right answer.
    awk -F: '$2 == "" { print $1 }' /etc/shadow | while read -r user; do passwd -l "$user" || exit 1; done
    probe_accounts_sound && return 0
    echo "only people can decide: $FOUND"
    return 1
}

# Accounts of people are those of the profile.
probe_people() { # people FIRST-UID NAME...
    first=$1
    shift
    EXPECTED="accounts of people that can log in: ${*:-none}"
    FOUND=$(awk -F: -v first="$first" -v known=" $* " '
        $3 >= first && $3 != 65534 && $7 !~ /(nologin|\/false)$/ && index(known, " " $1 " ") == 0 { print $1 }
    ' /etc/passwd | tr '\n' ' ')
    [ -n "$FOUND" ] || { FOUND='no others'; return 0; }
    FOUND="others: $FOUND"
    return 1
}
fix_people() {
    for user in ${FOUND#others: }; do
        usermod -L -e 1 -s "$(command -v nologin)" "$user" || return 1
    done
}

probe_homes() { # homes FIRST-UID
    EXPECTED='homes belong to their users, at most 750; no .forward, .netrc, .rhosts; dot files not writable for others'
    bad=''
    while IFS=: read -r user _ uid gid _ home shell; do
        case $shell in */nologin | */false) continue ;; esac
        [ "$uid" -ge "$1" ] || [ "$uid" -eq 0 ] || continue
        if [ ! -d "$home" ] || [ "$home" = / ]; then bad="$bad $user:no-home"; continue; fi
        bad="$bad$(find "$home" -maxdepth 0 \( ! -user "$uid" -o -perm /027 \) -printf ' %p:%m')"
        bad="$bad$(find "$home" -maxdepth 1 -name '.*' -type f \( -perm /022 -o ! -user "$uid" -o ! -group "$gid" \
            -o -name .forward -o -name .netrc -o -name .rhosts -o -name .shosts \
            -o -name '.*_history' -perm /077 \) -printf ' %p')"
    done </etc/passwd
    FOUND=${bad:-all so}
    [ -z "$bad" ]
}
fix_homes() {
    while IFS=: read -r user _ uid gid _ home shell; do
        case $shell in */nologin | */false) continue ;; esac
        [ "$uid" -ge "$1" ] || [ "$uid" -eq 0 ] || continue
        [ "$home" != / ] || continue
        [ -d "$home" ] || { mkdir -m 750 "$home" && chown "$uid:$gid" "$home"; } || return 1
        chown "$uid:$gid" "$home" && chmod g-w,o-rwx "$home" || return 1
        find "$home" -maxdepth 1 \( -name .forward -o -name .netrc -o -name .rhosts -o -name .shosts \) -type f -delete
        find "$home" -maxdepth 1 -name '.*' -type f -exec chown "$uid:$gid" {} + -exec chmod go-w {} +
        find "$home" -maxdepth 1 -name '.*_history' -type f -exec chmod go-rwx {} +
    done </etc/passwd
}

# The superuser's search path holds only folders that nobody else can write.
probe_root_path() {
    EXPECTED="root's login path has only folders of root that others cannot write"
    path=$(env -i HOME=/root USER=root TERM=dumb sh -lc 'printf %s "$PATH"' 2>/dev/null)
    FOUND=''
    case ":$path:" in *::* | *:.:* | *:[!/]*) FOUND=' relative or empty part' ;; esac
    for directory in $(printf '%s' "$path" | tr : ' '); do
        [ -d "$directory" ] || continue
        FOUND="$FOUND$(find -L "$directory" -maxdepth 0 \( ! -user root -o -perm /022 \) -printf ' %p:%m')"
    done
    [ -n "$FOUND" ] || { FOUND=$path; return 0; }
    return 1
}
fix_root_path() {
    for directory in $(printf '%s' "$path" | tr : ' '); do
        [ -d "$directory" ] || continue
        chown root "$directory" && chmod go-w "$directory" || return 1
    done
}

# Password of root: locked, or set by people; never empty. Key servers are entered through sessions and sudo.
probe_locked_account() { # locked_account USER
    EXPECTED="password of $1 locked"
    case $(getent shadow "$1") in
    "$1:"[*!]*) FOUND=locked; return 0 ;;
    '') FOUND="no account $1"; return 2 ;;
    esac
    FOUND='a password is set'
    return 1
}
fix_locked_account() { usermod -L "$1" || passwd -l "$1"; }

# A group without members (CIS: for su).
probe_empty_group() { # empty_group NAME
    EXPECTED="group $1 without members"
    case $(getent group "$1") in
    *:) FOUND='no members'; return 0 ;;
    '') FOUND="no group $1"; return 1 ;;
    esac
    FOUND="members: $(getent group "$1" | cut -d: -f4)"
    return 1
}
fix_empty_group() {
    getent group "$1" >/dev/null || groupadd --system "$1" || return 1
    gpasswd -M '' "$1"
}

# An account that only runs a service, or that sessions run as: no password, no membership in powerful groups.
probe_account() { # account USER SHELL HOME system|person
    EXPECTED="account $1 with shell $2, locked, in no powerful group"
    line=$(getent passwd "$1") || { FOUND="no account $1"; return 1; }
    FOUND=''
    case $line in *":$3:$2") ;; *) FOUND=" $line" ;; esac
    case $(getent shadow "$1") in "$1:"[*!]*) ;; *) FOUND="$FOUND has a password" ;; esac
    for group in $(id -nG "$1"); do
        case $group in root | sudo | wheel | adm | docker | lxd | disk | shadow) FOUND="$FOUND in group $group" ;; esac
    done
    [ -n "$FOUND" ] || { FOUND='so'; return 0; }
    return 1
}
fix_account() {
    if ! getent passwd "$1" >/dev/null; then
        getent group "$1" >/dev/null || groupadd "$1" || return 1
        if [ "$4" = system ]; then system=--system; else system=; fi
        useradd $system --gid "$1" --no-create-home --home-dir "$3" --shell "$2" "$1" || return 1
    fi
    usermod -s "$2" -d "$3" -L "$1" || return 1
    for group in root sudo wheel adm docker lxd disk shadow; do
        case " $(id -nG "$1") " in *" $group "*) gpasswd -d "$1" "$group" || return 1 ;; esac
    done
}

# Nothing in sudo's rules lets somebody skip authentication, except the named users that have no password at all (they
# logged in with a key).
probe_sudo_rules() { # sudo_rules USER...
    EXPECTED="no NOPASSWD (but for: ${*:-nobody}), no !authenticate, no rule for ssm-user"
    known=" $* "
    FOUND=''
    for file in /etc/sudoers /etc/sudoers.d/*; do
        [ -f "$file" ] || continue
        case ${file##*/} in *~ | *.*) continue ;; esac
        while read -r who rest; do
            case $who in
            '' | \#* | @*) continue ;;
            Defaults*) case "$who $rest" in *!authenticate*) FOUND="$FOUND $file:!authenticate" ;; esac ;;
            ssm-user) FOUND="$FOUND $file:ssm-user" ;;
            *)
                case $rest in *NOPASSWD*)
                    case $known in *" $who "*) ;; *) FOUND="$FOUND $file:$who" ;; esac
                    ;;
                esac
                ;;
            esac
        done <"$file"
    done
    [ -n "$FOUND" ] || { FOUND='none'; return 0; }
    return 1
}
fix_sudo_rules() {
    for file in /etc/sudoers /etc/sudoers.d/*; do
        [ -f "$file" ] || continue
        awk -v known=" $* " '
            /^[ \t]*[^#@]/ && ($1 == "ssm-user" || ($1 ~ /^Defaults/ && /!authenticate/) ||
                (/NOPASSWD/ && index(known, " " $1 " ") == 0)) { print "# set by keyward: " $0; next }
            { print }
        ' "$file" >"$SCRATCH/sudoers" && visudo -cqf "$SCRATCH/sudoers" || return 1
        cmp -s "$file" "$SCRATCH/sudoers" || replace_file "$file" 440 root:root <"$SCRATCH/sudoers" || return 1
    done
}

# One line of a PAM service file, such as that of su, in place of the commented sample.
probe_pam_line() { # pam_line PATH TYPE REST
    EXPECTED="$1: $2 $3"
    [ -f "$1" ] || { FOUND="no file $1"; return 1; }
    while read -r type rest; do
        case $rest in *"$TAB"*) rest=$(printf '%s' "$rest" | tr -s '\t ' ' ') ;; esac
        [ "$type $rest" != "$2 $3" ] || { FOUND="$1: $2 $3"; return 0; }
    done <"$1"
    FOUND="$1: no such line"
    return 1
}
fix_pam_line() {
    awk -v type="$2" -v rest="$3" '
        BEGIN { split(rest, word, " ") }
        $1 == type && index($0, word[2]) { next }
        !done && $1 == type && $2 != "sufficient" { print type "\t" rest; done = 1 }
        { print }
        $1 == type && $2 == "sufficient" && !done { print type "\t" rest; done = 1 }
        END { if (!done) print type "\t" rest }
    ' "$1" >"$SCRATCH/pam" && replace_file "$1" 644 root:root <"$SCRATCH/pam"
}

# nologin is no shell that somebody may choose.
probe_shells_without_nologin() {
    EXPECTED='no nologin in /etc/shells'
    [ -f /etc/shells ] || { FOUND='no file /etc/shells'; return 2; }
    FOUND=$(grep nologin /etc/shells | tr '\n' ' ')
    [ -n "$FOUND" ] || { FOUND=none; return 0; }
    return 1
}
fix_shells_without_nologin() {
    grep -v nologin /etc/shells >"$SCRATCH/shells"
    replace_file /etc/shells 644 root:root <"$SCRATCH/shells"
}

# Nobody's password is one that everybody tries. unix_chkpwd is PAM's own comparison.
probe_no_known_passwords() {
    EXPECTED='no account with a password that everybody tries'
    FOUND=''
    while IFS=: read -r user hash _; do
        case $hash in '' | [!\$]*) continue ;; esac
        for guess in "$user" password Password1 changeme changeit admin root toor secret vault openbao 123456 "$user"123; do
            if printf '%s\0' "$guess" | unix_chkpwd "$user" nonull >/dev/null 2>&1; then
                FOUND="$FOUND $user"
                break
            fi
        done
    done </etc/shadow
    [ -n "$FOUND" ] || { FOUND=none; return 0; }
    return 1
}
fix_no_known_passwords() {
    for user in $FOUND; do usermod -L "$user" || return 1; done
}

# Keys that let somebody in are those of the named users.
probe_authorized_keys() { # authorized_keys USER...
    EXPECTED="authorized keys only of: ${*:-nobody}"
    known=" $* "
    FOUND=''
    while IFS=: read -r user _ _ _ _ home _; do
        case $known in *" $user "*) continue ;; esac
        for path in "$home/.ssh/authorized_keys" "$home/.ssh/authorized_keys2"; do
            [ ! -s "$path" ] || FOUND="$FOUND $path"
        done
    done </etc/passwd
    [ -n "$FOUND" ] || { FOUND='no others'; return 0; }
    return 1
}
fix_authorized_keys() {
    for path in $FOUND; do mv -f "$path" "$path.keyward-removed" && chmod 600 "$path.keyward-removed" || return 1; done
}

# Groups for key exchange are large enough.
probe_small_moduli_absent() { # small_moduli_absent BITS
    EXPECTED="no group of less than $1 bits in /etc/ssh/moduli"
    [ -f /etc/ssh/moduli ] || { FOUND='no file /etc/ssh/moduli'; return 2; }
    FOUND=$(awk -v bits="$1" '$1 !~ /^#/ && $5 < bits { n++ } END { if (n) print n " smaller groups" }' /etc/ssh/moduli)
    [ -n "$FOUND" ] || { FOUND=none; return 0; }
    return 1
}
fix_small_moduli_absent() {
    awk -v bits="$1" '$1 ~ /^#/ || $5 >= bits' /etc/ssh/moduli >"$SCRATCH/moduli" &&
        replace_file /etc/ssh/moduli 644 root:root <"$SCRATCH/moduli"
}

# Which machine this is: firmware gives every instance another number; a container has only its machine-id.
machine() {
    MACHINE=''
    if [ $CONTAINER = no ] && [ -r /sys/class/dmi/id/product_uuid ]; then
        read -r MACHINE </sys/class/dmi/id/product_uuid
    fi
    [ -n "$MACHINE" ] || MACHINE=$(cat /etc/machine-id 2>/dev/null)
}

# machine-id was made on this machine, not copied with an image.
probe_machine_identity() {
    EXPECTED="/etc/machine-id made on this machine"
    id=$(cat /etc/machine-id 2>/dev/null)
    case $id in
    ????????????????????????????????) ;;
    *) FOUND="machine-id '$id'"; return 1 ;;
    esac
    machine
    if [ -f $STATE/machine-id-of ] && [ "$(cat $STATE/machine-id-of)" != "$MACHINE $id" ]; then
        FOUND="machine-id $id was recorded on another machine"
        return 1
    fi
    FOUND=$id
    [ -f $STATE/machine-id-of ] || { FOUND='not recorded yet'; return 1; }
}
fix_machine_identity() {
    machine
    recorded=$(cat $STATE/machine-id-of 2>/dev/null)
    case $(cat /etc/machine-id 2>/dev/null) in
    ????????????????????????????????) [ -n "$recorded" ] && [ "${recorded%% *}" != "$MACHINE" ] && renew=yes || renew=no ;;
    *) renew=yes ;;
    esac
    if [ $renew = yes ]; then
        rm -f /etc/machine-id && systemd-machine-id-setup || return 1
    fi
    machine
    printf '%s %s\n' "$MACHINE" "$(cat /etc/machine-id)" | replace_file $STATE/machine-id-of 600 root:root
}

# Host keys were made on this machine, and nobody else has them.
host_key_prints() { cat /etc/ssh/ssh_host_*_key.pub 2>/dev/null | sort | sha256sum | cut -d ' ' -f 1; }
probe_host_keys_fresh() {
    EXPECTED='SSH host keys made on this machine'
    command -v sshd >/dev/null || { FOUND='no SSH server installed'; return 2; }
    machine
    [ -f $STATE/host-keys-of ] || { FOUND='not made by the profile yet'; return 1; }
    FOUND='made on another machine, or exchanged since'
    [ "$(cat $STATE/host-keys-of)" = "$MACHINE $(host_key_prints)" ] || return 1
    FOUND='made here'
}
fix_host_keys_fresh() {
    machine
    rm -f /etc/ssh/ssh_host_*
    ssh-keygen -q -t ed25519 -N '' -f /etc/ssh/ssh_host_ed25519_key &&
        ssh-keygen -q -t ecdsa -b 256 -N '' -f /etc/ssh/ssh_host_ecdsa_key || return 1
    chmod 644 /etc/ssh/ssh_host_*.pub
    SSHD=''
    after sshd
    printf '%s %s\n' "$MACHINE" "$(host_key_prints)" | replace_file $STATE/host-keys-of 600 root:root
}

# Sample secrets that software ships: PATH TEXT pairs.
probe_no_default_secrets() { # no_default_secrets [PATH TEXT]...
    EXPECTED='no sample key or password of the workload'
    FOUND=''
    while [ $# -gt 1 ]; do
        if [ -f "$1" ] && grep -qF -- "$2" "$1"; then FOUND="$FOUND $1"; fi
        shift 2
    done
    [ -n "$FOUND" ] || { FOUND=none; return 0; }
    FOUND="a sample secret stands in$FOUND"
    return 1
}
fix_no_default_secrets() {
    echo "only the workload's administrator can replace it: $FOUND"
    return 1
}
