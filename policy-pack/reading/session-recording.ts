import { TypeToken } from "../../aws/type-tokens";
import type { RegisteredResource } from "../graph/resource";
import type { Observation, RuleContext } from "../rules/rule";
import { isAttested } from "./attestations";
import { doubt, weakness } from "./session-inputs";
import { readBoolean, readText, show } from "./values";

/** Whether sessions are recorded while they last, in a log that is encrypted and kept. */
export function judgeRecording(
    context: RuleContext,
    document: RegisteredResource,
    parsed: unknown,
): readonly Observation[] {
    const group = readText(parsed, ["inputs", "cloudWatchLogGroupName"]);
    const bucket = readText(parsed, ["inputs", "s3BucketName"]);
    const demanded = [
        ...(bucket.kind === "absent"
            ? []
            : [["s3EncryptionEnabled", "the recording may be stored in the clear"]]),
        ["cloudWatchEncryptionEnabled", "the log may be stored in the clear"],
        [
            "cloudWatchStreamingEnabled",
            "a session is recorded at its end only, and not at all when it is cut off",
        ],
    ] as const;
    if (group.kind === "absent") {
        return [
            weakness(
                document,
                "cloudWatchLogGroupName",
                "is not set, so sessions are not streamed to a log",
            ),
        ];
    }
    const target =
        group.kind === "open"
            ? [doubt(document, "cloudWatchLogGroupName", group.why)]
            : judgeGroup(context, document, group.value);
    return [
        ...target,
        ...demanded.flatMap(([input = "", consequence = ""]) => {
            const flag = readBoolean(parsed, ["inputs", input]);
            return flag.kind === "open"
                ? [doubt(document, input, flag.why)]
                : flag.kind === "known" && flag.value
                  ? []
                  : [
                        weakness(
                            document,
                            input,
                            `${flag.kind === "known" ? "is false" : "is not set"}, so ${consequence}`,
                        ),
                    ];
        }),
    ];
}

/** A log group of this stack is judged by the policies of logs; another one may be kept in any way. */
function judgeGroup(
    context: RuleContext,
    document: RegisteredResource,
    name: string,
): readonly Observation[] {
    const isOurs = context.graph.identifiedBy(name).some(({ type }) => type === TypeToken.LogGroup);
    const fact = `log-group/${name}`;
    return isOurs || isAttested(context, fact)
        ? []
        : [
              doubt(
                  document,
                  "cloudWatchLogGroupName",
                  `is ${show(name)}, which is not in this stack: how it is kept is not known, and the configuration does not attest "${fact}"`,
              ),
          ];
}
