import { isPlainObject, unknownSentinels } from "../../policy-pack/graph/wire-values";
import type { SavedResource } from "../../preview/graph/saved-resource";

/** Types that the measured programs register → their names in Terraform. */
const terraformTypes: Readonly<Record<string, string>> = {
    "aws:ec2/instance:Instance": "aws_instance",
    "aws:ec2/securityGroup:SecurityGroup": "aws_security_group",
};

/**
 * The servers and security groups of a graph as a finished plan, in the form that `terraform show -json` writes: what scanners of
 * Terraform judge. Unknown values are left out of `values`, as Terraform leaves them out.
 */
export function terraformPlan(resources: readonly SavedResource[]): object {
    const planned = resources.flatMap(({ type, urn, inputs }) => {
        const terraformType = terraformTypes[type];
        const name = urn.split("::").at(-1) ?? "";
        return terraformType === undefined
            ? []
            : [
                  {
                      address: `${terraformType}.${name}`,
                      mode: "managed",
                      type: terraformType,
                      name,
                      provider_name: "registry.terraform.io/hashicorp/aws",
                      values: blockOf(inputs),
                  },
              ];
    });
    return {
        format_version: "1.2",
        terraform_version: "1.9.0",
        planned_values: { root_module: { resources: planned } },
        resource_changes: planned.map(({ values, ...resource }) => ({
            ...resource,
            change: { actions: ["create"], before: null, after: values, after_unknown: {} },
        })),
        configuration: { root_module: {} },
    };
}

function blockOf(fields: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
    return Object.fromEntries(
        Object.entries(fields).flatMap(([name, value]) => {
            const known = knownPart(name, value);
            return known === undefined ? [] : [[snakeCase(name), known]];
        }),
    );
}

/** A block is a list of one; tags are a mapping. */
function knownPart(name: string, value: unknown): unknown {
    if (isPlainObject(value)) {
        return name === "tags" ? value : [blockOf(value)];
    }
    if (Array.isArray(value)) {
        return value.filter((each) => !isUnknown(each));
    }
    return isUnknown(value) ? undefined : value;
}

function isUnknown(value: unknown): boolean {
    return unknownSentinels.some((sentinel) => sentinel === value);
}

function snakeCase(name: string): string {
    return name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}
