import { renderCloudInit } from "./cloud-init";
import { renderImageComponent } from "./image-component";
import type { HostProfile } from "./profile";
import { renderScript } from "./script";
import { renderSsmDocument } from "./ssm-document";

/** Forms of a host profile, by the word that users write. */
const renderers = {
    script: (script: string) => script,
    "cloud-init": renderCloudInit,
    "ssm-document": (script: string) => renderSsmDocument(script),
    "image-component": renderImageComponent,
} as const satisfies Readonly<Record<string, (script: string) => string>>;

export type HostFormat = keyof typeof renderers;

/** Every form, the script first. */
export const hostFormats = Object.keys(renderers) as readonly HostFormat[];

/** Renders a profile in one form. */
export function renderHostProfile(profile: HostProfile, format: HostFormat): string {
    return renderers[format](renderScript(profile));
}
