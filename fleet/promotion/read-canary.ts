import { paginateListCommandInvocations, type SSMClient } from "@aws-sdk/client-ssm";
import type { CanaryReading } from "../../patching/gate/reading";
import { attempt } from "../attempt";
import type { PatchSource } from "../../patching/gate/promotion-request";
import type { ScannedPatches } from "../../patching/gate/patch-items";
import { readInstalledPatches, readPatchState, readPublishedPatches } from "../patch-state";
import { readAgent, readHostAudit } from "../verification/read-server";
import { readProbe, type Probe } from "./probe";

/** A canary's reading, with why parts of it are missing. */
export interface CanaryRead {
    readonly reading: CanaryReading;
    readonly problems: readonly string[];
}

/** Where a canary's answers come from. */
export interface CanarySources {
    readonly patchSource: PatchSource;
    /** Name of the document that asks for its health. */
    readonly probeDocument: string;
}

/**
 * Reads all that the gate asks of one canary, every page of it. Never throws: what cannot be read is missing, which holds the promotion.
 * `since` is when the canary's window ended, milliseconds since 1970.
 */
export async function readCanary(
    ssm: SSMClient,
    server: string,
    { patchSource, probeDocument }: CanarySources,
    since: number,
): Promise<CanaryRead> {
    const problems: string[] = [];
    const [agent, { state: patchState, patches }, audit, probes] = await Promise.all([
        attempt("ssm:DescribeInstanceInformation", () => readAgent(ssm, server), problems),
        readScan(ssm, server, patchSource, problems),
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

/** What the newest scan says; parts that could not be read are missing. */
async function readScan(
    ssm: SSMClient,
    server: string,
    source: PatchSource,
    problems: string[],
): Promise<Partial<ScannedPatches>> {
    if (source === "keyward-patch") {
        const read = (): Promise<ScannedPatches> => readPublishedPatches(ssm, server);
        return (await attempt("ssm:ListComplianceItems", read, problems)) ?? {};
    }
    const [state, patches] = await Promise.all([
        attempt("ssm:DescribeInstancePatchStates", () => readPatchState(ssm, server), problems),
        attempt("ssm:DescribeInstancePatches", () => readInstalledPatches(ssm, server), problems),
    ]);
    return { ...(state && { state }), ...(patches && { patches }) };
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
