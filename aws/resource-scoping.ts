import { matchesWholeService } from "./action-pattern";
import { unscopableActions } from "./unscopable-actions";

/**
 * Whether an action pattern of IAM stands for an action that can be limited to a resource. Patterns of descriptions and lists stand for
 * those that cannot. Undefined for actions of services that are not known.
 */
export function canNameResource(pattern: string): boolean | undefined {
    if (matchesWholeService(pattern) && !pattern.includes(":")) {
        return true;
    }
    const [service = "", action = ""] = pattern.toLowerCase().split(":");
    if (/[*?]/.test(service)) {
        return true;
    }
    const names = Object.hasOwn(unscopableActions, service)
        ? unscopableActions[service]
        : undefined;
    if (names === undefined) {
        return undefined;
    }
    if (names === "*") {
        return false;
    }
    return /[*?]/.test(action)
        ? !/^(describe|list)/.test(action)
        : !names.toLowerCase().split(" ").includes(action);
}
