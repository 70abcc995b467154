import * as aws from "@pulumi/aws";
import { automationLog } from "./logs";

// What holds for the whole account and region stays when this stack goes.
const kept = { retainOnDelete: true };

new aws.ebs.SnapshotBlockPublicAccess("snapshots", { state: "block-all-sharing" }, kept);
new aws.ec2.ImageBlockPublicAccess("images", { state: "block-new-sharing" }, kept);

function setting(
    name: string,
    settingId: string,
    settingValue: aws.ssm.ServiceSettingArgs["settingValue"],
): void {
    new aws.ssm.ServiceSetting(name, { settingId, settingValue }, kept);
}

setting("private-documents", "/ssm/documents/console/public-sharing-permission", "Disable");
setting("automation-log", "/ssm/automation/customer-script-log-destination", "CloudWatch");
setting(
    "automation-log-group",
    "/ssm/automation/customer-script-log-group-name",
    automationLog.name,
);
