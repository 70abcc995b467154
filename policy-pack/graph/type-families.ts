/** What a type can do to a key server: run one, let people act on it, let packets reach it, or make any resource at all. */
export type TypeFamily = "compute" | "iam" | "network" | "opaque";

/** AWS service → what its resources can do, for services whose every type belongs to one family. */
const familyOfService: Readonly<Record<string, TypeFamily>> = {
    autoscaling: "compute",
    lightsail: "compute",
    ecs: "compute",
    eks: "compute",
    batch: "compute",
    apprunner: "compute",
    elasticbeanstalk: "compute",
    gamelift: "compute",
    emr: "compute",
    iam: "iam",
    rolesanywhere: "iam",
    identitystore: "iam",
    ssoadmin: "iam",
    vpc: "network",
    vpn: "network",
    ec2transitgateway: "network",
    ec2clientvpn: "network",
    directconnect: "network",
    networkfirewall: "network",
    networkmanager: "network",
    vpclattice: "network",
    verifiedaccess: "network",
    globalaccelerator: "network",
    lb: "network",
    alb: "network",
    elb: "network",
    elasticloadbalancing: "network",
    elasticloadbalancingv2: "network",
    applicationloadbalancing: "network",
    cloudformation: "opaque",
    cloudcontrol: "opaque",
};

/** Types of the EC2 service that run a machine or describe one; its other types are network. */
const ec2Compute =
    /^(instance|launchtemplate|launchconfiguration|fleet|ec2fleet|spotfleet|spotfleetrequest|spotinstancerequest)$/;

/** Types of the EC2 service that are neither machine nor network: images, reservations, account settings, labels. */
const ec2Neither =
    /^(ami|amicopy|amifrominstance|amilaunchpermission|snapshot\w*|volume\w*|image\w*|allowedimagessettings|keypair|tag|placementgroup|capacity\w*|dedicatedhost|host|defaultcreditspecification|instancemetadatadefaults|serialconsoleaccess|spotdatafeedsubscription|availabilityzonegroup|encryptioncontrol)$/;

/** Reads `aws:service/file:Type` and `aws-native:service:Type`; undefined for a type of none of the families. */
export function familyOf(type: string): TypeFamily | undefined {
    const [provider, module = "", name = ""] = type.split(":");
    if (provider !== "aws" && provider !== "aws-native") {
        return undefined;
    }
    const service = module.split("/")[0] ?? "";
    if (service !== "ec2") {
        return Object.hasOwn(familyOfService, service) ? familyOfService[service] : undefined;
    }
    const word = name.toLowerCase();
    return ec2Compute.test(word) ? "compute" : ec2Neither.test(word) ? undefined : "network";
}

/** Types that are a machine or make machines; services such as ECS have others (a cluster, a policy) that are none by themselves. */
export function isCompute(type: string): boolean {
    return familyOf(type) === "compute" && !helperOfCompute.has(type);
}

const helperOfCompute = new Set([
    "aws:autoscaling/attachment:Attachment",
    "aws:autoscaling/lifecycleHook:LifecycleHook",
    "aws:autoscaling/notification:Notification",
    "aws:autoscaling/policy:Policy",
    "aws:autoscaling/schedule:Schedule",
    "aws:autoscaling/tag:Tag",
    "aws:autoscaling/trafficSourceAttachment:TrafficSourceAttachment",
]);
