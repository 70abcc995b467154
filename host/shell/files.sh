# Files: whole ones, single settings in files of others, permissions.

# Writes standard input to PATH so that a reader, or a power cut, meets the old file or the new one.
replace_file() { # replace_file PATH MODE OWNER:GROUP
    temporary="${1%/*}/.${1##*/}.keyward-new"
    cat >"$temporary" && chown "$3" "$temporary" && chmod "$2" "$temporary" &&
        sync "$temporary" && mv -f "$temporary" "$1"
}

# Sets FOUND to the first line in which a text differs from the wanted one.
first_difference() { # first_difference FOUND-TEXT WANTED-TEXT
    number=0 is=$1 wanted=$2
    while [ -n "$is$wanted" ]; do
        number=$((number + 1))
        line=${is%%"$NEWLINE"*} want=${wanted%%"$NEWLINE"*}
        if [ "$line" != "$want" ]; then
            FOUND="line $number is '$line', not '$want'"
            return 0
        fi
        case $is in *"$NEWLINE"*) is=${is#*"$NEWLINE"} ;; *) is='' ;; esac
        case $wanted in *"$NEWLINE"*) wanted=${wanted#*"$NEWLINE"} ;; *) wanted='' ;; esac
    done
    FOUND="differs in its last line's end"
}

