/** One line of shell that breaks a control, and what else must be said of it. */
export interface Mutation {
    readonly breaks: string;
    /** Undoes what `apply` must not, such as killing a program that somebody started. */
    readonly undo?: string;
    /** Only a kernel of its own can show it. */
    readonly kernel?: boolean;
}

const dropIn = (name: string, text: string): string =>
    `printf '${text}\\n' >> /etc/sysctl.d/zz-keyward-${name}.conf`;
const rules = (key: string): Mutation => ({
    breaks: `sed -i 1d /etc/audit/rules.d/50-keyward-${key}.rules`,
});
const unmask = (unit: string): Mutation => ({ breaks: `rm /etc/systemd/system/${unit}` });
/** Builds and installs a package with nothing in it but what `extra` puts there. */
const buildPackage = (name: string, extra = ":", install = "-i"): string =>
    `mkdir -p /root/${name}/DEBIAN && printf 'Package: ${name}\\nVersion: 1\\nArchitecture: all\\nMaintainer: t <t@example.com>\\nDescription: t\\n' >/root/${name}/DEBIAN/control && { ${extra}; } && dpkg-deb --build --root-owner-group /root/${name} /root/${name}.deb >/dev/null && dpkg ${install} /root/${name}.deb >/dev/null && rm -r /root/${name} /root/${name}.deb`;
const fakePackage = (name: string): Mutation => ({ breaks: buildPackage(name) });
const runtime = (key: string, value: number): Mutation => ({
    breaks: `sysctl -q -w ${key}=${value}`,
});

const bootDropIn = (check: string): Mutation => ({
    breaks: `rm /etc/default/grub.d/50-keyward-${check}.cfg`,
    kernel: true,
});

