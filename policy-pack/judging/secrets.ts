import { SecretValue, type RegisteredResource } from "../graph/resource";

/** Shorter secrets are words such as `true` that would blot out half a report without hiding anything. */
const shortestHidden = 8;

/** Collects the secret texts of a graph and takes them out of whatever is about to be printed. */
export class Redactor {
    private readonly secrets: readonly string[];
    /** Whether the graph holds any secret at all, long or short. */
    public readonly holdsSecrets: boolean;

    public constructor(resources: readonly RegisteredResource[]) {
        const found = new Set<string>();
        let any = false;
        const collect = (value: unknown, secret: boolean): void => {
            if (value instanceof SecretValue) {
                any = true;
                collect(value.value, true);
            } else if (typeof value === "object" && value !== null) {
                for (const inner of Object.values(value)) {
                    collect(inner, secret);
                }
            } else if (secret && typeof value === "string" && value.length >= shortestHidden) {
                found.add(value);
            }
        };
        for (const resource of resources) {
            collect(resource.properties, false);
        }
        this.holdsSecrets = any;
        // The longest first: one secret may be part of another.
        this.secrets = [...found].sort((a, b) => b.length - a.length || (a < b ? -1 : 1));
    }

    public redact(text: string): string {
        return this.secrets.reduce((kept, secret) => kept.replaceAll(secret, "[secret]"), text);
    }
}