# A file that is ours from the first byte to the last.
probe_file() { # file PATH MODE OWNER:GROUP CONTENT [AFTER]
    EXPECTED="$1 as in the profile, $2 $3"
    if [ -h "$1" ]; then
        FOUND="$1 is a symbolic link"
        return 1
    elif [ ! -f "$1" ]; then
        FOUND="no file $1"
        return 1
    fi
    text=$(cat "$1" && echo .)
    if [ "$text" != "$4$NEWLINE." ]; then
        first_difference "${text%.}" "$4$NEWLINE"
        FOUND="$1: $FOUND"
        return 1
    fi
    state=$(stat -c '%a %U:%G' "$1")
    FOUND="$1 as in the profile, $state"
    [ "$state" = "$2 $3" ]
}
fix_file() {
    directory=${1%/*}
    [ -d "$directory" ] || (umask 022 && mkdir -p "$directory") || return 1
    [ -z "${5:-}" ] || after "$5"
    if [ -d "$1" ] && [ ! -h "$1" ]; then
        echo "$1 is a directory"
        return 1
    fi
    printf '%s\n' "$4" | replace_file "$1" "$2" "$3" || return 1
    case $1 in /etc/sysctl.d/*) read_sysctl_files ;; esac
}

# Files that must not be there. Patterns are expanded.
probe_no_file() { # no_file PATTERN...
    EXPECTED="no $*"
    FOUND=''
    for path in $*; do
        [ ! -e "$path" ] && [ ! -h "$path" ] || FOUND="$FOUND $path"
    done
    [ -z "$FOUND" ] && FOUND=none && return 0
    FOUND="there is$FOUND"
    return 1
}
fix_no_file() {
    for path in $*; do
        rm -f -- "$path" || return 1
    done
}

# One setting in a file that belongs to a package. SEPARATOR is what stands between key and value: ' ' or '='.
# Exactly one live line may set it.
probe_setting() { # setting PATH SEPARATOR KEY VALUE [AFTER]
    EXPECTED="$1: $3$2$4"
    [ -f "$1" ] || { FOUND="no file $1"; return 1; }
    hits=0 value=''
    while read -r line || [ -n "$line" ]; do
        case $line in
        "$3"[=\ "$TAB"]*)
            hits=$((hits + 1))
            value=${line#"$3"}
            while :; do
                case $value in
                [\ =$TAB]*) value=${value#?} ;;
                *) break ;;
                esac
            done
            ;;
        esac
    done <"$1"
    case $hits in
    0) FOUND="$1: $3 not set" ;;
    1) FOUND="$1: $3$2$value" ;;
    *) FOUND="$1: $3 set $hits times" ;;
    esac
    [ $hits -eq 1 ] && [ "$value" = "$4" ]
}
fix_setting() {
    [ -z "${5:-}" ] || after "$5"
    if [ ! -f "$1" ]; then
        (umask 022 && mkdir -p "${1%/*}" && : >"$1") || return 1
    fi
    awk -v key="$3" -v separator="$2" -v value="$4" '
        {
            line = $0
            sub(/^[ \t]+/, "", line)
            rest = substr(line, length(key) + 1)
            if (index(line, key) == 1 && rest ~ /^[ \t=]/) {
                if (!done) print key (separator == "=" ? " = " : separator) value
                done = 1
            } else print
        }
        END { if (!done) print key (separator == "=" ? " = " : separator) value }
    ' "$1" >"$SCRATCH/setting" &&
        replace_file "$1" "$(stat -c %a "$1")" "$(stat -c %u:%g "$1")" <"$SCRATCH/setting"
}

# Paths (patterns are expanded) that grant no bit outside MODE and belong to one of the owners. What is not there is
# no finding.
probe_permissions() { # permissions MODE OWNER GROUP PATTERN...
    EXPECTED="at most $1, $2:$3"
    mode=$1 owner=$2 group=$3
    shift 3
    EXPECTED="$* $EXPECTED"
    paths='' bad=''
    for path in $*; do
        if [ -e "$path" ]; then paths="$paths $path"; fi
    done
    [ -n "$paths" ] || { FOUND='not there'; return 2; }
    states=$(stat -L -c '%a %U %G %n' $paths)
    while read -r has user members path; do
        case " ${owner%%|*} ${owner##*|} " in *" $user "*) ;; *) bad="$bad $path:owner=$user" ;; esac
        case " ${group%%|*} ${group##*|} " in *" $members "*) ;; *) bad="$bad $path:group=$members" ;; esac
        [ $((0$has & ~0$mode & 07777)) -eq 0 ] || bad="$bad $path:$has"
    done <<END
$states
END
    FOUND=${bad:-as expected}
    [ -z "$bad" ]
}
fix_permissions() {
    mode=$1 owner=$2 group=$3
    shift 3
    for path in $*; do
        [ -e "$path" ] || continue
        read -r has user members <<END
$(stat -L -c '%a %U %G' "$path")
END
        case " ${owner%%|*} ${owner##*|} " in *" $user "*) ;; *) chown "${owner%%|*}" "$path" || return 1 ;; esac
        case " ${group%%|*} ${group##*|} " in *" $members "*) ;; *) chgrp "${group%%|*}" "$path" || return 1 ;; esac
        chmod "$(printf '%o' $((0$has & 0$mode)))" "$path" || return 1
    done
}

# A directory that must be there.
probe_directory() { # directory PATH MODE OWNER:GROUP
    EXPECTED="directory $1 $2 $3"
    if [ ! -d "$1" ] || [ -h "$1" ]; then
        FOUND="no directory $1"
        return 1
    fi
    state=$(stat -c '%a %U:%G' "$1")
    FOUND="directory $1 $state"
    [ "$state" = "$2 $3" ]
}
fix_directory() {
    (umask 022 && mkdir -p "$1") && chown "$3" "$1" && chmod "$2" "$1"
}

# A line that a shell's start file ends with; other lines with the same first word become comments.
probe_shell_line() { # shell_line PATH WORD LINE
    EXPECTED="$1: $3"
    [ -f "$1" ] || { FOUND="no file $1"; return 1; }
    FOUND="$1: no $2" last='' others=''
    while read -r line || [ -n "$line" ]; do
        case $line in
        "$3") last=yes ;;
        "$2 "*) others="$others $line" ;;
        esac
    done <"$1"
    [ -z "$others" ] || { FOUND="$1:$others"; return 1; }
    [ "$last" = yes ] || return 1
    FOUND="$1: $3"
}
fix_shell_line() {
    [ -f "$1" ] || (umask 022 && : >"$1") || return 1
    awk -v word="$2" -v line="$3" '
        { bare = $0; sub(/^[ \t]+/, "", bare) }
        bare == line { if (done) next; done = 1 }
        bare != line && index(bare, word " ") == 1 { sub(/[^ \t].*/, "true # set by keyward: &"); print; next }
        { print }
        END { if (!done) print line }
    ' "$1" >"$SCRATCH/line" && replace_file "$1" "$(stat -c %a "$1")" "$(stat -c %u:%g "$1")" <"$SCRATCH/line"
}

