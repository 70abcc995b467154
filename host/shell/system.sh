# What is asked of the running system once, before the first check, so that checks start few processes.

look_around() {
    CONTAINER=no BOOTED=no
    [ ! -d /run/systemd/system ] || BOOTED=yes
    [ ! -e /run/systemd/container ] || CONTAINER=yes
    read_packages
    PACKAGES_BEFORE=$WHOLE_PACKAGES
    read_units
    read_sysctl_files
    MODPROBE=$(modprobe -c 2>/dev/null)
    MODULES=$(cat /proc/modules 2>/dev/null)
    SSHD=''
    AUDIT_RULES=''
    read_sockets
    read_tree
}

require_operating_system() {
    id='' version=''
    while IFS='=' read -r key value; do
        value=${value#\"} value=${value%\"}
        case $key in
        ID) id=$value ;;
        VERSION_ID) version=$value ;;
        esac
    done </etc/os-release
    [ "$id-$version" = "$OS_RELEASE" ] ||
        die "this profile is for $OPERATING_SYSTEM; /etc/os-release says $id $version: render it with --os for that system"
}

# The one walk over the file systems: type, mode, owner and path of everything that is set-id, writable for all,
# or of nobody. Below /var/lib/private systemd keeps what belongs to accounts that exist only while a service runs.
read_tree() {
    TREE=$(find / /var /home /tmp /var/tmp -xdev \
        \( -path /proc -o -path /sys -o -path /run -o -path /dev -o -path /var/lib/containers -o -path /var/lib/private \) -prune -o \
        \( -type f -perm /6000 -printf 's %p\n' \) , \
        \( ! -type l -perm -0002 ! \( -type d -perm -1000 \) -printf 'w %p\n' \) , \
        \( \( -nouser -o -nogroup \) -printf 'n %p\n' \) 2>/dev/null | sort -u)
}
