import type { S3Client } from "@aws-sdk/client-s3";
import { judgeArchive, judgeServer, type LiveVerdict } from "./judge";
import { readArchive } from "./read-archive";
import { readServer, type VerificationClients } from "./read-server";
import type { Archive, VerificationDemands } from "./reading";

/** What is to be verified. */
export interface Verification {
    readonly clients: VerificationClients & { readonly s3: S3Client };
    readonly instanceIds: readonly string[];
    /** The archive of the servers' logs, when there is one to prove. */
    readonly archive?: Archive;
    /** All but the moment, which is read again before each round. */
    readonly demands: Omit<VerificationDemands, "now">;
    /** Servers that do not pass are asked again until so many milliseconds have passed; 0 asks once. */
    readonly timeLimitMilliseconds: number;
    /** Pause between two rounds. */
    readonly intervalMilliseconds: number;
    /** Called after every round with all verdicts so far. */
    readonly onRound: (verdicts: readonly LiveVerdict[]) => void;
    readonly clock: {
        readonly now: () => number;
        readonly sleep: (milliseconds: number) => Promise<void>;
    };
}

/** How many servers are read at a time: Systems Manager throttles callers that read a whole fleet at once. */
const serversAtATime = 10;

/**
 * Asks every server, and the archive, until all pass or the time is over. What has passed is asked again in the last round too: the
 * answer holds for one moment.
 */
export async function verify(verification: Verification): Promise<readonly LiveVerdict[]> {
    const { clock, timeLimitMilliseconds, intervalMilliseconds, onRound } = verification;
    const deadline = clock.now() + timeLimitMilliseconds;
    for (;;) {
        const verdicts = await round(verification);
        onRound(verdicts);
        const done = verdicts.every(({ verdict }) => verdict === "pass");
        if (done || clock.now() + intervalMilliseconds > deadline) {
            return verdicts;
        }
        await clock.sleep(intervalMilliseconds);
    }
}

async function round(verification: Verification): Promise<readonly LiveVerdict[]> {
    const { clients, instanceIds, archive, clock } = verification;
    const demands = { ...verification.demands, now: clock.now() };
    const verdicts: LiveVerdict[] = [];
    for (let first = 0; first < instanceIds.length; first += serversAtATime) {
        const some = instanceIds.slice(first, first + serversAtATime);
        const readings = await Promise.all(some.map((id) => readServer(clients, id, demands.logs)));
        verdicts.push(...readings.flatMap((reading) => judgeServer(reading, demands)));
    }
    if (archive !== undefined) {
        const reading = await readArchive(clients.s3, archive);
        verdicts.push(judgeArchive(reading, demands));
    }
    return verdicts;
}
