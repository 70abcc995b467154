import { operatingSystem } from "../../catalog/operating-systems";
import { parameter } from "../../catalog/parameters";
import { acceptedWorkloadIds, isWorkloadId, workload } from "../../catalog/workloads";
import type { KeyServerArgs, KeyServerClientArgs } from "../key-server";
import { problemsOfClientName } from "../validation/client-name";
import { problemsOfPrivateCidr } from "../validation/cidr";
import { problemsOfArn } from "../validation/arn";
import { problemsOfChildren, problemsOfFormat } from "../validation/format";
import { problemsOfPort, problemsOfWholeNumber } from "../validation/numbers";
import { problemsOfOperatingSystem } from "../validation/operating-system";
import {
    problemsOfForeignRoute,
    problemsOfMirror,
    problemsOfMissingMirror,
} from "../validation/package-mirror";
import { known, type Problem, show } from "../validation/problems";
import { problemsOfId } from "../validation/resource-id";
import { problemsOfWorkloadNames } from "../validation/workload-names";
import {
    defaultArchitecture,
    defaultOperatingSystem,
    imageParameter,
    isArchitecture,
} from "./image";
import { problemsOfSurroundings } from "./validate-surroundings";

/** Longest prefix of an IPv4 range: a single address. */
const singleAddress = 32;

/** Problems of the arguments of a `KeyServer`. */
export function validateKeyServerArgs(args: KeyServerArgs): readonly Problem[] {
    return [
        ...problemsOfChildren(args),
        ...problemsOfFormat("instanceProfileName", args.instanceProfileName, "instanceProfileName"),
        ...problemsOfFormat("placementGroup", args.placementGroup, "placementGroupName"),
        ...problemsOfServerChoices(args),
        ...problemsOfAdoption(args),
        ...problemsOfSurroundings(args),
        ...problemsOfWholeNumber("rootVolumeGibibytes", args.rootVolumeGibibytes, 8, 1024),
    ];
}

/** What a server is, apart from what it stands on: the arguments that a cluster passes on for its servers. */
export type ServerChoices = Pick<
    KeyServerArgs,
    | "architecture"
    | "clients"
    | "development"
    | "imageId"
    | "imageParameterName"
    | "instanceType"
    | "operatingSystem"
    | "packageMirror"
    | "permissionsBoundaryArn"
    | "servicePorts"
    | "workload"
    | "workloadUnit"
    | "workloadUser"
>;

/** Problems of what a server is. */
export function problemsOfServerChoices(args: ServerChoices): readonly Problem[] {
    return [
        ...problemsOfWorkload("workload", args.workload, args.development ?? false),
        ...problemsOfServicePorts(args),
        ...problemsOfClients(args.clients ?? []),
        ...problemsOfSystem(args),
        ...problemsOfInstanceType(args),
        ...problemsOfWorkloadNames(args),
        ...problemsOfMissingMirror(
            args.packageMirror,
            args.operatingSystem ?? defaultOperatingSystem,
        ),
        ...problemsOfMirror(args.packageMirror),
        ...problemsOfForeignRoute(args.packageMirror),
        ...problemsOfId("imageId", args.imageId, "ami"),
        ...problemsOfImageParameter(args),
        ...problemsOfArn("permissionsBoundaryArn", known(args.permissionsBoundaryArn), "iam"),
    ];
}

/** Problems of a workload's id. */
export function problemsOfWorkload(
    propertyPath: string,
    id: string,
    development: boolean,
): readonly Problem[] {
    const ids = acceptedWorkloadIds.map(show).join(", ");
    if (!isWorkloadId(id)) {
        return [{ propertyPath, reason: `${propertyPath} must be one of ${ids}, got ${show(id)}` }];
    }
    const refused = workload(id).refusedOutsideDevelopment;
    return refused === undefined || development
        ? []
        : [
              {
                  propertyPath,
                  reason: `${propertyPath} must be one of ${ids}, got ${show(id)}: ${refused}`,
              },
          ];
}

function problemsOfServicePorts({
    servicePorts,
    workload: id,
    clients = [],
}: ServerChoices): readonly Problem[] {
    const propertyPath = "servicePorts";
    if (servicePorts === undefined && id === "custom" && clients.length > 0) {
        return [
            {
                propertyPath,
                reason: `${propertyPath} must name the ports that clients reach, because workload "custom" has none of its own`,
            },
        ];
    }
    return (servicePorts ?? []).flatMap((port, index) =>
        problemsOfPort(`${propertyPath}[${index}]`, port),
    );
}

