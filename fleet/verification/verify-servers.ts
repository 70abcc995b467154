import { CloudWatchLogsClient } from "@aws-sdk/client-cloudwatch-logs";
import { EC2Client } from "@aws-sdk/client-ec2";
import { S3Client } from "@aws-sdk/client-s3";
import { SSMClient } from "@aws-sdk/client-ssm";
import { GetCallerIdentityCommand, STSClient } from "@aws-sdk/client-sts";
import { setTimeout as sleep } from "node:timers/promises";
import { controls } from "../../catalog/controls";
import { parameter } from "../../catalog/parameters";
import { InputError } from "../../catalog/records/input-error";
import type { JudgedStack } from "../../catalog/records/judged-stack";
import type { LiveVerdict } from "./judge";
import type { VerificationDemands } from "./reading";
import { reportVerification } from "./report";
import type { VerificationSettings } from "./settings";
import { verify } from "./verify";

/** Scans and audits run once in their interval; they may take so much longer to be readable. */
const graceHours = 2;

/** What the catalog demands of live servers. */
function demandsOfCatalog(): Omit<VerificationDemands, "now" | "account" | "logs"> {
    return {
        agentSilenceMinutes: parameter("heartbeatSilenceMinutes").value,
        auditAgeHours: parameter("hostAuditIntervalHours").value + graceHours,
        scanAgeHours: parameter("patchScanIntervalHours").value + graceHours,
        logSilenceMinutes: parameter("heartbeatSilenceMinutes").value,
        archiveRetentionDays: parameter("archiveRetentionDays").value,
        archiveAgeHours: parameter("hostAuditIntervalHours").value + graceHours,
    };
}

/**
 * Asks AWS about the servers, with the caller's own credentials, and reports.
 *
 * @throws InputError when the caller has no credentials, or those of another account.
 */
export async function verifyServers(
    settings: VerificationSettings,
    onRound: (verdicts: readonly LiveVerdict[]) => void,
): Promise<JudgedStack> {
    const { region } = settings;
    const account = await callersAccount(region);
    if (settings.account !== "" && settings.account !== account) {
        throw new InputError([
            `the servers belong to account ${settings.account}, the credentials to ${account}: use credentials of the servers' account`,
        ]);
    }
    const verdicts = await verify({
        clients: {
            ec2: new EC2Client({ region }),
            ssm: new SSMClient({ region }),
            logs: new CloudWatchLogsClient({ region }),
            s3: new S3Client({ region }),
        },
        instanceIds: settings.instanceIds,
        ...(settings.archive && {
            archive: { ...settings.archive, account: settings.archive.account || account },
        }),
        demands: { ...demandsOfCatalog(), account, logs: settings.logs },
        timeLimitMilliseconds: settings.timeLimitSeconds * 1000,
        intervalMilliseconds: settings.intervalSeconds * 1000,
        onRound,
        clock: {
            now: () => Date.now(),
            sleep: async (milliseconds) => {
                await sleep(milliseconds);
            },
        },
    });
    return reportVerification(
        verdicts,
        { project: settings.project, stack: settings.stack, region, account },
        new Date(),
        controls,
    );
}

async function callersAccount(region: string): Promise<string> {
    try {
        const identity = await new STSClient({ region }).send(new GetCallerIdentityCommand({}));
        return identity.Account ?? "";
    } catch (error) {
        throw new InputError([
            `AWS does not tell who the caller is: ${(error as Error).message}; configure credentials as for the AWS CLI`,
        ]);
    }
}
