import { SecretValue } from "../../../policy-pack/graph/resource";
import { isPlainObject } from "../../../policy-pack/graph/wire-values";
import { eachOf, everyValue, set, without, type Graph, type Rewrite } from "./rewriting";

const instance = "aws:ec2/instance:Instance";
const key = "aws:kms/key:Key";
const maintenanceWindow = "aws:ssm/maintenanceWindow:MaintenanceWindow";

/** Lists in which order says nothing. */
const sets = [
    ...["approvalRules", "patchFilters", "values", "alarmActions"],
    ...["advancedEventSelectors", "fieldSelectors"],
];

function reversedSources(graph: Graph): Graph {
    return graph.map((resource) => ({
        ...resource,
        dependencies: [...resource.dependencies].reverse(),
        propertyDependencies: Object.fromEntries(
            Object.entries(resource.propertyDependencies)
                .map(([name, urns]): [string, readonly string[]] => [name, [...urns].reverse()])
                .reverse(),
        ),
    }));
}

/** Texts that only look like numbers: an account must keep its zeros. */
function isNumeral(value: unknown): value is string {
    return typeof value === "string" && /^\d{1,5}$/.test(value);
}

const metadata = (changes: Readonly<Record<string, unknown>>): ((graph: Graph) => Graph) =>
    eachOf(instance, (resource) => ({
        ...resource,
        properties: {
            ...resource.properties,
            metadataOptions: Object.fromEntries(
                Object.entries({
                    ...(resource.properties["metadataOptions"] as object),
                    ...changes,
                }).filter(([, value]) => value !== undefined),
            ),
        },
    }));

const schedule = (from: string, to: string): ((graph: Graph) => Graph) =>
    everyValue((value) => (value === from ? to : value));

