import type { Command } from "commander";
import { writeAccess } from "../../report/console/access";
import { exposureCommand } from "../options/exposure-command";

/** Builds `keyward access`. */
export function accessCommand(): Command {
    return exposureCommand({
        name: "access",
        description:
            "Lists who may do what of danger to the key servers, their keys and their audit trail.",
        example: "keyward access infra --stack production    who may do what in a program",
        write: ({ exposure }, width) => writeAccess(exposure.access, width),
    });
}
