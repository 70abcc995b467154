# The kernel: its settings, its modules, what it mounts, its command line.

# Sets SYSCTL_FILES to the settings as the next boot applies them: a file name that sorts later wins, and a file in /etc
# hides its namesake in /usr/lib.
read_sysctl_files() {
    SYSCTL_FILES="$NEWLINE$(
        for name in $(find /etc/sysctl.d /run/sysctl.d /usr/local/lib/sysctl.d /usr/lib/sysctl.d -maxdepth 1 \
            -name '*.conf' -printf '%f\n' 2>/dev/null | sort -u); do
            for directory in /etc /run /usr/local/lib /usr/lib; do
                if [ -e "$directory/sysctl.d/$name" ]; then
                    printf '%s\n' "$directory/sysctl.d/$name"
                    break
                fi
            done
        done | xargs -r awk '
            { sub(/^[ \t]*-?/, ""); gsub(/[ \t]*=[ \t]*/, "="); sub(/[ \t]+$/, "") }
            /^[a-z].*=/ { key = substr($0, 1, index($0, "=") - 1); gsub("/", ".", key); set[key] = substr($0, index($0, "=") + 1) }
            END { for (key in set) print key "=" set[key] }
        ' 2>/dev/null
    )$NEWLINE"
}

# Sets path to the file of a kernel setting.
sysctl_path() {
    path=/proc/sys rest=$1.
    while [ -n "$rest" ]; do path=$path/${rest%%.*} rest=${rest#*.}; done
}

# One kernel setting: as the files will set it and as the kernel has it. The file item before it writes the file.
probe_sysctl() { # sysctl KEY VALUE
    EXPECTED="$1=$2"
    sysctl_path "$1"
    [ -e "$path" ] || { FOUND="$1 unknown to this kernel"; return 2; }
    case $SYSCTL_FILES in
    *"$NEWLINE$1=$2$NEWLINE"*) ;;
    *)
        FOUND="$1 not $2 in the files under sysctl.d"
        return 1
        ;;
    esac
    # The shell's own read asks byte by byte, and these files answer the first only.
    is=$(cat "$path" 2>/dev/null) || { FOUND="$1 not readable"; return 4; }
    case $is in *"$TAB"*) is=$(printf '%s' "$is" | tr '\t' ' ') ;; esac
    FOUND="$1=$is"
    [ "$is" != "$2" ] || return 0
    if [ $CONTAINER = yes ] && [ ! -w "$path" ]; then return 4; fi
    return 1
}
fix_sysctl() {
    # Somebody else's later file would win at the next boot: its line becomes a comment.
    case $SYSCTL_FILES in
    *"$NEWLINE$1=$2$NEWLINE"*) ;;
    *)
        for file in /etc/sysctl.d/*.conf; do
            case $file in /etc/sysctl.d/zz-keyward-*) continue ;; esac
            [ -f "$file" ] || continue
            awk -v key="$1" '
                { line = $0; sub(/^[ \t]*-?/, "", line); name = line; sub(/[ \t]*=.*/, "", name); gsub("/", ".", name) }
                name == key && line ~ /=/ { print "# set by keyward: " $0; next }
                { print }
            ' "$file" >"$SCRATCH/sysctl" || return 1
            cmp -s "$file" "$SCRATCH/sysctl" ||
                replace_file "$(readlink -f "$file")" 644 root:root <"$SCRATCH/sysctl" || return 1
        done
        read_sysctl_files
        ;;
    esac
    sysctl_path "$1"
    if [ $CONTAINER = yes ] && [ ! -w "$path" ]; then return 0; fi
    printf '%s\n' "$2" >"$path" || [ $CONTAINER = yes ]
}

# Modules that must neither load nor be loaded. The file item before it writes the file.
probe_modules_blocked() { # modules_blocked NAME...
    EXPECTED="cannot load: $*"
    FOUND=''
    for module in "$@"; do
        case "$NEWLINE$MODPROBE$NEWLINE" in
        *"${NEWLINE}install $module /bin/false$NEWLINE"*) ;;
        *) FOUND="$FOUND $module=loadable" ;;
        esac
        case "$NEWLINE$MODULES" in *"$NEWLINE$module "*)
            [ $CONTAINER = yes ] || FOUND="$FOUND $module=loaded"
            ;;
        esac
    done
    [ -n "$FOUND" ] || { FOUND='blocked'; return 0; }
    return 1
}
fix_modules_blocked() {
    MODPROBE=$(modprobe -c 2>/dev/null)
    for module in "$@"; do
        case "$NEWLINE$MODULES" in *"$NEWLINE$module "*)
            [ $CONTAINER = yes ] || modprobe -r "$module" || return 1
            ;;
        esac
    done
    MODULES=$(cat /proc/modules)
    return 0
}