/** Every check of the profile for Debian, with OpenBao, SSH on, removable media possible and a log server. */
export const mutations: Readonly<Record<string, Mutation>> = {
    "packages-clear-text-remote-access": fakePackage("telnet"),
    "packages-directory-services": fakePackage("ypserv"),
    "packages-discovery-and-printing": fakePackage("avahi-autoipd"),
    "packages-servers-not-needed": fakePackage("rsync"),
    "packages-desktop-and-rdp": fakePackage("xrdp"),
    "packages-helpers-not-needed": fakePackage("popularity-contest"),
    "packages-compilers": fakePackage("tcc"),
    "packages-whole": { breaks: buildPackage("half", ":", "--unpack") },
    "removed-packages-purged": {
        breaks: `${buildPackage("gone", "mkdir -p /root/gone/etc; echo x >/root/gone/etc/gone.conf; echo /etc/gone.conf >/root/gone/DEBIAN/conffiles")} && dpkg -r gone >/dev/null`,
    },
    "package-signatures-verified": {
        breaks: "echo 'deb [trusted=yes] http://192.0.2.1/ x main' > /etc/apt/sources.list.d/mine.list",
    },
    "accounts-sound": {
        breaks: "echo 'twin:x:33:33::/nonexistent:/usr/sbin/nologin' >> /etc/passwd; echo 'twin:*:20000:0:90:7:::' >> /etc/shadow",
        undo: "sed -i '/^twin:/d' /etc/passwd /etc/shadow",
    },
    "system-accounts-locked": { breaks: "usermod -s /bin/bash games" },
    "people-are-named": {
        breaks: "useradd -m -s /bin/sh eve && chmod 700 /home/eve",
        undo: "userdel -r eve",
    },
    "root-password-locked": {
        breaks: 'usermod -p "$(perl -e \'print crypt("k7-Lq.zz81pQ", "\\$6\\$salt")\')" root && chage -M 90 -m 1 -W 7 -I 30 root',
    },
    "root-path-safe": {
        breaks: "echo 'PATH=$PATH:.' >> /root/.profile",
        undo: "sed -i '/PATH:/d' /root/.profile",
    },
    "homes-private": { breaks: "touch /root/.rhosts" },
    "session-manager-account": { breaks: "gpasswd -a ssm-user adm" },
    "sudo-logged-and-confined": { breaks: "sed -i '/use_pty/d' /etc/sudoers.d/00-keyward" },
    "su-restricted": { breaks: "sed -i '/pam_wheel/d' /etc/pam.d/su" },
    "cron-and-at-allow-lists": { breaks: "echo games >> /etc/cron.allow" },
    "umask-strict": { breaks: "sed -i 's/^UMASK.*/UMASK 022/' /etc/login.defs" },
    "idle-shells-end": { breaks: "rm /etc/profile.d/keyward-idle.sh" },
    "temporary-folders-apart": { breaks: "sed -i '/pam_tmpdir/d' /etc/pam.d/common-session" },
    "login-limits": {
        breaks: "echo '* hard maxlogins 1000' > /etc/security/limits.d/keyward-logins.conf",
    },
    "root-history-off": { breaks: "rm /etc/profile.d/keyward-history.sh" },
    "password-ages": { breaks: "sed -i 's/^PASS_MAX_DAYS.*/PASS_MAX_DAYS 99999/' /etc/login.defs" },
    "password-hashing": {
        breaks: "sed -i 's/^ENCRYPT_METHOD.*/ENCRYPT_METHOD MD5/' /etc/login.defs",
    },
    "password-quality": { breaks: "sed -i 's/^minlen.*/minlen = 6/' /etc/security/pwquality.conf" },
    "password-history": { breaks: "sed -i '/pam_pwhistory/d' /etc/pam.d/common-password" },
    "account-lockout": { breaks: "sed -i 's/^deny.*/deny = 100/' /etc/security/faillock.conf" },
    "no-empty-passwords": { breaks: "sed -i 's/pam_unix.so/& nullok/' /etc/pam.d/common-auth" },
    "no-well-known-passwords": {
        breaks: 'usermod -p "$(perl -e \'print crypt("changeme", "\\$6\\$salt")\')" keyops && chage -d "$(date +%F)" -M 90 -m 1 -W 7 -I 30 keyops',
    },
    "workload-account": {
        breaks: "usermod -s /bin/bash openbao && usermod -s /usr/sbin/nologin -aG adm openbao",
    },
    "workload-folders": { breaks: "chmod 755 /var/lib/openbao" },
    "workload-sandbox": {
        breaks: "sed -i '/NoNewPrivileges/d' /etc/systemd/system/openbao.service.d/keyward.conf",
    },
    "machine-identity-fresh": {
        breaks: "echo another-machine 0123456789abcdef0123456789abcdef > /var/lib/keyward/machine-id-of",
    },
    "host-keys-of-this-machine": {
        breaks: "rm /etc/ssh/ssh_host_ed25519_key* && ssh-keygen -q -t ed25519 -N '' -f /etc/ssh/ssh_host_ed25519_key && chmod 644 /etc/ssh/*.pub",
    },
    "no-default-secrets": { breaks: "false" },
    "ssh-files-protected": { breaks: "chmod 644 /etc/ssh/sshd_config" },
    "ssh-keys-only": {
        breaks: "sed -i 's/^PermitRootLogin.*/PermitRootLogin yes/' /etc/ssh/sshd_config",
    },
    "ssh-no-forwarding": {
        breaks: "sed -i 's/^PermitTunnel.*/PermitTunnel yes/' /etc/ssh/sshd_config",
    },
    "ssh-limits": { breaks: "sed -i 's/^MaxAuthTries.*/MaxAuthTries 60/' /etc/ssh/sshd_config" },
    "ssh-logging-and-banner": {
        breaks: "sed -i 's/^LogLevel.*/LogLevel QUIET/' /etc/ssh/sshd_config",
    },
    "ssh-named-users": { breaks: "sed -i '/^AllowUsers/d' /etc/ssh/sshd_config" },
    "ssh-modern-algorithms": {
        breaks: "sed -i 's/^Ciphers.*/Ciphers aes128-cbc/' /etc/ssh/sshd_config",
    },
    "ssh-host-keys-protected": { breaks: "chmod 640 /etc/ssh/ssh_host_ed25519_key" },
    "ssh-server-state": { breaks: "systemctl stop ssh.service" },
    "authorized-keys-named": {
        breaks: "mkdir -p /root/.ssh && echo 'ssh-ed25519 AAAA x' > /root/.ssh/authorized_keys",
    },
    "services-clear-text-masked": unmask("telnet.socket"),
    "services-discovery-printing-masked": unmask("avahi-daemon.service"),
    "services-file-sharing-masked": unmask("nfs-server.service"),
    "services-network-servers-masked": unmask("nginx.service"),
    "services-remote-desktop-masked": unmask("xrdp.service"),
    "services-crash-collection-masked": unmask("apport.service"),
    "automount-off": unmask("autofs.service"),
    "ctrl-alt-del-ignored": unmask("ctrl-alt-del.target"),
    "debug-shell-off": unmask("debug-shell.service"),
    "name-resolution-quiet": {
        breaks: "sed -i 's/LLMNR=no/LLMNR=yes/' /etc/systemd/resolved.conf.d/keyward.conf",
    },
    "unattended-jobs-off": unmask("apt-daily.timer"),
    "kernel-memory-layout-hidden": {
        breaks: dropIn("kernel-memory-layout-hidden", "kernel.randomize_va_space=0"),
    },
    "kernel-tracing-restricted": {
        breaks: dropIn("kernel-tracing-restricted", "kernel.yama.ptrace_scope=0"),
    },
    "kernel-extension-restricted": {
        breaks: dropIn("kernel-extension-restricted", "kernel.kexec_load_disabled=0"),
    },
    "kernel-emergency-keys-off": { breaks: dropIn("kernel-emergency-keys-off", "kernel.sysrq=1") },
    "kernel-links-protected": {
        breaks: dropIn("kernel-links-protected", "fs.protected_symlinks=0"),
    },
    "core-dumps-off": { breaks: "rm /etc/security/limits.d/keyward-core.conf" },
    "swap-off": { breaks: "echo '/swapfile none swap sw 0 0' >> /etc/fstab" },
    "network-no-forwarding": runtime("net.ipv4.ip_forward", 1),
    "network-no-redirects": runtime("net.ipv4.conf.all.send_redirects", 1),
    "network-no-source-routing": runtime("net.ipv4.conf.all.accept_source_route", 1),
    "network-spoofing-rejected": runtime("net.ipv4.conf.all.rp_filter", 0),
    "network-floods-resisted": runtime("net.ipv4.tcp_syncookies", 0),
    "network-no-router-advertisements": runtime("net.ipv6.conf.all.accept_ra", 1),
    "kernel-file-systems-blocked": {
        breaks: "sed -i '/cramfs/d' /etc/modprobe.d/keyward-kernel-file-systems-blocked.conf",
    },
    "kernel-network-protocols-blocked": {
        breaks: "echo 'install sctp /sbin/modprobe --ignore-install sctp' > /etc/modprobe.d/a.conf; sed -i '/sctp/d' /etc/modprobe.d/keyward-kernel-network-protocols-blocked.conf",
        undo: "rm /etc/modprobe.d/a.conf",
    },
    "removable-media-blocked": {
        breaks: "rm /etc/modprobe.d/keyward-removable-media-blocked.conf",
    },
    "wireless-blocked": {
        breaks: "chmod 666 /etc/modprobe.d/keyward-wireless-blocked.conf; chmod 646 /etc/modprobe.d/keyward-wireless-blocked.conf; chmod 640 /etc/modprobe.d/keyward-wireless-blocked.conf",
    },
    "boot-audit-parameters": bootDropIn("boot-audit-parameters"),
    "boot-memory-protection-parameters": bootDropIn("boot-memory-protection-parameters"),
    "boot-modules-blocked": bootDropIn("boot-modules-blocked"),
    "boot-mandatory-access-parameters": bootDropIn("boot-mandatory-access-parameters"),
    "boot-files-protected": { breaks: "chmod 644 /boot/System.map-*" },
    "secure-boot-reported": { breaks: "false" },
    "account-files-protected": { breaks: "chmod 644 /etc/shadow" },
    "configuration-folders-protected": { breaks: "chmod 775 /etc/sysctl.d" },
    "no-world-writable-files": {
        breaks: "touch /var/lib/everybody && chmod 666 /var/lib/everybody",
    },
    "no-files-without-owner": {
        breaks: "touch /var/lib/nobodys && chown 54321:54321 /var/lib/nobodys",
    },
    "audit-rules-privileged": {
        breaks: "sed -i 1d /etc/audit/rules.d/60-keyward-privileged.rules",
    },
    "set-id-programs-known": {
        breaks: "cp /bin/true /var/lib/rootme && chmod 4755 /var/lib/rootme",
        // A set-id program that no audit rule watches fails that check too: it is broken already.
        undo: "rm -f /var/lib/rootme",
    },
    "system-programs-owned-by-root": { breaks: "chown games /usr/bin/apt" },
    "audit-daemon": {
        breaks: "sed -i 's/^max_log_file_action.*/max_log_file_action = ROTATE/' /etc/audit/auditd.conf",
    },
    "audit-files-protected": { breaks: "chmod 644 /etc/audit/auditd.conf" },
    "audit-rules-start": {
        breaks: "sed -i 's/^-f 1/-f 0/' /etc/audit/rules.d/00-keyward-start.rules",
    },
    "audit-rules-time-change": rules("time-change"),
    "audit-rules-system-locale": rules("system-locale"),
    "audit-rules-identity": rules("identity"),
    "audit-rules-scope": rules("scope"),
    "audit-rules-actions": {
        breaks: "echo '# none' > /etc/audit/rules.d/50-keyward-actions.rules",
    },
    "audit-rules-user-emulation": rules("user-emulation"),
    "audit-rules-access": rules("access"),
    "audit-rules-perm-mod": rules("perm_mod"),
    "audit-rules-mounts": rules("mounts"),
    "audit-rules-delete": rules("delete"),
    "audit-rules-session": rules("session"),
    "audit-rules-logins": rules("logins"),
    "audit-rules-mac-policy": rules("mac-policy"),
    "audit-rules-perm-chng": rules("perm_chng"),
    "audit-rules-usermod": rules("usermod"),
    "audit-rules-modules": rules("modules"),
    "audit-rules-audit-tools": rules("audit-tools"),
    "audit-rules-key-server": rules("key-server"),
    "audit-rules-immutable": { breaks: "echo '-e 1' > /etc/audit/rules.d/99-finalize.rules" },
    "journal-kept": {
        breaks: "sed -i 's/Storage=persistent/Storage=volatile/' /etc/systemd/journald.conf",
    },
    "journal-shipped": {
        breaks: "sed -i 's/^URL=.*/URL=http:\\/\\/192.0.2.1/' /etc/systemd/journal-upload.conf.d/keyward.conf",
    },
    "log-files-protected": { breaks: "touch /var/log/mine.log && chmod 644 /var/log/mine.log" },
    "log-rotation": { breaks: "systemctl disable --now logrotate.timer" },
    "firewall-default-deny": { breaks: "nft add rule inet filter input tcp dport 4444 accept" },
    "only-declared-ports-listen": {
        breaks: "systemd-run --quiet --unit=listener perl -MSocket -e 'socket(S,PF_INET,SOCK_STREAM,0);bind(S,sockaddr_in(3389,INADDR_ANY));listen(S,1);sleep 600' && sleep 1",
        undo: "systemctl stop listener.service",
    },
    "time-synchronised": { breaks: "echo 'pool 2.debian.pool.ntp.org' >> /etc/chrony/chrony.conf" },
    "login-banners": { breaks: "echo 'Debian GNU/Linux 12' > /etc/issue" },
    "mandatory-access-control": { breaks: "systemctl disable apparmor.service" },
    "mount-shared-memory": { breaks: "mount -o remount,exec /dev/shm" },
    "mount-tmp": { breaks: "sed -i '/ \\/tmp /d' /etc/fstab" },
    "mount-var-tmp": { breaks: "mount -o remount,bind,exec,nodev,nosuid /var/tmp" },
    "mount-var-log": { breaks: "mount -o remount,bind,exec,nodev,nosuid /var/log" },
    "mount-var-log-audit": { breaks: "sed -i '/var.log.audit/s/noexec/exec/' /etc/fstab" },
    "mount-home": { breaks: "mount -o remount,bind,suid,nodev,noexec /home" },
    "mount-opt-srv": { breaks: "mount -o remount,bind,suid,nodev /opt" },
    "mount-boot": { breaks: "mount --bind /boot /boot", undo: "umount /boot" },
    "malware-scan": { breaks: "systemctl disable keyward-malware-scan.timer" },
    "installed-software-verified": { breaks: "systemctl stop keyward-software-verification.timer" },
    "file-integrity": {
        breaks: "echo tampered >> /var/lib/aide/aide.db",
        undo: "rm /var/lib/aide/aide.db",
    },
    "host-exemptions-sound": {
        breaks: `sed -i "s/^EXEMPTIONS='$/EXEMPTIONS='\\nswap-off old 2026-01-01 2026-02-01 /" /usr/local/sbin/keyward-host`,
        undo: "sed -i '/^swap-off old /d' /usr/local/sbin/keyward-host",
    },
};
