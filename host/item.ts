/**
 * One thing that a check looks at and `apply` sets. `kind` names a pair of shell functions (`probe_KIND` and `fix_KIND` in
 * `shell/`), `args` are their arguments.
 */
export interface Item {
    readonly kind: string;
    readonly args: readonly string[];
}

/** What must follow a changed file; `shell/` has a function `after_NAME` for each. */
export type AfterChange =
    | "auditd"
    | "chrony"
    | "journald"
    | "journal_upload"
    | "resolved"
    | "rsyslog"
    | "sshd"
    | "systemd"
    | "workload";

interface FileItem {
    readonly path: string;
    /** Without the last line's end. */
    readonly content: string;
    /** Octal; 644 by default. */
    readonly mode?: string;
    /** `root:root` by default. */
    readonly owner?: string;
    readonly after?: AfterChange;
}

/** A file that is Keyward's from the first byte to the last. */
export function file({ path, content, mode = "644", owner = "root:root", after }: FileItem): Item {
    return item("file", path, mode, owner, content, ...(after === undefined ? [] : [after]));
}

/** One `key value` or `key = value` in a file that belongs to a package. */
export function setting(
    path: string,
    separator: " " | "=",
    key: string,
    value: string | number,
    after?: AfterChange,
): Item {
    return item(
        "setting",
        path,
        separator,
        key,
        String(value),
        ...(after === undefined ? [] : [after]),
    );
}

/** Paths (shell patterns) grant no more than `mode`; `owner` and `group` may name two that are fine: `root|audit`. */
export function permissions(
    mode: string,
    owner: string,
    group: string,
    ...paths: readonly string[]
): Item {
    return item("permissions", mode, owner, group, ...paths);
}

/** One kernel setting, in the files and in the kernel. */
export function sysctl(key: string, value: string | number): Item {
    return item("sysctl", key, String(value));
}

/** Any other kind. */
export function item(kind: string, ...args: readonly string[]): Item {
    return { kind, args };
}