# Mount options: in /etc/fstab for the next boot, and as mounted now.
probe_mount() { # mount PATH SOURCE TYPE OPTIONS
    EXPECTED="$1 with $4"
    [ -d "$1" ] || { FOUND="no $1"; return 2; }
    line=''
    if [ -f /etc/fstab ]; then
        while read -r source target type options _; do
            case $source in \#*) continue ;; esac
            [ "$target" != "$1" ] || line=$options
        done </etc/fstab
    fi
    for option in $(printf '%s' "$4" | tr , ' '); do
        case ",$line," in
        *",$option,"*) ;;
        *) FOUND="/etc/fstab: $1 ${line:-missing}"; return 1 ;;
        esac
    done
    mounted=''
    while read -r _ target _ options _; do
        [ "$target" != "$1" ] || mounted=$options
    done </proc/mounts
    if [ -z "$mounted" ]; then
        FOUND="$1 not mounted yet"
        [ $BOOTED = no ] && return 0
        return 3
    fi
    FOUND="$1 $mounted"
    for option in nodev nosuid noexec; do
        case ",$4," in
        *",$option,"*) case ",$mounted," in *",$option,"*) ;; *) return 1 ;; esac ;;
        esac
    done
    return 0
}
fix_mount() {
    [ -f /etc/fstab ] || : >/etc/fstab
    awk -v target="$1" -v source="$2" -v type="$3" -v options="$4" '
        $1 !~ /^#/ && $2 == target {
            # A file system that the image itself mounts there keeps its source and gains the options.
            if (done || type == "none" && $3 == "none") next
            n = split(options, wanted, ",")
            have = "," $4 ","
            for (i = 1; i <= n; i++)
                if (wanted[i] != "bind" && wanted[i] !~ /=/ && index(have, "," wanted[i] ",") == 0) $4 = $4 "," wanted[i]
            print $1, $2, $3, $4, $5 == "" ? 0 : $5, $6 == "" ? 0 : $6
            done = 1
            next
        }
        { print }
        END { if (!done) print source, target, type, options, 0, 0 }
    ' /etc/fstab >"$SCRATCH/fstab" && replace_file /etc/fstab 644 root:root <"$SCRATCH/fstab" || return 1
    after systemd
    flags=''
    for option in nodev nosuid noexec; do
        case ",$4," in *",$option,"*) flags="$flags,$option" ;; esac
    done
    while read -r _ target _; do
        [ "$target" = "$1" ] || continue
        mount -o "remount,bind$flags" "$1" || return 1
        return 0
    done </proc/mounts
    # A bind shows the same files with stricter options; a new file system would hide what is in use.
    [ "$3" != none ] || [ $BOOTED = no ] || mount "$1"
}

