import type { Control } from "../control";
import { accountsControls } from "./accounts";
import { additionalFeaturesControls } from "./additional-features";
import { configurationAuditControls } from "./configuration-audit";
import { defaultCredentialsControls } from "./default-credentials";
import { integrityControls } from "./integrity";
import { leastPrivilegeControls } from "./least-privilege";
import { logsControls } from "./logs";
import { nonEssentialProgramsControls } from "./non-essential-programs";
import { passwordsControls } from "./passwords";
import { patchTestingControls } from "./patch-testing";
import { patchesControls } from "./patches";
import { recoveryControls } from "./recovery";
import { remoteAccessControls } from "./remote-access";
import { removableMediaControls } from "./removable-media";
import { secureConfigurationControls } from "./secure-configuration";
import { servicesAndPortsControls } from "./services-and-ports";
import { tamperEvidentLogsControls } from "./tamper-evident-logs";

/** Every control of the checklist, in the order of the article. */
export const controls: readonly Control[] = [
    ...secureConfigurationControls,
    ...nonEssentialProgramsControls,
    ...servicesAndPortsControls,
    ...removableMediaControls,
    ...patchesControls,
    ...patchTestingControls,
    ...leastPrivilegeControls,
    ...accountsControls,
    ...passwordsControls,
    ...defaultCredentialsControls,
    ...logsControls,
    ...tamperEvidentLogsControls,
    ...additionalFeaturesControls,
    ...remoteAccessControls,
    ...configurationAuditControls,
    ...integrityControls,
    ...recoveryControls,
];

const byId = new Map(controls.map((known) => [known.id, known]));

/** The control with that id. Throws for an unknown one. */
export function control(id: string): Control {
    const found = byId.get(id);
    if (found === undefined) {
        throw new Error(`the catalog has no control "${id}"`);
    }
    return found;
}

/** Controls that a policy enforces; empty when none names it. */
export function controlsOfPolicy(name: string): readonly Control[] {
    return controls.filter((known) => known.enforcement.policies.includes(name));
}

/** Controls that a host check enforces; empty when none names it. */
export function controlsOfHostCheck(id: string): readonly Control[] {
    return controls.filter((known) => known.enforcement.hostChecks.includes(id));
}
