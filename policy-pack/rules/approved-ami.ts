import { formatPath } from "../graph/peek";
import { imageOf, imageReads } from "../reading/images";
import { chain } from "../reading/labels";
import { failed, undecided } from "../reading/observations";
import { judgeServers, serverReads, type ServerView } from "../reading/servers";
import { show } from "../reading/values";
import type { Observation, Rule, RuleContext } from "./rule";

/** Key servers start from an image that is allow-listed, that a pipeline built, or that a parameter of Systems Manager names. */
export const approvedAmi: Rule = {
    name: "approved-ami",
    reads: [...serverReads, ...imageReads],
    judge: (context) => judgeServers(context, (view) => decide(view, context)),
};

function decide(view: ServerView, context: RuleContext): readonly Observation[] {
    const image = imageOf(context.graph, view);
    const { resource, path } = image;
    const place = formatPath(path);
    switch (image.kind) {
        case "pipeline":
        case "parameter":
            return [];
        case "unsaid":
            // A template may leave the image to what is started from it.
            return view.form === "template"
                ? []
                : [
                      failed(
                          resource,
                          path,
                          `${place} is not set, so it is not said which image the server starts from`,
                      ),
                  ];
        case "id":
            return context.parameter<readonly string[]>("approvedImageIds").includes(image.id)
                ? []
                : [
                      failed(
                          resource,
                          path,
                          `${place} is ${show(image.id)}, which approvedImageIds does not list and no pipeline or parameter of this stack names`,
                      ),
                  ];
        case "handmade":
            return [
                failed(
                    resource,
                    path,
                    `${place} is an image that was not built by a pipeline (${chain(resource, image.made)})`,
                ),
            ];
        case "open":
            return [
                undecided(
                    resource,
                    path,
                    `${place} ${image.why}, so where the image comes from is not either`,
                ),
            ];
    }
}
