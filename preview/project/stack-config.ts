import type { Assumption } from "../../catalog/records/judged-stack";
import { InputError } from "../../catalog/records/input-error";
import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { declaredConfig, typeProblem, type DeclaredValue } from "./declared-config";
import type { Project } from "./project-file";
import { isMapping, parseMapping, readText, toJson, type Mapping } from "./yaml-file";

/** Configuration as a program sees it: full keys (`project:key`) to text. */
export interface StackConfig {
    readonly values: Readonly<Record<string, string>>;
    readonly secretKeys: readonly string[];
    /** Secret keys whose value is encrypted: nobody knows it here. */
    readonly encryptedKeys: readonly string[];
    readonly assumptions: readonly Assumption[];
}

/**
 * Reads the configuration of a stack: its file, over the project's own values and defaults, under `overrides` (`KEY=VALUE`). Throws
 * `InputError` with all problems: the stack is missing, a value is missing or of the wrong type, an override is malformed.
 */
export function readStackConfig(
    project: Project,
    stack: string,
    overrides: readonly string[],
): StackConfig {
    const problems: string[] = [];
    const written = readStackFile(project, stack);
    const declared = declaredConfig(project, problems);
    const values = new Map<string, string>();
    const secret = new Set<string>();
    const encrypted = new Set<string>();
    for (const [key, { fallback, secret: isSecret }] of declared) {
        if (fallback !== undefined) {
            values.set(key, asText(fallback));
        }
        if (isSecret) {
            secret.add(key);
        }
    }
    for (const [key, value] of Object.entries(written.config)) {
        const full = fullKey(key, project.name);
        values.set(full, holdsEncrypted(value) ? "" : asText(value));
        if (holdsEncrypted(value)) {
            secret.add(full);
            encrypted.add(full);
        } else {
            problems.push(...declaredTypeProblems(declared.get(full), full, value));
        }
    }
    for (const override of overrides) {
        const split = override.indexOf("=");
        if (split < 1) {
            problems.push(`--config must be KEY=VALUE, got "${override}"`);
            continue;
        }
        const full = fullKey(override.slice(0, split), project.name);
        values.set(full, override.slice(split + 1));
        encrypted.delete(full);
    }
    for (const [key, { required }] of declared) {
        if (required && !values.has(key)) {
            problems.push(
                `the stack ${stack} has no value for ${key}, which Pulumi.yaml declares without a default: add it to Pulumi.${stack}.yaml, or give it with --config ${key}=VALUE`,
            );
        }
    }
    if (problems.length > 0) {
        throw new InputError(problems);
    }
    return {
        values: Object.fromEntries(values),
        secretKeys: [...secret].sort(),
        encryptedKeys: [...encrypted].sort(),
        assumptions: [...written.assumptions, ...[...encrypted].sort().map(encryptedAssumption)],
    };
}

function encryptedAssumption(key: string): Assumption {
    return {
        kind: "configuration",
        subject: key,
        value: "",
        reason: `the value is encrypted, so it is an unknown secret; give one for the preview with --config ${key}=VALUE`,
    };
}

function declaredTypeProblems(
    declared: DeclaredValue | undefined,
    key: string,
    value: unknown,
): string[] {
    const problem = declared && typeProblem(declared.type, value);
    return problem === undefined ? [] : [`${key} must be ${problem}`];
}

/** A stack is missing only when the project has files of other stacks. */
function readStackFile(
    project: Project,
    stack: string,
): { readonly config: Mapping; readonly assumptions: readonly Assumption[] } {
    if (!/^[A-Za-z0-9_.-]+$/.test(stack)) {
        throw new InputError([`--stack must be letters, digits, "-", "_" or ".", got "${stack}"`]);
    }
    const file = ["yaml", "yml", "json"]
        .map((extension) => join(project.stackConfigFolder, `Pulumi.${stack}.${extension}`))
        .find((each) => existsSync(each));
    if (file === undefined) {
        const others = stacksOf(project.stackConfigFolder);
        if (others.length > 0) {
            throw new InputError([
                `the project has no stack ${stack}: there is no ${join(project.stackConfigFolder, `Pulumi.${stack}.yaml`)}; its stacks are ${others.join(", ")} (--stack NAME)`,
            ]);
        }
        return { config: {}, assumptions: [] };
    }
    const written = parseMapping(readText(file, "the stack's configuration"), file);
    const config = written["config"] ?? {};
    if (!isMapping(config)) {
        throw new InputError([`${file}: config must be a mapping of keys to values`]);
    }
    const assumptions =
        written["environment"] === undefined
            ? []
            : [
                  {
                      kind: "configuration",
                      subject: "environment",
                      value: toJson(written["environment"]),
                      reason: "a Pulumi ESC environment cannot be opened offline: its values are absent; give those that matter with --config KEY=VALUE",
                  },
              ];
    return { config, assumptions };
}

function stacksOf(folder: string): string[] {
    if (!existsSync(folder)) {
        return [];
    }
    return readdirSync(folder)
        .flatMap((name) => /^Pulumi\.(.+)\.(?:ya?ml|json)$/.exec(name)?.[1] ?? [])
        .sort();
}

/** `key` belongs to the project; `namespace:key` and the older `namespace:config:key` name theirs. */
function fullKey(key: string, project: string): string {
    const parts = key.split(":");
    if (parts.length === 1) {
        return `${project}:${key}`;
    }
    return parts.length === 3 && parts[1] === "config"
        ? `${parts[0] ?? ""}:${parts[2] ?? ""}`
        : key;
}

function holdsEncrypted(value: unknown): boolean {
    if (Array.isArray(value)) {
        return value.some(holdsEncrypted);
    }
    if (!isMapping(value)) {
        return false;
    }
    const keys = Object.keys(value);
    return (
        (keys.length === 1 && keys[0] === "secure" && typeof value["secure"] === "string") ||
        Object.values(value).some(holdsEncrypted)
    );
}

/** Values that are not text reach a program as JSON. */
function asText(value: unknown): string {
    return typeof value === "string" ? value : toJson(value);
}
