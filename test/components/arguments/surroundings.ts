import { logGroups, logKeyArn } from "../programs";
import { boundary, key, logGroup, region, type Scenario, tags, topic, type } from "./effect";

const archive = {
    bucketArn: "arn:aws:s3:::archive",
    keyArn: key("archive"),
    accountId: "444455556666",
    objectLocked: true,
};
const rings = {
    rings: [
        { name: "canary", servers: ["vault-1"] },
        { name: "production", servers: ["vault-2", "vault-3"] },
    ],
    workload: "vault",
    listKeyArn: key("secrets"),
    logKeyArn,
    patchLogGroupArn: logGroups.patchLogGroupArn,
};
const adopted = {
    vpcId: "vpc-1",
    cidrBlock: "10.1.0.0/20",
    subnetIds: ["subnet-1", "subnet-2", "subnet-3"],
    availabilityZones: ["eu-central-1a", "eu-central-1b", "eu-central-1c"],
    routeTableIds: ["rtb-1"],
    endpoints: [{ service: "ssm", securityGroupId: "sg-ssm" }],
};
const mirror = { url: "https://mirror.internal/debian", cidrBlock: "10.9.0.0/24" };
const routed = { ...mirror, transitGatewayId: "tgw-0123456789abcdef0" };

/** Each argument of what servers stand on and what it brings about. */
export const surroundingsScenarios: readonly Scenario[] = [
    {
        component: "KeyServerAccount",
        from: { logKeyArn },
        changes: {
            logKeyArn: { to: key("other"), at: [type.logGroup, "kmsKeyId"] },
            disposable: { to: true, at: [type.logGroup, "@protect"], shows: "false" },
            region: { to: region, at: [type.logGroup, "region"] },
            tags: { to: tags, at: [type.logGroup, "tags"], shows: "security" },
        },
    },
    {
        component: "KeyServerEncryption",
        from: {},
        changes: {
            administratorArns: {
                to: ["arn:aws:iam::111122223333:role/administrator"],
                at: [type.key, "policy"],
                shows: "role/administrator",
            },
            rotationDays: { to: 180, at: [type.key, "rotationPeriodInDays"] },
            disposable: { to: true, at: [type.key, "deletionWindowInDays"], shows: "7" },
            region: { to: region, at: [type.key, "region"] },
            tags: { to: tags, at: [type.key, "tags"], shows: "security" },
        },
    },
    {
        component: "KeyServerAuditLog",
        from: { logKeyArn },
        changes: {
            logKeyArn: { to: key("other"), at: [type.logGroup, "kmsKeyId"] },
            retentionDays: { to: 400, at: [type.logGroup, "retentionInDays"] },
            archiveRetentionDays: { to: 801, at: [type.objectLock, "rule"] },
            permissionsBoundaryArn: boundary,
            region: { to: region, at: [type.topic, "region"] },
            tags: { to: tags, at: [type.topic, "tags"], shows: "security" },
            trailLogGroupName: { to: "/company/trail", at: [type.metricFilter, "logGroupName"] },
        },
    },
    {
        component: "KeyServerAuditLog",
        from: { logKeyArn, archive },
        changes: {
            "archive.bucketArn": { to: "arn:aws:s3:::other", at: [type.replication, "rules"] },
            "archive.keyArn": { to: key("other"), at: [type.replication, "rules"] },
            "archive.accountId": { to: "777788889999", at: [type.replication, "rules"] },
        },
    },
    {
        component: "KeyServerAuditLog",
        from: { logKeyArn, archive },
        changes: {
            "archive.objectLocked": { to: false, at: { refused: "archive.objectLocked" } },
        },
    },
    {
        component: "KeyServerAuditLog",
        from: { logKeyArn },
        changes: {
            disposable: { to: true, at: [type.bucket, "@protect"], shows: "false" },
        },
    },
    {
        component: "KeyServerNetwork",
        from: { logKeyArn, clientNames: ["payment service"] },
        changes: {
            cidrBlock: { to: "10.90.0.0/22", at: [type.vpc, "cidrBlock"] },
            availabilityZones: {
                to: ["eu-west-1a", "eu-west-1c"],
                at: [type.subnet, "availabilityZone"],
                shows: "eu-west-1c",
            },
            organizationId: { to: "o-a1b2c3d4e5", at: [type.endpoint, "policy"] },
            certificateAuthorityArn: {
                to: "arn:aws:acm-pca:eu-central-1:444455556666:certificate-authority/shared",
                at: [type.endpoint, "policy"],
            },
            interfaceEndpoints: {
                to: ["ssm", "lambda", "acm-pca"],
                at: [type.endpoint, "serviceName"],
                shows: "lambda",
            },
            clientNames: { to: ["billing"], at: [type.securityGroup, "@name"], shows: "billing" },
            logKeyArn: { to: key("other"), at: [type.logGroup, "kmsKeyId"] },
            flowLogRetentionDays: { to: 400, at: [type.logGroup, "retentionInDays"] },
            disposable: { to: true, at: [type.logGroup, "@protect"], shows: "false" },
            permissionsBoundaryArn: boundary,
            region: { to: region, at: [type.vpc, "region"] },
            tags: { to: tags, at: [type.vpc, "tags"], shows: "security" },
            packageMirror: { to: routed, at: [type.egress, "cidrIpv4"], shows: "10.9.0.0/24" },
        },
    },
    ...[
        { "packageMirror.url": "https://mirror.internal:8443/debian", shows: "8443" },
        { "packageMirror.cidrBlock": "10.9.1.0/24" },
    ].map(({ shows, ...change }): Scenario => {
        const [[path = "", to] = []] = Object.entries(change);
        return {
            component: "KeyServerNetwork",
            from: { logKeyArn, packageMirror: routed },
            changes: {
                [path]: {
                    to,
                    at: [type.egress, shows === undefined ? "cidrIpv4" : "toPort"],
                    ...(shows === undefined ? {} : { shows }),
                },
            },
        };
    }),
    {
        component: "KeyServerNetwork",
        from: { logKeyArn, packageMirror: routed },
        changes: {
            packageMirror: {
                to: { url: mirror.url, securityGroupId: "sg-0123456789abcdef0" },
                at: [type.egress, "referencedSecurityGroupId"],
                shows: "sg-0123456789abcdef0",
            },
        },
    },
    {
        component: "KeyServerNetwork",
        from: { logKeyArn, packageMirror: routed },
        changes: {
            "packageMirror.transitGatewayId": {
                to: "tgw-0fedcba9876543210",
                at: [type.routeTable, "routes"],
            },
        },
    },
    {
        component: "KeyServerNetwork",
        from: {
            logKeyArn,
            packageMirror: { ...mirror, vpcPeeringConnectionId: "pcx-0123456789abcdef0" },
        },
        changes: {
            "packageMirror.vpcPeeringConnectionId": {
                to: "pcx-0fedcba9876543210",
                at: [type.routeTable, "routes"],
            },
        },
    },
    {
        component: "KeyServerNetwork",
        from: { logKeyArn, adopted },
        changes: {
            "adopted.vpcId": { to: "vpc-9", at: [type.securityGroup, "vpcId"] },
            "adopted.cidrBlock": {
                to: "10.2.0.0/20",
                at: ["keyward:index:KeyServerNetwork", "cidrBlock"],
            },
            "adopted.subnetIds": {
                to: ["subnet-7", "subnet-8", "subnet-9"],
                at: [type.endpoint, "subnetIds"],
                shows: "subnet-8",
            },
            "adopted.availabilityZones": {
                to: ["eu-central-1d", "eu-central-1e", "eu-central-1f"],
                at: ["keyward:index:KeyServerNetwork", "availabilityZones"],
                shows: "eu-central-1e",
            },
            "adopted.routeTableIds": {
                to: ["rtb-9"],
                at: [type.endpoint, "routeTableIds"],
                shows: "rtb-9",
            },
            "adopted.endpoints[0].service": {
                to: "kms",
                at: [type.endpoint, "serviceName"],
                shows: '.ssm"',
            },
            "adopted.endpoints[0].securityGroupId": {
                to: "sg-9",
                at: [type.egress, "referencedSecurityGroupId"],
            },
            "adopted.flowLogged": {
                to: true,
                at: ["keyward:index:KeyServerNetwork", "flowLogGroup"],
                shows: "<absent>",
            },
        },
    },
    {
        component: "KeyServerPatching",
        from: rings,
        changes: {
            "rings[0].name": { to: "early", at: [type.patchGroup, "patchGroup"] },
            "rings[0].servers": {
                to: ["vault-9"],
                at: ["keyward:index:KeyServerPatching", "serverPatchGroups"],
                shows: "vault-9",
            },
            "rings[0].schedule": {
                to: "cron(0 5 ? * SUN *)",
                at: [type.window, "schedule"],
            },
            "rings[0].windowHours": { to: 6, at: [type.window, "duration"] },
            listKeyArn: { to: key("lists"), at: [type.bucketEncryption, "rules"] },
            logKeyArn: { to: key("other"), at: [type.logGroup, "kmsKeyId"] },
            notificationTopicArn: { to: topic("people"), at: [type.eventTarget, "arn"] },
            patchLogGroupArn: {
                to: logGroup("patch"),
                at: [type.windowTask, "taskInvocationParameters"],
                shows: "/other/patch",
            },
            timeZone: { to: "Europe/Zurich", at: [type.window, "scheduleTimezone"] },
            scanSchedule: {
                to: "cron(0 2 ? * * *)",
                at: [type.association, "scheduleExpression"],
            },
            permissionsBoundaryArn: boundary,
            region: { to: region, at: [type.window, "region"] },
            tags: { to: tags, at: [type.window, "tags"], shows: "security" },
        },
    },
    {
        component: "KeyServerPatching",
        from: rings,
        changes: {
            workload: { to: "openbao", at: [type.document, "content"], shows: "openbao.service" },
        },
    },
    {
        component: "KeyServerPatching",
        from: rings,
        changes: { soakHours: { to: 31, at: [type.document, "content"], packed: true } },
    },
    {
        component: "KeyServerPatching",
        from: rings,
        changes: { disposable: { to: true, at: [type.bucket, "@protect"], shows: "false" } },
    },
    {
        component: "KeyServerPatching",
        from: { patchLogGroupArn: logGroups.patchLogGroupArn },
        changes: {
            installSchedule: { to: "cron(0 5 ? * SUN *)", at: [type.window, "schedule"] },
            windowHours: { to: 6, at: [type.window, "duration"] },
            operatingSystems: {
                to: ["amazon-linux-2023", "debian-12"],
                at: [type.baseline, "operatingSystem"],
                shows: "DEBIAN",
            },
        },
    },
    {
        component: "KeyServerAccess",
        from: { sessionLogGroupArn: logGroups.sessionLogGroupArn, sessionKeyArn: logKeyArn },
        changes: {
            sessionLogGroupArn: {
                to: logGroup("session"),
                at: [type.document, "content"],
                shows: "/other/session",
            },
            sessionKeyArn: { to: key("other"), at: [type.document, "content"] },
            runAsUser: { to: "operator", at: [type.document, "content"] },
            idleMinutes: {
                to: 7,
                at: [type.document, "content"],
                shows: '"idleSessionTimeout\\":\\"7\\"',
            },
            maximumMinutes: {
                to: 47,
                at: [type.document, "content"],
                shows: '"maxSessionDuration\\":\\"47\\"',
            },
            mfaAgeMinutes: { to: 11, at: [type.policy, "policy"], shows: "660" },
            ownsAccountDefault: {
                to: true,
                at: [type.document, "name"],
                shows: "SSM-SessionManagerRunShell",
            },
            region: { to: region, at: [type.document, "region"] },
            tags: { to: tags, at: [type.document, "tags"], shows: "security" },
        },
    },
];
