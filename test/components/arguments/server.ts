import { serverArgs } from "../programs";
import { boundary, key, logGroup, region, type Scenario, tags, topic, type } from "./effect";

const bundle = { bucket: "bundles", key: "bundles/one", sha256: "1".repeat(64) };
const mirror = { url: "https://mirror.internal/ubuntu", cidrBlock: "10.9.0.0/24" };
const onUbuntu = { ...serverArgs, operatingSystem: "ubuntu-24.04", packageMirror: mirror };
const custom = {
    ...serverArgs,
    workload: "custom",
    servicePorts: [8443],
    workloadUser: "kms",
    workloadUnit: "kms.service",
};

/** Each argument of a server and what it brings about. */
export const serverScenarios: readonly Scenario[] = [
    {
        component: "KeyServer",
        from: { ...serverArgs, bundles: [bundle] },
        changes: {
            "placement.vpcId": { to: "vpc-9", at: [type.securityGroup, "vpcId"] },
            "placement.subnetId": { to: "subnet-9", at: [type.instance, "subnetId"] },
            "placement.endpointClientSecurityGroupId": {
                to: "sg-9",
                at: [type.instance, "vpcSecurityGroupIds"],
            },
            "logGroups.systemLogGroupArn": {
                to: logGroup("system"),
                at: [type.rolePolicy, "policy"],
            },
            "logGroups.securityLogGroupArn": {
                to: logGroup("security"),
                at: [type.rolePolicy, "policy"],
            },
            "logGroups.applicationLogGroupArn": {
                to: logGroup("application"),
                at: [type.rolePolicy, "policy"],
            },
            "logGroups.sessionLogGroupArn": {
                to: logGroup("session"),
                at: [type.rolePolicy, "policy"],
            },
            "logGroups.patchLogGroupArn": {
                to: logGroup("patch"),
                at: [type.rolePolicy, "policy"],
            },
            volumeKeyArn: { to: key("other"), at: [type.instance, "rootBlockDevice.kmsKeyId"] },
            patchGroup: { to: "ring-9", at: [type.instance, "tags.PatchGroup"] },
            alarmTopicArn: { to: topic("other"), at: [type.alarm, "alarmActions"] },
            placementGroup: { to: "spread-9", at: [type.instance, "placementGroup"] },
            "bundles[0].bucket": { to: "other-bundles", at: [type.instance, "userData"] },
            "bundles[0].key": { to: "bundles/two", at: [type.instance, "userData"] },
            "bundles[0].sha256": { to: "2".repeat(64), at: [type.instance, "userData"] },
            "clients[0].name": { to: "billing", at: [type.ingress, "description"] },
            "clients[0].cidrBlock": { to: "10.30.0.0/20", at: [type.ingress, "cidrIpv4"] },
            instanceType: { to: "m7i.xlarge", at: [type.instance, "instanceType"] },
            imageId: { to: "ami-0fedcba9876543210", at: [type.instance, "ami"] },
            rootVolumeGibibytes: { to: 33, at: [type.instance, "rootBlockDevice.volumeSize"] },
            permissionsBoundaryArn: boundary,
            region: { to: region, at: [type.instance, "region"] },
            tags: { to: tags, at: [type.instance, "tags"], shows: "security" },
        },
    },
    ...single(serverArgs, {
        workload: { to: "ejbca", at: [type.ingress, "fromPort"], shows: "8443" },
        servicePorts: { to: [9443], at: [type.ingress, "fromPort"], shows: "9443" },
        "clients[0]": {
            to: { name: "payment service", securityGroupId: "sg-8" },
            at: [type.ingress, "referencedSecurityGroupId"],
            shows: "sg-8",
        },
        architecture: { to: "arm64", at: [type.instance, "instanceType"], shows: "m7g.large" },
        underMaintenance: {
            to: true,
            at: [type.instance, "disableApiTermination"],
            shows: "false",
        },
        instanceProfileName: { to: "profile-7", at: [type.instance, "iamInstanceProfile"] },
    }),
    ...single(serverArgs, {
        imageParameterName: {
            to: "/imagebuilder/vault",
            at: [type.instance, "ami"],
            shows: "ami-0fedcba9876543210",
        },
    }),
    ...single(
        { ...serverArgs, imageId: "ami-0123456789abcdef0" },
        { imageHeld: { to: true, at: [type.instance, "@ignoreChanges"], shows: '"ami"' } },
    ),
    ...single(
        { ...serverArgs, clients: undefined },
        { securityGroupId: { to: "sg-7", at: [type.instance, "vpcSecurityGroupIds"] } },
    ),
    ...single(
        { ...serverArgs, packageMirror: mirror },
        {
            operatingSystem: {
                to: "ubuntu-24.04",
                at: [type.instance, "userData"],
                shows: "apt-get",
            },
        },
    ),
    ...single(onUbuntu, {
        "packageMirror.url": {
            to: "https://mirror.internal:8443/ubuntu",
            at: [type.egress, "toPort"],
            shows: "8443",
        },
        "packageMirror.cidrBlock": { to: "10.9.1.0/24", at: [type.egress, "cidrIpv4"] },
        packageMirror: {
            to: { url: mirror.url, securityGroupId: "sg-mirror" },
            at: [type.egress, "referencedSecurityGroupId"],
            shows: "sg-mirror",
        },
        "packageMirror.transitGatewayId": {
            to: "tgw-0123456789abcdef0",
            at: { refused: "packageMirror" },
        },
        "packageMirror.vpcPeeringConnectionId": {
            to: "pcx-0123456789abcdef0",
            at: { refused: "packageMirror" },
        },
    }),
    ...single(custom, {
        workloadUser: { to: "broker", at: [type.instance, "userData"] },
        workloadUnit: { to: "broker.service", at: [type.instance, "userData"] },
    }),
    ...single(
        { ...serverArgs, workload: "pykmip", development: true, servicePorts: undefined },
        { development: { to: false, at: { refused: "workload" } } },
    ),
];

function single(from: object, changes: Scenario["changes"]): readonly Scenario[] {
    return Object.entries(changes).map(([path, effect]) => ({
        component: "KeyServer",
        from,
        changes: { [path]: effect },
    }));
}
