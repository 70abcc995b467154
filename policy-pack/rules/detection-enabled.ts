import { unlessAttested } from "../reading/attestations";
import { failed, passed, undecided } from "../reading/observations";
import { readAny, readBoolean, readText, valueAt } from "../reading/values";
import type { Observation, Rule, RuleContext } from "./rule";

const detectorType = "aws:guardduty/detector:Detector";
const featureType = "aws:guardduty/detectorFeature:DetectorFeature";
const enablerType = "aws:inspector2/enabler:Enabler";

/** Features of GuardDuty that look into EC2. Source: GuardDuty API, detector features. */
const features = ["RUNTIME_MONITORING", "EBS_MALWARE_PROTECTION"] as const;

/** GuardDuty looks into the servers and Inspector scans them: here, or attested for the account. */
export const detectionEnabled: Rule = {
    name: "detection-enabled",
    reads: [detectorType, featureType, enablerType],
    *judge(context) {
        if (context.scope.keyServers.length === 0) {
            return;
        }
        yield* judgeDetector(context);
        for (const feature of features) {
            yield* judgeFeature(context, feature);
        }
        yield* judgeInspector(context);
    },
};

function judgeDetector(context: RuleContext): readonly Observation[] {
    const detectors = context.graph.ofType(detectorType);
    if (detectors.length === 0) {
        return unlessAttested(context, "guardduty", "GuardDuty is not on");
    }
    return detectors.map((detector) => {
        const enabled = readBoolean(detector.properties, ["enable"]);
        return enabled.kind === "open"
            ? undecided(detector, ["enable"], `enable ${enabled.why}`)
            : enabled.kind === "known" && !enabled.value
              ? failed(detector, ["enable"], "enable is false, so GuardDuty watches nothing")
              : passed(detector);
    });
}

function judgeFeature(context: RuleContext, name: string): readonly Observation[] {
    const own = context.graph.ofType(featureType).filter((feature) => {
        const found = readText(feature.properties, ["name"]);
        return found.kind === "known" && found.value === name;
    });
    const [feature] = own;
    if (feature === undefined) {
        return unlessAttested(context, `guardduty/${name}`, `GuardDuty's ${name} is not on`);
    }
    const status = readText(feature.properties, ["status"]);
    return [
        status.kind === "open"
            ? undecided(feature, ["status"], `status ${status.why}`)
            : status.kind === "known" && status.value === "ENABLED"
              ? passed(feature)
              : failed(feature, ["status"], `${name} is not ENABLED`),
    ];
}

function judgeInspector(context: RuleContext): readonly Observation[] {
    const enablers = context.graph.ofType(enablerType);
    const covering = enablers.find((enabler) => {
        const types = valueAt(enabler.properties, ["resourceTypes"]);
        return Array.isArray(types) && types.includes("EC2");
    });
    if (covering !== undefined) {
        return [passed(covering)];
    }
    const open = enablers.find(
        (enabler) => readAny(enabler.properties, ["resourceTypes"]).kind === "open",
    );
    return open === undefined
        ? unlessAttested(context, "inspector/EC2", "Inspector for EC2 is not on")
        : [undecided(open, ["resourceTypes"], "resourceTypes is not known before deployment")];
}
