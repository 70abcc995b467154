import { formatPath } from "../graph/peek";
import { label } from "../reading/labels";
import { undecided } from "../reading/observations";
import { isHidden } from "../reading/statements";
import type { Observation } from "../rules/rule";
import type { Holder } from "./principals";

/** What of a holder's permissions is not known at all. `doubt` completes the sentence: `whether it … is not known`. */
export function unreadPermissions(
    { resource, policies, foreign }: Holder,
    doubt: string,
): readonly Observation[] {
    return [
        ...policies
            .filter(({ document }) => isHidden(document))
            .map((policy) =>
                undecided(
                    resource,
                    [],
                    `${label(policy.resource)} ${formatPath(policy.path)} cannot be read before deployment: ${doubt}`,
                    policy.resource.name,
                ),
            ),
        ...foreign.map((arn) =>
            undecided(
                resource,
                [],
                `${label(resource)} carries ${arn}, which is not in this stack: ${doubt}`,
                arn,
            ),
        ),
    ];
}
