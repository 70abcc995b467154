import { paginateListCommandInvocations, type SSMClient } from "@aws-sdk/client-ssm";
import type { CanaryReading } from "../../patching/gate/reading";
import { attempt } from "../attempt";
import { readInstalledPatches, readPatchState } from "../patch-state";
import { readAgent, readHostAudit } from "../verification/read-server";
import { readProbe, type Probe } from "./probe";

/** A canary's reading, with why parts of it are missing. */
export interface CanaryRead {
    readonly reading: CanaryReading;
    readonly problems: readonly string[];
}

/**
 * Reads all that the gate asks of one canary, every page of it. Never throws: what cannot be read is missing, which holds the promotion.
 * `since` is when the canary's window ended, milliseconds since 1970.
 */
export async function readCanary(
    ssm: SSMClient,
    server: string,
    probeDocument: string,
    since: number,
): Promise<CanaryRead> {
    const problems: string[] = [];
    const [agent, patchState, patches, audit, probes] = await Promise.all([
        attempt("ssm:DescribeInstanceInformation", () => readAgent(ssm, server), problems),
        attempt("ssm:DescribeInstancePatchStates", () => readPatchState(ssm, server), problems),
        attempt("ssm:DescribeInstancePatches", () => readInstalledPatches(ssm, server), problems),
        attempt("ssm:ListComplianceItems", () => readHostAudit(ssm, server), problems),
        attempt(
            "ssm:ListCommandInvocations",
            () => readProbes(ssm, server, probeDocument, since),
            problems,
        ),
    ]);
    const warnings = probes?.filter(({ repositoryWarnings }) => repositoryWarnings).at(-1);
    return {
        problems,
        reading: {
            server,
            ...(agent && { agent }),
            ...(patchState && { patchState }),
            ...(patches && { patches }),
            ...(warnings?.repositoryWarnings && {
                repositoryWarnings: warnings.repositoryWarnings,
            }),
            ...(audit && {
                hostAudit: {
                    at: audit.at,
                    checks: audit.compliant + audit.failing.length,
                    failed: audit.failing.length,
                },
            }),
            ...(probes && { health: probes.map(({ at, healthy }) => ({ at, healthy })) }),
        },
    };
}

/** The finished answers of the probe on one server, in the order of time. */
async function readProbes(
    ssm: SSMClient,
    server: string,
    document: string,
    since: number,
): Promise<readonly Probe[]> {
    const probes: Probe[] = [];
    const pages = paginateListCommandInvocations(
        { client: ssm },
        {
            InstanceId: server,
            Details: true,
            Filters: [
                { key: "DocumentName", value: document },
                // Systems Manager takes whole seconds.
                { key: "InvokedAfter", value: new Date(since).toISOString().slice(0, 19) + "Z" },
            ],
        },
    );
    for await (const page of pages) {
        for (const invocation of page.CommandInvocations ?? []) {
            const probe = readProbe(invocation);
            if (probe !== undefined) {
                probes.push(probe);
            }
        }
    }
    return probes.sort((a, b) => a.at - b.at);
}