# Words on the kernel's command line: in the boot loader's files for the next boot, and as booted.
probe_boot_parameters() { # boot_parameters WORD...
    EXPECTED="kernel command line has $*"
    if [ ! -e /etc/default/grub ]; then
        FOUND='no boot loader configuration (/etc/default/grub)'
        return 2
    fi
    configured=" $(
        GRUB_CMDLINE_LINUX='' GRUB_CMDLINE_LINUX_DEFAULT=''
        for file in /etc/default/grub /etc/default/grub.d/*.cfg; do
            # shellcheck source=/dev/null
            [ ! -f "$file" ] || . "$file" >/dev/null 2>&1
        done
        printf '%s %s' "$GRUB_CMDLINE_LINUX" "$GRUB_CMDLINE_LINUX_DEFAULT"
    ) "
    FOUND=''
    for word in "$@"; do
        case $configured in *" $word "*) ;; *) FOUND="$FOUND $word" ;; esac
    done
    if [ -n "$FOUND" ]; then
        FOUND="missing in the boot loader's files:$FOUND"
        return 1
    fi
    booted=" $(cat /proc/cmdline) "
    for word in "$@"; do
        case $booted in *" $word "*) ;; *) FOUND="$FOUND $word" ;; esac
    done
    [ -n "$FOUND" ] || { FOUND='on the command line'; return 0; }
    FOUND="not on the booted command line:$FOUND"
    [ $CONTAINER = no ] || return 4
    [ $BOOTED = yes ] || return 0
    return 3
}

# A mount that the image makes gets more options; without such a mount there is nothing to do.
probe_mount_existing() { # mount_existing PATH OPTIONS
    while read -r source target type _; do
        if [ "$target" = "$1" ]; then
            probe_mount "$1" "$source" "$type" "$2"
            return
        fi
    done </proc/mounts
    EXPECTED="$1 with $2" FOUND='no mount of its own'
    return 2
}
fix_mount_existing() {
    while read -r source target type _; do
        [ "$target" != "$1" ] || { fix_mount "$1" "$source" "$type" "$2"; return; }
    done </proc/mounts
}

probe_no_swap() {
    EXPECTED='no swap'
    FOUND=''
    while read -r device _; do
        [ "$device" = Filename ] || [ $CONTAINER = yes ] || FOUND="$FOUND $device"
    done </proc/swaps
    if [ -f /etc/fstab ]; then
        while read -r source _ type _; do
            case $source in \#*) continue ;; esac
            [ "$type" != swap ] || FOUND="$FOUND fstab:$source"
        done </etc/fstab
    fi
    [ -n "$FOUND" ] || { FOUND=none; return 0; }
    return 1
}
fix_no_swap() {
    [ $CONTAINER = yes ] || swapoff -a || return 1
    [ -f /etc/fstab ] || return 0
    awk '$1 !~ /^#/ && $3 == "swap" { print "# set by keyward: " $0; next } { print }' /etc/fstab >"$SCRATCH/fstab" &&
        replace_file /etc/fstab 644 root:root <"$SCRATCH/fstab"
}

# A drop-in of the boot loader, where there is one.
probe_grub_file() { # grub_file PATH WORDS
    if [ ! -e /etc/default/grub ]; then
        EXPECTED="$1" FOUND='no boot loader configuration (/etc/default/grub)'
        return 2
    fi
    probe_file "$1" 644 root:root "GRUB_CMDLINE_LINUX=\"\$GRUB_CMDLINE_LINUX $2\""
}
fix_grub_file() {
    fix_file "$1" 644 root:root "GRUB_CMDLINE_LINUX=\"\$GRUB_CMDLINE_LINUX $2\"" grub
}
fix_boot_parameters() {
    echo 'a later file of the boot loader sets the command line anew'
    return 1
}
after_grub() { update-grub; }

probe_grubby_parameters() { # grubby_parameters WORD...
    EXPECTED="kernel command line has $*"
    command -v grubby >/dev/null || { FOUND='no grubby'; return 2; }
    # Every installed kernel has its line.
    lines=$(grubby --info=ALL | sed -n 's/^args=//p' | tr -d '"')
    FOUND=''
    for word in "$@"; do
        while read -r line; do
            case " $line " in *" $word "*) ;; *) FOUND="$FOUND $word" ;; esac
        done <<END
$lines
END
    done
    [ -z "$FOUND" ] || { FOUND="missing in the boot loader's entries:$FOUND"; return 1; }
    booted=" $(cat /proc/cmdline) "
    for word in "$@"; do
        case $booted in *" $word "*) ;; *) FOUND="$FOUND $word" ;; esac
    done
    [ -n "$FOUND" ] || { FOUND='on the command line'; return 0; }
    FOUND="not on the booted command line:$FOUND"
    [ $CONTAINER = no ] || return 4
    [ $BOOTED = yes ] || return 0
    return 3
}
fix_grubby_parameters() { grubby --update-kernel=ALL --args="$*"; }

# Reported, not demanded: whether firmware checks what it boots is decided by image and instance type.
probe_secure_boot() {
    EXPECTED='state of secure boot is reported'
    FOUND='no UEFI firmware'
    for variable in /sys/firmware/efi/efivars/SecureBoot-*; do
        [ -e "$variable" ] || continue
        case $(od -An -tu1 -j4 -N1 "$variable") in *1) FOUND='secure boot on' ;; *) FOUND='secure boot off' ;; esac
    done
    return 0
}
