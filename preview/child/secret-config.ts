import type { Sdk } from "./sdk";

type Getter = (
    this: { readonly name: string },
    key: string,
    ...rest: readonly unknown[]
) => unknown;

/**
 * Makes the program's encrypted configuration values unknown secrets. Nobody has the key to them here, so a program that reads one
 * as plain text cannot go on: it is told how to give a value.
 */
export function hideEncryptedConfig(sdk: Sdk, encryptedKeys: readonly string[]): void {
    if (encryptedKeys.length === 0) {
        return;
    }
    const encrypted = new Set(encryptedKeys);
    const prototype = sdk.pulumi.Config.prototype as unknown as Record<string, Getter>;
    for (const kind of ["", "Boolean", "Number", "Object"]) {
        for (const verb of ["get", "require"]) {
            replace(prototype, `${verb}Secret${kind}`, encrypted, () => unknownSecret(sdk));
            replace(prototype, `${verb}${kind}`, encrypted, (key) => {
                throw new sdk.pulumi.RunError(
                    `the program reads the encrypted configuration value ${key} as plain text: give a value for the preview with --config ${key}=VALUE, or read it with ${verb}Secret${kind}`,
                );
            });
        }
    }
}

function replace(
    prototype: Record<string, Getter>,
    name: string,
    encrypted: ReadonlySet<string>,
    answer: (key: string) => unknown,
): void {
    const original = prototype[name];
    if (original !== undefined) {
        prototype[name] = function (key, ...rest): unknown {
            const full = `${this.name}:${key}`;
            return encrypted.has(full) ? answer(full) : original.call(this, key, ...rest);
        };
    }
}

function unknownSecret(sdk: Sdk): unknown {
    const { secret, runtime } = sdk.pulumi;
    return secret(runtime.deserializeProperty(runtime.unknownValue));
}
