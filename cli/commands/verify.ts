import { Command } from "commander";
import {
    readVerificationSettings,
    type VerificationInput,
} from "../../fleet/verification/settings";
import { verifyServers } from "../../fleet/verification/verify-servers";
import { checkOutputFiles } from "../../preview/output-files";
import { printReport } from "../../preview/print-report";
import { writeReportFiles } from "../../preview/report-files";
import { reportOutputs, type ReportFiles } from "../../preview/report-forms";
import { ExitStatus } from "../exit-status";
import { addReportOptions, reportFilesOf, takesOutput } from "../options/judging-options";

/** Builds `keyward verify`. */
export function verifyCommand(): Command {
    const command = new Command("verify")
        .description(
            "Asks AWS whether live servers are managed, profiled, audited clean, patched and heard of. Each option can be given by an environment variable.",
        )
        .option("--instance-ids <ids>", "instances, joined by commas (KEYWARD_INSTANCE_IDS)")
        .option("--region <region>", "their region (KEYWARD_REGION, AWS_REGION)")
        .option("--account <id>", "their account; the caller's must be the same (KEYWARD_ACCOUNT)")
        .option(
            "--log-groups <names>",
            "log groups that never fall silent, joined by commas (KEYWARD_LOG_GROUPS)",
        )
        .option(
            "--occasional-log-groups <names>",
            "log groups that must exist, joined by commas (KEYWARD_OCCASIONAL_LOG_GROUPS)",
        )
        .option(
            "--application-log-group <name>",
            "log group of the key-management software (KEYWARD_APPLICATION_LOG_GROUP)",
        )
        .option(
            "--audit-stream <name>",
            "stream of its audit log, after the instance id (KEYWARD_AUDIT_STREAM)",
        )
        .option(
            "--initialised",
            "fail software that waits for its initialisation (KEYWARD_INITIALISED=true)",
        )
        .option("--archive <bucket/prefix>", "archive of the logs (KEYWARD_ARCHIVE)")
        .option(
            "--archive-account <id>",
            "account that owns it; default: that of the servers (KEYWARD_ARCHIVE_ACCOUNT)",
        )
        .option(
            "--time-limit <seconds>",
            "how long to wait for servers that come up; default 0 (KEYWARD_TIME_LIMIT_SECONDS)",
        )
        .option(
            "--interval <seconds>",
            "pause between two rounds; default 15 (KEYWARD_INTERVAL_SECONDS)",
        )
        .option("--project <name>", "name for the report (KEYWARD_PROJECT)")
        .option("--stack <name>", "name for the report (KEYWARD_STACK)");
    addReportOptions(command);
    return command
        .addHelpText(
            "after",
            `
Examples:
  keyward verify --instance-ids i-0123456789abcdef0 --region eu-central-1 \\
    --log-groups /keyward/vault/system,/keyward/vault/security
  KEYWARD_TIME_LIMIT_SECONDS=900 keyward verify --json live.json   # as @pulumi/command runs it`,
        )
        .action(async (options: VerificationInput & ReportFiles) => {
            const reports = reportFilesOf(options);
            const settings = readVerificationSettings(options, process.env);
            checkOutputFiles(reportOutputs(reports));
            const report = await verifyServers(settings, (verdicts) => {
                const passed = verdicts.filter(({ verdict }) => verdict === "pass").length;
                process.stderr.write(`keyward: ${passed} of ${verdicts.length} checks pass\n`);
            });
            for (const { subject, reason } of report.assumptions) {
                process.stderr.write(`keyward: ${subject}: ${reason}\n`);
            }
            writeReportFiles(report, reports);
            printReport(report, { outputTaken: takesOutput(Object.values(reports)) });
            process.exitCode = report.blocked ? ExitStatus.NotMet : ExitStatus.Met;
        });
}
