# Packages, judged from the list that was read once. All missing ones are installed in one transaction; the checks
# that asked for them still see the list from before, so each tells its own change.

has_package() {
    case $PACKAGES in *"$NEWLINE$1$NEWLINE"*) return 0 ;; esac
    return 1
}

whole_package() {
    case $WHOLE_PACKAGES in *"$NEWLINE$1$NEWLINE"*) return 0 ;; esac
    return 1
}

probe_packages_present() { # packages_present NAME...
    EXPECTED="installed: $*"
    missing=''
    for name in "$@"; do
        case $PACKAGES_BEFORE in
        *"$NEWLINE$name$NEWLINE"*) ;;
        *) missing="$missing $name" ;;
        esac
    done
    FOUND="not installed:$missing"
    [ -n "$missing" ] || { FOUND=installed; return 0; }
    return 1
}
fix_packages_present() {
    if [ -z "${INSTALLED:-}" ]; then
        INSTALLED=yes missing=''
        for name in $WANTED_PACKAGES; do
            whole_package "$name" || missing="$missing $name"
        done
        # One package that cannot be had must not keep the others away.
        install_packages $missing || for name in $missing; do install_packages "$name"; done
        read_packages
        read_units
        read_tree
    fi
    for name in "$@"; do
        if ! whole_package "$name"; then
            echo "the package manager did not install $name"
            return 1
        fi
        PACKAGES_BEFORE="$PACKAGES_BEFORE$name$NEWLINE"
    done
}

probe_packages_absent() { # packages_absent NAME...
    EXPECTED="not installed: $*"
    FOUND=''
    for name in "$@"; do
        case $PACKAGES in *"$NEWLINE$name$NEWLINE"*) FOUND="$FOUND $name" ;; esac
    done
    [ -n "$FOUND" ] || { FOUND='none installed'; return 0; }
    FOUND="installed:$FOUND"
    return 1
}
fix_packages_absent() {
    unwanted=''
    for name in "$@"; do
        if has_package "$name"; then unwanted="$unwanted $name"; fi
    done
    remove_packages $unwanted && read_packages
}
