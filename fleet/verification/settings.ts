import { InputError } from "../../catalog/records/input-error";
import type { Archive, LogDemands } from "./reading";

/** What `keyward verify` was asked for. */
export interface VerificationSettings {
    readonly instanceIds: readonly string[];
    readonly region: string;
    /** Account that the servers must belong to; "" takes the caller's. */
    readonly account: string;
    readonly logs: LogDemands;
    readonly archive?: Archive;
    readonly timeLimitSeconds: number;
    readonly intervalSeconds: number;
    readonly project: string;
    readonly stack: string;
}

/** Options of the command, and the environment variables that stand in for them: `KEYWARD_INSTANCE_IDS` for `instanceIds` … */
export interface VerificationInput {
    readonly instanceIds?: string;
    readonly region?: string;
    readonly account?: string;
    readonly logGroups?: string;
    readonly occasionalLogGroups?: string;
    readonly applicationLogGroup?: string;
    readonly auditStream?: string;
    readonly initialised?: boolean | string;
    readonly archive?: string;
    readonly archiveAccount?: string;
    readonly timeLimit?: string;
    readonly interval?: string;
    readonly project?: string;
    readonly stack?: string;
}

const variables: Readonly<Record<keyof VerificationInput, string>> = {
    instanceIds: "KEYWARD_INSTANCE_IDS",
    region: "KEYWARD_REGION",
    account: "KEYWARD_ACCOUNT",
    logGroups: "KEYWARD_LOG_GROUPS",
    occasionalLogGroups: "KEYWARD_OCCASIONAL_LOG_GROUPS",
    applicationLogGroup: "KEYWARD_APPLICATION_LOG_GROUP",
    auditStream: "KEYWARD_AUDIT_STREAM",
    initialised: "KEYWARD_INITIALISED",
    archive: "KEYWARD_ARCHIVE",
    archiveAccount: "KEYWARD_ARCHIVE_ACCOUNT",
    timeLimit: "KEYWARD_TIME_LIMIT_SECONDS",
    interval: "KEYWARD_INTERVAL_SECONDS",
    project: "KEYWARD_PROJECT",
    stack: "KEYWARD_STACK",
};

/**
 * Reads what is to be verified from options, and from the environment for those that are not given.
 *
 * @throws InputError with every problem.
 */
export function readVerificationSettings(
    input: VerificationInput,
    environment: Readonly<Record<string, string | undefined>>,
): VerificationSettings {
    const problems: string[] = [];
    const text = (name: keyof VerificationInput): string =>
        String(input[name] ?? environment[variables[name]] ?? "").trim();
    const list = (name: keyof VerificationInput): readonly string[] =>
        text(name)
            .split(",")
            .map((item) => item.trim())
            .filter((item) => item !== "");
    const demand = (name: keyof VerificationInput, holds: boolean, allowed: string): void => {
        if (!holds) {
            const option = `--${name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
            problems.push(
                `${option} (or ${variables[name]}) must be ${allowed}, got ${JSON.stringify(text(name))}`,
            );
        }
    };
    const seconds = (name: "timeLimit" | "interval", preset: number): number => {
        const value = text(name) === "" ? preset : Number(text(name));
        demand(
            name,
            Number.isInteger(value) && value >= 0 && value <= 86_400,
            "whole seconds from 0 to 86400",
        );
        return value;
    };
    const instanceIds = list("instanceIds");
    demand(
        "instanceIds",
        instanceIds.length > 0 && instanceIds.every((id) => /^i-[0-9a-f]{8,17}$/.test(id)),
        "instance ids joined by commas, such as i-0123456789abcdef0",
    );
    const region = text("region") || (environment["AWS_REGION"] ?? "");
    demand("region", /^[a-z]{2}(-[a-z]+)+-\d$/.test(region), "an AWS region such as eu-central-1");
    const accountId = (name: "account" | "archiveAccount"): string => {
        const id = text(name);
        demand(name, /^(\d{12})?$/.test(id), "an account id of twelve digits");
        return id;
    };
    const account = accountId("account");
    const archiveAccount = accountId("archiveAccount");
    const logGroups = list("logGroups");
    demand("logGroups", logGroups.length > 0, "names of log groups joined by commas");
    const initialised = text("initialised");
    demand("initialised", ["", "true", "false"].includes(initialised), "true or false");
    const [bucket = "", ...prefix] = text("archive").split("/");
    demand("archive", /^([a-z0-9][a-z0-9.-]{1,61}[a-z0-9])?$/.test(bucket), "bucket/prefix");
    const timeLimitSeconds = seconds("timeLimit", 0);
    const intervalSeconds = seconds("interval", 15);
    if (problems.length > 0) {
        throw new InputError(problems);
    }
    return {
        instanceIds,
        region,
        account,
        logs: {
            steady: logGroups,
            occasional: list("occasionalLogGroups"),
            ...(text("applicationLogGroup") !== "" && {
                application: {
                    group: text("applicationLogGroup"),
                    ...(text("auditStream") !== "" && { auditStream: text("auditStream") }),
                    initialised: initialised === "true",
                },
            }),
        },
        ...(bucket !== "" && {
            archive: { bucket, prefix: prefix.join("/"), account: archiveAccount },
        }),
        timeLimitSeconds,
        intervalSeconds,
        project: text("project") || "keyward",
        stack: text("stack") || "live",
    };
}
