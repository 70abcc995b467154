import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";

/** Settings of Systems Manager: documents stay private, and what automations run is logged to the group of this name. */
export function createServiceSettings(
    name: string,
    logGroupName: pulumi.Input<string>,
    region: pulumi.Input<string> | undefined,
    parent: pulumi.Resource,
): readonly aws.ssm.ServiceSetting[] {
    return [
        {
            suffix: "documents",
            settingId: "/ssm/documents/console/public-sharing-permission",
            settingValue: "Disable",
        },
        {
            suffix: "automation-log",
            settingId: "/ssm/automation/customer-script-log-destination",
            settingValue: "CloudWatch",
        },
        {
            suffix: "automation-log-group",
            settingId: "/ssm/automation/customer-script-log-group-name",
            settingValue: logGroupName,
        },
    ].map(
        ({ suffix, settingId, settingValue }) =>
            new aws.ssm.ServiceSetting(
                `${name}-${suffix}`,
                { settingId, settingValue, region },
                { parent, retainOnDelete: true },
            ),
    );
}
