import { TypeToken } from "../../aws/type-tokens";
import type { GraphIndex } from "../graph/graph-index";
import type { RegisteredResource } from "../graph/resource";
import { readText } from "./values";

/** The settings of Systems Manager with this id; the id may stand at the end of an ARN. */
export function serviceSettings(graph: GraphIndex, id: string): readonly RegisteredResource[] {
    return graph.ofType(TypeToken.ServiceSetting).filter((setting) => isSetting(setting, id));
}

/** Whether a resource is the setting with this id. */
export function isSetting({ type, properties }: RegisteredResource, id: string): boolean {
    const found = readText(properties, ["settingId"]);
    return type === TypeToken.ServiceSetting && found.kind === "known" && found.value.endsWith(id);
}

/** Settings whose id is not known yet: each may be any. */
export function unnamedSettings(graph: GraphIndex): readonly RegisteredResource[] {
    return graph
        .ofType(TypeToken.ServiceSetting)
        .filter(({ properties }) => readText(properties, ["settingId"]).kind === "open");
}
