import type { Parameter } from "../parameter";
import { accessParameters } from "./access";
import { accountParameters } from "./accounts";
import { auditParameters } from "./audit";
import { computeParameters } from "./compute";
import { encryptionParameters } from "./encryption";
import { exemptionParameters } from "./exemption";
import { hostParameters } from "./host";
import { kernelParameters } from "./kernel";
import { loggingParameters } from "./logging";
import { networkParameters } from "./network";
import { patchingParameters } from "./patching";
import { recoveryParameters } from "./recovery";
import { sshParameters } from "./ssh";

const byId = {
    ...accessParameters,
    ...accountParameters,
    ...auditParameters,
    ...computeParameters,
    ...encryptionParameters,
    ...exemptionParameters,
    ...hostParameters,
    ...kernelParameters,
    ...loggingParameters,
    ...networkParameters,
    ...patchingParameters,
    ...recoveryParameters,
    ...sshParameters,
};

export type ParameterId = keyof typeof byId;

/** Every parameter of the catalog, sorted by id. */
export const parameters: readonly Parameter[] = Object.values(byId)
    .map((known): Parameter => known)
    .sort((a, b) => (a.id < b.id ? -1 : 1));

export function isParameterId(id: string): id is ParameterId {
    return Object.hasOwn(byId, id);
}

/** Parameter with that id: `parameter("logRetentionDays").value` is a number. */
export function parameter<Id extends ParameterId>(id: Id): (typeof byId)[Id] {
    return byId[id];
}

/** Parameter with an id that is known at run time only. Throws for an unknown one. */
export function parameterById(id: string): Parameter {
    if (!isParameterId(id)) {
        throw new Error(`the catalog has no parameter "${id}"`);
    }
    return byId[id];
}
