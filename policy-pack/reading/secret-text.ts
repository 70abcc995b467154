import { textLayers } from "./encoded-text";

/** Something in a text that is a secret, or looks like one. The secret itself is not in it. */
export interface SecretMention {
    /** What it is: `a private key`. */
    readonly kind: string;
    /** `line 12`, and how the text is packed: `line 3 within base64, gzip`. */
    readonly place: string;
    /** False where the text is only as random as a secret is. */
    readonly certain: boolean;
}

/** Resources whose outputs are nothing but a secret. */
export const secretSources: readonly string[] = [
    "random:index/randomPassword:RandomPassword",
    "aws:iam/accessKey:AccessKey",
    "vault:index/token:Token",
];

const shapes: readonly (readonly [kind: string, shape: RegExp])[] = [
    ["a private key", /-----BEGIN (?:[A-Z0-9]+ )*PRIVATE KEY(?: BLOCK)?-----/],
    ["an AWS access key", /\b(?:AKIA|ASIA)[A-Z0-9]{16}\b/],
    ["a Vault token", /\b(?:hv[sbr]\.[A-Za-z0-9_-]{20,}|[sbr]\.[A-Za-z0-9]{24})(?![\w.])/],
    ["an unseal key", /\boperator\s+unseal\s+(?:-\S+\s+)*["']?[A-Za-z0-9+/=]{32,}/],
    ["a token of a code forge", /\b(?:gh[pousr]_\w{30,}|github_pat_\w{30,}|glpat-[\w-]{20,})/],
    [
        "a token of a service",
        /\b(?:xox[abeprs]-[\w-]{10,}|AIza[\w-]{35}|[sr]k_live_\w{16,}|npm_\w{36})/,
    ],
    ["a signed token", /\beyJ[\w-]{8,}\.eyJ[\w-]{8,}\.[\w-]{8,}/],
    ["a password hash", /\$(?:1|2[abxy]|5|6|7|y|gy|argon2(?:id?|d))\$[^\s"':]{20,}/],
    ["a password in a URL", /\b[a-z][a-z0-9+.-]*:\/\/[^\s:/@"']*:(?![$<{*])[^\s:/@"']{3,}@/i],
    [
        "a bearer or basic credential",
        /\bauthorization["']?\s*:\s*(?:bearer|basic)\s+(?![$<{])[\w+/=.-]{12,}/i,
    ],
    [
        "a password given to chpasswd",
        /\becho\s+(?:-\S+\s+)*["']?[\w.-]+:(?![$`<{])[^\s"'|]{3,}["']?\s*\|\s*(?:sudo\s+)?chpasswd/,
    ],
];

const assignment =
    /(?<![\w$])((?:[\w.-]*[_.-])?(?:\w*passw(?:or)?d|pwd|pgpassword|passphrase|\w*secret|\w*token|api[_-]?key|secret[_-]?(?:access[_-]?)?key|private[_-]?key|unseal[_-]?keys?(?:[_-]?\w{1,2})?|recovery[_-]?keys?|root[_-]?key|client[_-]?secret|credentials?|pin))["']?(?:\s*(?:=>|:=|=|:)\s*|(?<=--[\w-]+)\s+)(?:"([^"\n]*)"|'([^'\n]*)'|([^\s"',;&|)}]+))/gi;

/** Values that are no secret: references, commands, paths, URLs, ARNs, switches, places to fill in. */
const harmless =
    /^(?:$|[$`<{*%!/~@[(-]|\\|arn:|[a-z][a-z0-9+.-]*:\/\/|(?:true|false|yes|no|on|off|null|none|nil|required|optional|enabled|disabled|changeme_at_boot|string|securestring|file|env|prompt|vault|openbao|awskms)$|\d{1,5}$|x+$)/i;

/** Blocks that are public by nature and as random as keys. */
const publicBlocks =
    /-----BEGIN (?:(?:TRUSTED )?CERTIFICATE|(?:RSA |EC )?PUBLIC KEY|PGP (?:PUBLIC KEY BLOCK|SIGNATURE)|X509 CRL|DH PARAMETERS)-----[\s\S]*?-----END [^-]+-----|\b(?:ssh|ecdsa|sk)-[\w@.-]+\s+AAAA[\w+/=]+/g;

const randomRun = /(?<![\w+/=.:-])[A-Za-z0-9+/_-]{40,}={0,2}(?![\w+/=.-])/g;
const mostRegularBitsPerCharacter = 4.6;

/** Finds secrets in a text and in whatever is packed into it. */
export function secretsIn(text: string): readonly SecretMention[] {
    return textLayers(text).flatMap(({ text: layer, packing }) => {
        const within = packing.length === 0 ? "" : ` within ${packing.join(", ")}`;
        const mention = (kind: string, index: number, certain: boolean): SecretMention => ({
            kind,
            place: `line ${layer.slice(0, index).split("\n").length}${within}`,
            certain,
        });
        const shaped = shapes.flatMap(([kind, shape]) => {
            const found = shape.exec(layer);
            return found === null ? [] : [mention(kind, found.index, true)];
        });
        const assigned = [...layer.matchAll(assignment)].flatMap((match) => {
            const [, name = "", ...values] = match;
            const value = values.find((one) => one !== undefined) ?? "";
            return value.length < 4 || harmless.test(value) || isProse(layer, match.index, value)
                ? []
                : [mention(`a value for "${name}"`, match.index, true)];
        });
        const random = [...layer.replace(publicBlocks, hide).matchAll(randomRun)].flatMap(
            (match) =>
                looksRandom(match[0]) ? [mention("a random string", match.index, false)] : [],
        );
        const certain = [...shaped, ...assigned];
        return certain.length > 0 ? certain : random.slice(0, 1);
    });
}

/** A word in a comment explains; only what holds a digit is taken for a value there. */
function isProse(layer: string, index: number, value: string): boolean {
    const line = layer.slice(layer.lastIndexOf("\n", index) + 1, index);
    return /^\s*(?:#|\/\/)/.test(line) && !/\d/.test(value);
}

/** Keeps the lines of what is taken out, so that line numbers stay right. */
function hide(block: string): string {
    return block.replace(/[^\n]/g, " ");
}

/** Random in the manner of a key: letters of both cases and digits, evenly used, and nothing that unpacks to text. */
function looksRandom(run: string): boolean {
    const isMixed = /[a-z]/.test(run) && /[A-Z]/.test(run) && /\d/.test(run);
    return (
        isMixed && textLayers(run).length === 1 && entropyBits(run) > mostRegularBitsPerCharacter
    );
}

/** Shannon entropy, in bits per character. */
function entropyBits(text: string): number {
    const counts = new Map<string, number>();
    for (const character of text) {
        counts.set(character, (counts.get(character) ?? 0) + 1);
    }
    return [...counts.values()]
        .map((count) => count / text.length)
        .reduce((bits, share) => bits - share * Math.log2(share), 0);
}
