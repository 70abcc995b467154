import assert from "node:assert/strict";
import { detectionEnabled as rule } from "../../../policy-pack/rules/detection-enabled";
import { messages, resource, unknown, verdicts } from "../../support/graph";

const server = resource("aws:ec2/instance:Instance", "server", {
    tags: { "keyward:role": "key-server" },
});
const detector = (properties = {}) =>
    resource("aws:guardduty/detector:Detector", "detector", properties);
const feature = (name: string, status: unknown = "ENABLED") =>
    resource("aws:guardduty/detectorFeature:DetectorFeature", name, { name, status });
const inspector = (resourceTypes: unknown = ["EC2"]) =>
    resource("aws:inspector2/enabler:Enabler", "inspector", { resourceTypes });
const features = [feature("RUNTIME_MONITORING"), feature("EBS_MALWARE_PROTECTION")];

describe("detection-enabled", () => {
    it("passes GuardDuty with both features and Inspector for EC2", () => {
        assert.deepEqual(verdicts(rule, [server, detector(), ...features, inspector()]), [
            "pass EBS_MALWARE_PROTECTION",
            "pass RUNTIME_MONITORING",
            "pass detector",
            "pass inspector",
        ]);
    });

    it("passes what the account is attested to have", () => {
        const accountAttestations = [
            "guardduty",
            "guardduty/RUNTIME_MONITORING",
            "guardduty/EBS_MALWARE_PROTECTION",
            "inspector/EC2",
        ].map((fact) => `${fact} 2026-10-20`);
        assert.deepEqual(verdicts(rule, [server], { parameters: { accountAttestations } }), []);
    });

    it("fails what is missing, and says how to attest it", () => {
        assert.deepEqual(messages(rule, [server, ...features, inspector()]), [
            'GuardDuty is not on in this stack, and the configuration does not attest "guardduty" for the account',
        ]);
    });

    for (const [title, resources, expected] of [
        [
            "fails a detector that is off",
            [detector({ enable: false }), ...features, inspector()],
            "fail detector enable",
        ],
        [
            "is indeterminate for an unknown switch",
            [detector({ enable: unknown }), ...features, inspector()],
            "indeterminate detector enable",
        ],
        [
            "fails a feature that is off",
            [
                detector(),
                feature("RUNTIME_MONITORING", "DISABLED"),
                feature("EBS_MALWARE_PROTECTION"),
                inspector(),
            ],
            "fail RUNTIME_MONITORING status",
        ],
        [
            "is indeterminate for an unknown feature",
            [
                detector(),
                feature("RUNTIME_MONITORING", unknown),
                feature("EBS_MALWARE_PROTECTION"),
                inspector(),
            ],
            "indeterminate RUNTIME_MONITORING status",
        ],
        [
            "fails Inspector for images only",
            [detector(), ...features, inspector(["ECR"])],
            "fail stack",
        ],
        [
            "is indeterminate for unknown resource types",
            [detector(), ...features, inspector(unknown)],
            "indeterminate inspector resourceTypes",
        ],
    ] as const) {
        it(title, () => {
            assert.deepEqual(
                verdicts(rule, [server, ...resources]).filter((line) => !line.startsWith("pass")),
                [expected],
            );
        });
    }
});
