import { logKeyArn } from "../programs";
import { boundary, key, region, type Scenario, tags, type } from "./effect";

const image = {
    workload: "vault",
    subnetId: "subnet-1",
    endpointClientSecurityGroupId: "sg-endpoint-clients",
    volumeKeyArn: key("volumes"),
    logKeyArn,
    secretKeyArn: key("secrets"),
};
const custom = {
    ...image,
    workload: "custom",
    workloadUser: "kms",
    workloadUnit: "kms.service",
    servicePorts: [8443],
};

/** Each argument of an image pipeline and what it brings about. */
export const imageScenarios: readonly Scenario[] = [
    {
        component: "KeyServerImage",
        from: image,
        changes: {
            subnetId: { to: "subnet-9", at: [type.infrastructure, "subnetId"] },
            endpointClientSecurityGroupId: {
                to: "sg-9",
                at: [type.infrastructure, "securityGroupIds"],
            },
            volumeKeyArn: { to: key("other"), at: [type.recipe, "blockDeviceMappings"] },
            logKeyArn: { to: key("image-log"), at: [type.logGroup, "kmsKeyId"] },
            secretKeyArn: { to: key("image-secret"), at: [type.bucketEncryption, "rules"] },
            instanceType: { to: "m7i.xlarge", at: [type.infrastructure, "instanceTypes"] },
            schedule: { to: "cron(0 6 2 * ? *)", at: [type.pipeline, "schedule"] },
            keptImages: { to: 9, at: [type.lifecycle, "policyDetails"] },
            sharedAccountIds: {
                to: ["444455556666"],
                at: [type.distribution, "distributions"],
                shows: "444455556666",
            },
            disposable: { to: true, at: [type.logGroup, "@protect"], shows: "false" },
            permissionsBoundaryArn: boundary,
            region: { to: region, at: [type.pipeline, "region"] },
            tags: { to: tags, at: [type.pipeline, "tags"], shows: "security" },
        },
    },
    ...single(image, {
        workload: { to: "openbao", at: [type.bucketObject, "source"], packed: true },
        operatingSystem: { to: "ubuntu-24.04", at: [type.recipe, "parentImage"], shows: "ubuntu" },
        architecture: { to: "arm64", at: [type.recipe, "parentImage"], shows: "arm64" },
    }),
    ...single(custom, {
        workloadUser: { to: "broker", at: [type.bucketObject, "source"], packed: true },
        workloadUnit: { to: "broker.service", at: [type.bucketObject, "source"], packed: true },
        servicePorts: { to: [9443], at: [type.bucketObject, "source"], packed: true },
    }),
];

function single(from: object, changes: Scenario["changes"]): readonly Scenario[] {
    return Object.entries(changes).map(([path, effect]) => ({
        component: "KeyServerImage",
        from,
        changes: { [path]: effect },
    }));
}
