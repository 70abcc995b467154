import type { Format } from "./format";

/** Forms of names that people choose or AWS has given, by what they name. */
export const nameFormats = {
    bucketName: {
        pattern: /^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/,
        what: 'the name of a bucket such as "programs-111122223333"',
        source: "Amazon S3 user guide, general purpose bucket naming rules",
    },
    componentName: {
        pattern: /^[A-Za-z0-9._-]+$/,
        what: 'letters, digits, ".", "_" and "-" such as "vault-prod"',
        source: "CloudWatch Logs API reference, CreateLogGroup; AWS Systems Manager API reference, PutParameter",
    },
    imageSchedule: {
        pattern: /^cron\(\S+( \S+){5}\)$/,
        what: 'a cron expression of six fields such as "cron(0 4 1 * ? *)"',
        source: "EC2 Image Builder user guide, cron expressions",
    },
    imageParameterName: {
        pattern: /^\/[A-Za-z0-9_.-]+(\/[A-Za-z0-9_.-]+)*$/,
        what: 'a parameter of Systems Manager such as "/imagebuilder/vault"',
        source: "AWS Systems Manager API reference, PutParameter",
    },
    instanceProfileName: {
        pattern: /^[\w+=,.@-]{1,128}$/,
        what: 'the name of an instance profile such as "key-server"',
        source: "IAM API reference, CreateInstanceProfile",
    },
    instanceType: {
        pattern: /^[a-z][a-z0-9-]*\.[a-z0-9-]+$/,
        what: 'an EC2 instance type such as "m7i.large"',
        source: "Amazon EC2 instance types guide, naming conventions",
    },
    interfaceEndpointService: {
        pattern: /^[a-z0-9][a-z0-9.-]*$/,
        what: 'a service\'s name in lower case such as "ssm"',
        source: "AWS PrivateLink guide, services that integrate with AWS PrivateLink",
    },
    logGroupName: {
        pattern: /^[A-Za-z0-9_/.#-]{1,512}$/,
        what: 'the name of a log group such as "/company/trail"',
        source: "CloudWatch Logs API reference, CreateLogGroup",
    },
    objectKey: {
        pattern: /^[A-Za-z0-9!_.*'()/-]{1,1024}$/,
        what: 'the key of an object in safe characters such as "openbao/2.4.0/bao"',
        source: "Amazon S3 user guide, object key naming guidelines (safe characters)",
    },
    patchGroup: {
        pattern: /^[\p{L}\p{N} _.:/=+@-]{1,256}$/u,
        what: "a tag's value of 1 to 256 letters, digits, spaces and _ . : / = + - @",
        source: "Amazon EC2 user guide, tag restrictions",
    },
    placementGroupName: {
        pattern: /^[!-~][ -~]{0,254}$/,
        what: 'the name of a placement group such as "key-servers"',
        source: "Amazon EC2 API reference, CreatePlacementGroup",
    },
    region: {
        pattern: /^[a-z]{2}(-[a-z]+)+-\d$/,
        what: 'a region of AWS such as "eu-central-1"',
        source: "AWS Regions and Availability Zones user guide, Regions",
    },
    tagKey: {
        pattern: /^(?!aws:)[\p{L}\p{N} _.:/=+@-]{1,128}$/iu,
        what: 'a tag\'s key of 1 to 128 letters, digits, spaces and _ . : / = + - @, and not begin with "aws:"',
        source: "Amazon EC2 user guide, tag restrictions",
    },
    tagValue: {
        pattern: /^[\p{L}\p{N} _.:/=+@-]{0,256}$/u,
        what: "a tag's value of at most 256 letters, digits, spaces and _ . : / = + - @",
        source: "Amazon EC2 user guide, tag restrictions",
    },
} as const satisfies Readonly<Record<string, Format>>;
