import { formatPath } from "../graph/peek";
import { attestationOf, type ImageAttestation } from "../reading/attestations";
import { imageOf, imageReads, type ImageSource } from "../reading/images";
import { failed, undecided } from "../reading/observations";
import { judgeServers, serverReads } from "../reading/servers";
import { show } from "../reading/values";
import type { Observation, Rule, RuleContext } from "./rule";

/**
 * An image that is named by its id is attested: what hardened it, how many packages it holds, and when. Images of a pipeline and of
 * public parameters are new whenever a server starts; other policies judge them.
 */
export const amiAttestationFresh: Rule = {
    name: "ami-attestation-fresh",
    reads: [...serverReads, ...imageReads],
    judge: (context) =>
        judgeServers(context, (view) => decide(imageOf(context.graph, view), context)),
};

function decide(image: ImageSource, context: RuleContext): readonly Observation[] {
    const { resource, path } = image;
    const place = formatPath(path);
    if (image.kind === "open") {
        return [
            undecided(
                resource,
                path,
                `${place} ${image.why}, so the age of the image is not either`,
            ),
        ];
    }
    if (image.kind !== "id") {
        return [];
    }
    const attestation = attestationOf(context, image.id);
    const problem = describe(attestation, context.parameter<number>("imageAgeDays"));
    return problem === undefined
        ? []
        : [failed(resource, path, `${place} is ${show(image.id)}, ${problem}`)];
}

function describe(attestation: ImageAttestation | undefined, oldest: number): string | undefined {
    if (attestation === undefined) {
        return "which imageAttestations does not attest";
    }
    if (attestation.ageDays === undefined) {
        return `whose attestation ${show(attestation.text)} is not of the form "ami-id profile package-count YYYY-MM-DD"`;
    }
    if (attestation.ageDays < 0) {
        return "whose attestation is dated in the future";
    }
    return attestation.ageDays > oldest
        ? `which was attested ${attestation.ageDays} days ago; an image may be ${oldest} days old`
        : undefined;
}