/** Problems of a list of clients. */
function problemsOfClients(clients: readonly KeyServerClientArgs[]): readonly Problem[] {
    return clients.flatMap((client, index): readonly Problem[] => {
        const propertyPath = `clients[${index}]`;
        const sources = [client.securityGroupId, client.cidrBlock].filter(
            (source) => source !== undefined,
        );
        return [
            ...problemsOfClientName(
                `${propertyPath}.name`,
                client.name,
                clients.slice(0, index).map((earlier) => earlier.name),
            ),
            ...(sources.length === 1
                ? []
                : [
                      {
                          propertyPath,
                          reason: `${propertyPath} must have exactly one of securityGroupId and cidrBlock, got ${sources.length === 0 ? "neither" : "both"}`,
                      },
                  ]),
            ...problemsOfId(`${propertyPath}.securityGroupId`, client.securityGroupId, "sg"),
            ...problemsOfPrivateCidr(
                `${propertyPath}.cidrBlock`,
                known(client.cidrBlock),
                parameter("allowedCidrMinimumPrefixLength").value,
                singleAddress,
            ),
        ];
    });
}

function problemsOfSystem(args: ServerChoices): readonly Problem[] {
    const { architecture = defaultArchitecture, operatingSystem: id = defaultOperatingSystem } =
        args;
    const unknown = [
        ...problemsOfOperatingSystem("operatingSystem", id),
        ...(isArchitecture(architecture)
            ? []
            : [
                  {
                      propertyPath: "architecture",
                      reason: `architecture must be "x86_64" or "arm64", got ${show(architecture)}`,
                  },
              ]),
    ];
    if (unknown.length > 0) {
        return unknown;
    }
    return args.imageId === undefined &&
        args.imageParameterName === undefined &&
        imageParameter(args) === undefined
        ? [
              {
                  propertyPath: "imageId",
                  reason: `imageId must be given, because AWS publishes no ${architecture} image of ${operatingSystem(id).title}`,
              },
          ]
        : [];
}

function problemsOfImageParameter({
    imageId,
    imageParameterName,
}: ServerChoices): readonly Problem[] {
    const propertyPath = "imageParameterName";
    const name = known(imageParameterName);
    return [
        ...(imageId === undefined || imageParameterName === undefined
            ? []
            : [
                  {
                      propertyPath,
                      reason: `${propertyPath} must not be given with imageId: the image comes from one of them`,
                  },
              ]),
        ...(name === undefined || /^\/[A-Za-z0-9_.-]+(\/[A-Za-z0-9_.-]+)*$/.test(name)
            ? []
            : [
                  {
                      propertyPath,
                      reason: `${propertyPath} must be a parameter of Systems Manager such as "/imagebuilder/vault", got ${show(name)}`,
                  },
              ]),
    ];
}

/** EC2 names Graviton families with a `g` after the generation: m7g, c8gd, r6g. Source: Amazon EC2 instance type naming conventions. */
const gravitonFamily = /^[a-z]+\d+g[a-z-]*\./;

/** Problems of an instance type against an architecture. */
export function problemsOfInstanceType({
    architecture = defaultArchitecture,
    instanceType,
}: Pick<KeyServerArgs, "architecture" | "instanceType">): readonly Problem[] {
    const type = known(instanceType);
    if (type === undefined) {
        return [];
    }
    const propertyPath = "instanceType";
    if (!/^[a-z][a-z0-9-]*\.[a-z0-9-]+$/.test(type)) {
        return [
            {
                propertyPath,
                reason: `${propertyPath} must be an EC2 instance type such as "m7i.large", got ${show(type)}`,
            },
        ];
    }
    return gravitonFamily.test(type) === (architecture === "arm64")
        ? []
        : [
              {
                  propertyPath,
                  reason: `${propertyPath} must run ${architecture} images, got ${show(type)}: change it or the architecture`,
              },
          ];
}

function problemsOfAdoption({ securityGroupId, clients = [] }: KeyServerArgs): readonly Problem[] {
    return securityGroupId === undefined || clients.length === 0
        ? []
        : [
              {
                  propertyPath: "clients",
                  reason: "clients must be empty where securityGroupId is given: that group's owner says who may connect",
              },
          ];
}