probe_no_world_writable() {
    EXPECTED='no file that all can write, no such folder without sticky bit'
    FOUND=$(printf '%s\n' "$TREE" | sed -n 's/^w //p' | tr '\n' ' ')
    [ -n "$FOUND" ] || { FOUND=none; return 0; }
    return 1
}
fix_no_world_writable() {
    printf '%s\n' "$TREE" | sed -n 's/^w //p' | while read -r path; do
        if [ -d "$path" ]; then chmod +t "$path" || exit 1; else chmod o-w "$path" || exit 1; fi
    done || return 1
    read_tree
}

probe_no_unowned() {
    EXPECTED='every file belongs to a known user and group'
    FOUND=$(printf '%s\n' "$TREE" | sed -n 's/^n //p' | tr '\n' ' ')
    [ -n "$FOUND" ] || { FOUND='all do'; return 0; }
    return 1
}
fix_no_unowned() {
    # Whose they were nobody knows; root keeps them and nobody else reads them.
    printf '%s\n' "$TREE" | sed -n 's/^n //p' | while read -r path; do
        chown -h root:root "$path" && { [ -h "$path" ] || chmod go-rwx "$path"; } || exit 1
    done || return 1
    read_tree
}

probe_set_id_programs() { # set_id_programs PATH...
    EXPECTED='no set-id program that the profile does not know'
    known=" $* "
    FOUND=''
    while read -r kind path; do
        [ "$kind" = s ] || continue
        case $known in *" $path "*) ;; *) FOUND="$FOUND $path" ;; esac
    done <<END
$TREE
END
    [ -n "$FOUND" ] || { FOUND='no others'; return 0; }
    return 1
}
fix_set_id_programs() {
    for path in $FOUND; do
        # Debian's package manager remembers the choice when it updates the package.
        if command -v dpkg-statoverride >/dev/null; then
            dpkg-statoverride --list "$path" >/dev/null || dpkg-statoverride --add root root "$(stat -c %a "$path" | sed 's/^.\(...\)$/\1/')" "$path" || return 1
        fi
        chmod ug-s "$path" || return 1
    done
    read_tree
}

probe_system_programs() {
    EXPECTED='programs and libraries belong to root, nobody else writes them'
    FOUND=$(find /usr/bin /usr/sbin /usr/lib /usr/lib64 /usr/local/bin /usr/local/sbin -xdev \
        \( ! -user root -o -perm /022 ! -type l \) -printf '%p ' 2>/dev/null)
    FOUND="$FOUND$(find /usr/local -xdev ! -type l ! -group root -printf '%p ' 2>/dev/null)"
    [ -n "$FOUND" ] || { FOUND='all do'; return 0; }
    return 1
}
fix_system_programs() {
    for path in $FOUND; do
        chown root "$path" && chmod go-w "$path" || return 1
        case $path in /usr/local | /usr/local/*) chgrp root "$path" || return 1 ;; esac
    done
}

# A block of lines of ours at the head of a file of others, between two comments that name it.
block_of() { # block_of PATH NAME
    awk -v first="# keyward $2" -v last="# keyward $2 ends" '
        $0 == last { on = 0 }
        on { print }
        $0 == first { on = 1 }
    ' "$1"
}
probe_block() { # block PATH NAME CONTENT [AFTER]
    EXPECTED="$1: $2 as in the profile"
    [ -f "$1" ] || { FOUND="no file $1"; return 1; }
    is=$(block_of "$1" "$2")
    if [ -z "$is" ]; then
        FOUND="$1 lacks it"
        return 1
    fi
    FOUND='as in the profile'
    [ "$is" != "$3" ] || return 0
    first_difference "$is" "$3"
    return 1
}
fix_block() {
    [ -z "${4:-}" ] || after "$4"
    [ -f "$1" ] || : >"$1" || return 1
    {
        printf '# keyward %s\n%s\n# keyward %s ends\n' "$2" "$3" "$2"
        awk -v first="# keyward $2" -v last="# keyward $2 ends" '
            $0 == first { off = 1 }
            !off { print }
            $0 == last { off = 0 }
        ' "$1"
    } >"$SCRATCH/block" && replace_file "$1" "$(stat -c %a "$1")" root:root <"$SCRATCH/block"
}

# A setting of a program that need not be installed.
probe_setting_of() { # setting_of PATH SEPARATOR KEY VALUE [AFTER]
    if [ ! -f "$1" ]; then
        EXPECTED="$1: $3$2$4" FOUND='not installed'
        return 2
    fi
    probe_setting "$@"
}
fix_setting_of() { fix_setting "$@"; }
