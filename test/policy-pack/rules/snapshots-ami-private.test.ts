import assert from "node:assert/strict";
import { snapshotsAmiPrivate as rule } from "../../../policy-pack/rules/snapshots-ami-private";
import { messages, resource, unknown, verdicts } from "../../support/graph";

const volumePermission = "aws:ec2/snapshotCreateVolumePermission:SnapshotCreateVolumePermission";
const launchPermission = "aws:ec2/amiLaunchPermission:AmiLaunchPermission";
const snapshotBlock = "aws:ebs/snapshotBlockPublicAccess:SnapshotBlockPublicAccess";
const imageBlock = "aws:ec2/imageBlockPublicAccess:ImageBlockPublicAccess";
const distribution = "aws:imagebuilder/distributionConfiguration:DistributionConfiguration";
const lifecycle = "aws:dlm/lifecyclePolicy:LifecyclePolicy";
const parameters = { trustedAccounts: ["111122223333"] };

const shared = (launch: unknown) =>
    resource(distribution, "images", {
        distributions: [
            { region: "eu-central-1", amiDistributionConfiguration: { launchPermission: launch } },
        ],
    });

describe("snapshots-ami-private", () => {
    for (const [title, subject, expected] of [
        [
            "passes a snapshot that a trusted account may copy",
            resource(volumePermission, "copy", { snapshotId: "snap-1", accountId: "111122223333" }),
            "pass copy",
        ],
        [
            "fails a snapshot that a foreign account may copy",
            resource(volumePermission, "copy", { snapshotId: "snap-1", accountId: "999900001111" }),
            "fail copy accountId",
        ],
        [
            "is indeterminate for an account that is not known",
            resource(volumePermission, "copy", { snapshotId: "snap-1", accountId: unknown }),
            "indeterminate copy accountId",
        ],
        [
            "fails an image that everybody may launch",
            resource(launchPermission, "launch", { imageId: "ami-1", group: "all" }),
            "fail launch group",
        ],
        [
            "is indeterminate for a group that is not known",
            resource(launchPermission, "launch", { imageId: "ami-1", group: unknown }),
            "indeterminate launch group",
        ],
        [
            "fails an image that a foreign organisation may launch",
            resource(launchPermission, "launch", {
                imageId: "ami-1",
                organizationArn: "arn:aws:organizations::999900001111:organization/o-1",
            }),
            "fail launch organizationArn",
        ],
        [
            "fails a pipeline that gives its images to everybody, behind a trusted account",
            shared({ userIds: ["111122223333"], userGroups: ["all"] }),
            "fail images distributions[0].amiDistributionConfiguration.launchPermission.userGroups[0]",
        ],
        [
            "is indeterminate for the first account of a pipeline that is not known",
            shared({ userIds: [unknown, "111122223333"] }),
            "indeterminate images distributions[0].amiDistributionConfiguration.launchPermission.userIds[0]",
        ],
        [
            "is indeterminate for the last account of a pipeline that is not known",
            shared({ userIds: ["111122223333", unknown] }),
            "indeterminate images distributions[0].amiDistributionConfiguration.launchPermission.userIds[1]",
        ],
        [
            "is not applicable to a pipeline that keeps its images",
            shared(undefined),
            "not-applicable images",
        ],
        [
            "fails a lifecycle policy that shares with a foreign account",
            resource(lifecycle, "daily", {
                policyDetails: { schedules: [{ shareRule: { targetAccounts: ["999900001111"] } }] },
            }),
            "fail daily policyDetails.schedules[0].shareRule.targetAccounts[0]",
        ],
        [
            "passes snapshots that can never be shared publicly",
            resource(snapshotBlock, "block", { state: "block-all-sharing" }),
            "pass block",
        ],
        [
            "fails a block that leaves public snapshots public",
            resource(snapshotBlock, "block", { state: "block-new-sharing" }),
            "fail block state",
        ],
        [
            "fails images whose block is off",
            resource(imageBlock, "block", { state: "unblocked" }),
            "fail block state",
        ],
        [
            "is indeterminate for a block that is not known",
            resource(imageBlock, "block", { state: unknown }),
            "indeterminate block state",
        ],
    ] as const) {
        it(title, () => {
            assert.deepEqual(verdicts(rule, [subject], { parameters }), [expected]);
        });
    }

    const server = resource("aws:ec2/instance:Instance", "server");

    it("demands both blocks where servers stand, by resource or by attestation", () => {
        assert.deepEqual(messages(rule, [server]), [
            'public sharing of images is not blocked in this stack, and the configuration does not attest "image-block" for the account',
            'public sharing of snapshots is not blocked in this stack, and the configuration does not attest "snapshot-block" for the account',
        ]);
        const accountAttestations = ["image-block 2026-10-20", "snapshot-block 2026-10-20"];
        assert.deepEqual(verdicts(rule, [server], { parameters: { accountAttestations } }), []);
        assert.deepEqual(
            verdicts(rule, [
                server,
                resource(snapshotBlock, "snapshots", { state: "block-all-sharing" }),
                resource(imageBlock, "images", { state: "block-new-sharing" }),
            ]),
            ["pass images", "pass snapshots"],
        );
    });

    it("asks nothing of a stack without servers, snapshots and images", () => {
        assert.deepEqual(verdicts(rule, [resource("aws:kms/key:Key", "key")]), []);
    });
});
