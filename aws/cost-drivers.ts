/**
 * What AWS bills of a resource every month, by the resource's type; types that cost nothing by themselves are missing. Source: the pricing pages
 * of the services; amounts differ by region and are left to AWS's calculator.
 */
export const costDrivers: Readonly<Record<string, string>> = {
    "aws:backup/vault:Vault": "GiB of recovery points",
    "aws:cloudtrail/trail:Trail":
        "management events, unless it is the first trail of the account; GiB in its bucket and log group",
    "aws:cloudwatch/logGroup:LogGroup":
        "GiB ingested, by far the most, and GiB stored until the retention is over",
    "aws:cloudwatch/logMetricFilter:LogMetricFilter": "one metric of its own",
    "aws:cloudwatch/metricAlarm:MetricAlarm": "one alarm",
    "aws:ebs/volume:Volume": "GiB of gp3, whether used or not",
    "aws:ec2/flowLog:FlowLog": "GiB delivered to its log group",
    "aws:ec2/instance:Instance":
        "730 hours of the instance type; GiB of the root volume; detailed monitoring (seven metrics)",
    "aws:ec2/vpcEndpoint:VpcEndpoint":
        "730 hours for each zone of an interface endpoint, and GiB through it; the S3 gateway is free",
    "aws:imagebuilder/imagePipeline:ImagePipeline":
        "hours of builders; GiB of the snapshots that are kept; scans of Amazon Inspector",
    "aws:kinesis/firehoseDeliveryStream:FirehoseDeliveryStream": "GiB delivered",
    "aws:kms/key:Key":
        "one key, one more for each of the first two rotations; requests above the free ones",
    "aws:lambda/function:Function": "seconds run, once in a promotion: nearly nothing",
    "aws:lb/loadBalancer:LoadBalancer": "730 hours, capacity units, and GiB between zones",
    "aws:route53/zone:Zone": "one hosted zone; queries",
    "aws:s3/bucket:Bucket":
        "GiB stored, old versions included; requests; replication where it is set",
    "aws:sns/topic:Topic": "notifications delivered",
};
