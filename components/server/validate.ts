import { operatingSystem } from "../../catalog/operating-systems";
import { parameter } from "../../catalog/parameters";
import { isWorkloadId, workload } from "../../catalog/workloads";
import type { KeyServerArgs, KeyServerClientArgs } from "../key-server";
import { problemsOfClientName } from "../validation/client-name";
import { problemsOfPrivateCidr } from "../validation/cidr";
import { oneOf, problemsOfChoice } from "../validation/choice";
import { problemsOfChildren, problemsOfFormat } from "../validation/format";
import { problemsOfRange } from "../validation/numbers";
import {
    problemsOfForeignRoute,
    problemsOfMirror,
    problemsOfMissingMirror,
} from "../validation/package-mirror";
import { known, type Problem, show } from "../validation/problems";
import { problemsOfWorkloadNames } from "../validation/workload-names";
import { defaultArchitecture, defaultOperatingSystem, imageParameter } from "./image";
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
        ...problemsOfRange("rootVolumeGibibytes", args.rootVolumeGibibytes, "rootVolumeGibibytes"),
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
        ...problemsOfFormat("imageId", args.imageId, "imageId"),
        ...problemsOfImageParameter(args),
        ...problemsOfFormat("permissionsBoundaryArn", args.permissionsBoundaryArn, "iamArn"),
    ];
}

/** Problems of a workload's id. */
export function problemsOfWorkload(
    propertyPath: string,
    id: string,
    development: boolean,
): readonly Problem[] {
    if (!isWorkloadId(id)) {
        return problemsOfChoice(propertyPath, id, "workload");
    }
    const refused = workload(id).refusedOutsideDevelopment;
    return refused === undefined || development
        ? []
        : [
              {
                  propertyPath,
                  reason: `${propertyPath} ${oneOf("workload")}, got ${show(id)}: ${refused}`,
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
        problemsOfRange(`${propertyPath}[${index}]`, port, "tcpPort"),
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
            ...problemsOfFormat(
                `${propertyPath}.securityGroupId`,
                client.securityGroupId,
                "securityGroupId",
            ),
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
        ...problemsOfChoice("operatingSystem", id, "operatingSystem"),
        ...problemsOfChoice("architecture", architecture, "architecture"),
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
    return [
        ...(imageId === undefined || imageParameterName === undefined
            ? []
            : [
                  {
                      propertyPath,
                      reason: `${propertyPath} must not be given with imageId: the image comes from one of them`,
                  },
              ]),
        ...problemsOfFormat(propertyPath, imageParameterName, "imageParameterName"),
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
    const misspelt = problemsOfFormat(propertyPath, type, "instanceType");
    if (misspelt.length > 0) {
        return misspelt;
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
