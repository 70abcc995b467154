import type * as pulumi from "@pulumi/pulumi";
import { type FormatId, formats } from "../../catalog/formats";
import { known, type Problem, show } from "./problems";

/** Problems of a value of one of the catalog's formats, with the source of the format; none for one that is absent or not known yet. */
export function problemsOfFormat(
    propertyPath: string,
    value: pulumi.Input<string> | undefined,
    id: FormatId,
): readonly Problem[] {
    const text = known(value);
    const { pattern, source, what } = formats[id];
    return text === undefined || pattern.test(text)
        ? []
        : [
              {
                  propertyPath,
                  reason: `${propertyPath} must be ${what}, got ${show(text)} (${source})`,
              },
          ];
}

/** Problems of what every component takes for its children: region and tags. */
export function problemsOfChildren({
    region,
    tags,
}: {
    readonly region?: pulumi.Input<string>;
    readonly tags?: pulumi.Input<Record<string, pulumi.Input<string>>>;
}): readonly Problem[] {
    return [
        ...problemsOfFormat("region", region, "region"),
        ...Object.entries(known(tags) ?? {}).flatMap(([key, value]) => [
            ...problemsOfFormat("tags", key, "tagKey"),
            ...problemsOfFormat(`tags.${key}`, value, "tagValue"),
        ]),
    ];
}