/** Other ways to write a value. */
export const valueRewrites: readonly Rewrite[] = [
    { what: "resources in the opposite order", rewrite: (graph) => [...graph].reverse() },
    {
        what: "properties in the opposite order",
        rewrite: everyValue((value) =>
            isPlainObject(value) ? Object.fromEntries(Object.entries(value).reverse()) : value,
        ),
    },
    { what: "dependencies in the opposite order", rewrite: reversedSources },
    ...sets.map((name) => ({
        what: `the list ${name} in the opposite order`,
        rewrite: everyValue((value, key_) =>
            key_ === name && Array.isArray(value) ? [...(value as unknown[])].reverse() : value,
        ),
    })),
    {
        what: "booleans as text",
        rewrite: everyValue((value) => (typeof value === "boolean" ? String(value) : value)),
    },
    {
        what: "numbers as text",
        rewrite: everyValue((value) => (typeof value === "number" ? String(value) : value)),
    },
    {
        what: "numerals as numbers",
        rewrite: everyValue((value) => (isNumeral(value) ? Number(value) : value)),
    },
    {
        what: "properties that are not set as null",
        rewrite: (graph) =>
            graph.map((resource) => ({
                ...resource,
                properties: { keyName: null, ipv6Addresses: null, ...resource.properties },
            })),
    },
    {
        what: "empty lists where nothing is",
        rewrite: set(instance, {
            ipv6Addresses: [],
            secondaryPrivateIps: [],
            ebsBlockDevices: [],
            ephemeralBlockDevices: [],
        }),
    },
    {
        what: "policies as secrets",
        rewrite: (graph) =>
            graph.map((resource) =>
                typeof resource.properties["policy"] === "string"
                    ? {
                          ...resource,
                          properties: {
                              ...resource.properties,
                              policy: new SecretValue(resource.properties["policy"]),
                          },
                      }
                    : resource,
            ),
    },
    {
        what: "all properties of machines but user data as secrets",
        rewrite: eachOf(instance, (resource) => ({
            ...resource,
            properties: Object.fromEntries(
                Object.entries(resource.properties).map(([name, value]) => [
                    name,
                    // A secret within user data is a weakness of its own.
                    name === "userData" ? value : new SecretValue(value),
                ]),
            ),
        })),
    },
    {
        what: "the metadata service without a word that it is on",
        rewrite: metadata({ httpEndpoint: undefined }),
    },
    { what: "no word of metadata over IPv6", rewrite: metadata({ httpProtocolIpv6: undefined }) },
    { what: "no word of tags in metadata", rewrite: metadata({ instanceMetadataTags: undefined }) },
    {
        what: "no word of public addresses in subnets without them",
        rewrite: without("aws:ec2/subnet:Subnet", {
            mapPublicIpOnLaunch: false,
            assignIpv6AddressOnCreation: false,
        }),
    },
    {
        what: "no word of a public address",
        rewrite: without(instance, { associatePublicIpAddress: false }),
    },
    {
        what: "source and destination checked by default",
        rewrite: without(instance, { sourceDestCheck: true }),
    },
    {
        what: "source and destination checked explicitly",
        rewrite: set(instance, { sourceDestCheck: true }),
    },
    {
        what: "a trail that logs by default",
        rewrite: without("aws:cloudtrail/trail:Trail", {
            enableLogging: true,
            includeGlobalServiceEvents: true,
        }),
    },
    {
        what: "a trail that logs explicitly",
        rewrite: set("aws:cloudtrail/trail:Trail", {
            enableLogging: true,
            includeGlobalServiceEvents: true,
            isOrganizationTrail: false,
        }),
    },
    {
        what: "windows that are on by default",
        rewrite: without(maintenanceWindow, { enabled: true }),
    },
    { what: "windows that are on explicitly", rewrite: set(maintenanceWindow, { enabled: true }) },
    {
        what: "no word of targets that are not registered",
        rewrite: without(maintenanceWindow, { allowUnassociatedTargets: false }),
    },
    {
        what: "windows in UTC by its short name",
        rewrite: set(maintenanceWindow, { scheduleTimezone: "UTC" }),
    },
    { what: "the deletion window of AWS", rewrite: without(key, { deletionWindowInDays: 30 }) },
    { what: "the rotation period of AWS", rewrite: without(key, { rotationPeriodInDays: 365 }) },
    {
        what: "what a key is for, explicitly",
        rewrite: set(key, {
            keyUsage: "ENCRYPT_DECRYPT",
            customerMasterKeySpec: "SYMMETRIC_DEFAULT",
            isEnabled: true,
            multiRegion: false,
        }),
    },
    {
        what: "actions of alarms on by default",
        rewrite: without("aws:cloudwatch/metricAlarm:MetricAlarm", { actionsEnabled: true }),
    },
    {
        what: "actions of alarms on explicitly",
        rewrite: set("aws:cloudwatch/metricAlarm:MetricAlarm", { actionsEnabled: true }),
    },
    {
        what: "a default security group without lists of rules",
        rewrite: set("aws:ec2/defaultSecurityGroup:DefaultSecurityGroup", {
            ingress: undefined,
            egress: undefined,
        }),
    },
    {
        what: "a route table without a list of routes",
        rewrite: set("aws:ec2/routeTable:RouteTable", { routes: undefined }),
    },
    {
        what: "patches of security by default",
        rewrite: everyValue((value) =>
            isPlainObject(value) && value["enableNonSecurity"] === false
                ? Object.fromEntries(
                      Object.entries(value).filter(([name]) => name !== "enableNonSecurity"),
                  )
                : value,
        ),
    },
    { what: "Sunday as a number", rewrite: schedule("cron(0 3 ? * SUN *)", "cron(0 3 ? * 1 *)") },
    {
        what: "a daily scan by the day of the month",
        rewrite: schedule("cron(0 1 ? * * *)", "cron(0 1 * * ? *)"),
    },
    { what: "a daily scan as a rate", rewrite: schedule("cron(0 1 ? * * *)", "rate(1 day)") },
    {
        what: "a daily scan as a rate in hours",
        rewrite: schedule("cron(0 1 ? * * *)", "rate(24 hours)"),
    },
    {
        what: "patch groups by the older name of the tag",
        rewrite: everyValue((value) =>
            value === "tag:PatchGroup"
                ? "tag:Patch Group"
                : isPlainObject(value) && "PatchGroup" in value
                  ? Object.fromEntries(
                        Object.entries(value).map(([name, inner]) => [
                            name === "PatchGroup" ? "Patch Group" : name,
                            inner,
                        ]),
                    )
                  : value,
        ),
    },
    {
        what: "protocols by number",
        rewrite: everyValue((value, name) =>
            name === "ipProtocol" && value === "tcp" ? "6" : value,
        ),
    },
    {
        what: "protocols in capitals",
        rewrite: everyValue((value, name) =>
            name === "ipProtocol" && value === "tcp" ? "TCP" : value,
        ),
    },
];
