import { escalatingActions } from "../../aws/escalations";
import type { GraphIndex } from "../graph/graph-index";
import { formatPath } from "../graph/peek";
import type { RegisteredResource } from "../graph/resource";
import type { WrittenPolicy } from "../reading/identity-policies";
import { label } from "../reading/labels";
import { failed, undecided } from "../reading/observations";
import { isHidden } from "../reading/statements";
import type { Observation } from "../rules/rule";
import { aboutAny, askHolder, carrying } from "./ask";

/** Whether a document, taken as the boundary of some roles, lets one of them rise: then it bounds nothing. Reported on one resource, once. */
export function judgeBoundary(
    graph: GraphIndex,
    resource: RegisteredResource,
    written: WrittenPolicy,
    roles: readonly RegisteredResource[],
): readonly Observation[] {
    const { path, document } = written;
    const place = formatPath(path);
    if (isHidden(document)) {
        const why =
            document.doubts[0]?.reason === "unknown"
                ? "is not known before deployment"
                : "cannot be read";
        return [
            undecided(resource, path, `${place} ${why}: what it bounds ${named(roles)} to is open`),
        ];
    }
    const holders = roles.map((role) => ({
        resource: role,
        policies: [written],
        foreign: [],
        boundary: undefined,
    }));
    const asked = escalatingActions.flatMap((action) =>
        holders.map((holder) => ({
            action,
            // A statement that demands a boundary of whoever is raised is a limit of its own: it is asked for one without.
            decision: askHolder(
                graph,
                holder,
                carrying(aboutAny(action, "*"), { "iam:permissionsboundary": undefined }),
            ),
        })),
    );
    const rising = asked.filter(({ decision }) => decision.allowed === "yes");
    const [risen] = rising;
    if (risen !== undefined) {
        return [
            failed(
                resource,
                path,
                `${place} bounds ${named(roles)} and allows ${risen.action}${more(rising)}: whoever it bounds can lift it`,
                risen.action,
            ),
        ];
    }
    const [open] = asked.filter(({ decision }) => decision.allowed === "maybe");
    return open === undefined
        ? []
        : [
              undecided(
                  resource,
                  path,
                  `whether ${place}, which bounds ${named(roles)}, allows ${open.action} depends on ${open.decision.doubts.join("; ")}`,
                  open.action,
              ),
          ];
}

function more(rising: readonly { readonly action: string }[]): string {
    const { size } = new Set(rising.map(({ action }) => action));
    return size > 1 ? ` and ${size - 1} more actions that raise rights` : "";
}

function named([first, ...others]: readonly RegisteredResource[]): string {
    const one = first === undefined ? "nobody" : label(first);
    return others.length === 0 ? one : `${one} and ${others.length} more`;
}
