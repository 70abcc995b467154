import { customerKeyTypes } from "../../aws/type-tokens";
import type { RegisteredResource } from "../graph/resource";
import { failed, passed, undecided } from "../reading/observations";
import { readNumber } from "../reading/values";
import type { Observation, Rule } from "./rule";

const path = ["deletionWindowInDays"];

/** What AWS KMS takes when no period is stated. Source: AWS KMS API, ScheduleKeyDeletion. */
const defaultDays = 30;

/** A key waits long enough between the order to delete it and its end. */
export const kmsDeletionWindow: Rule = {
    name: "kms-deletion-window",
    reads: customerKeyTypes,
    certainAlone: true,
    *judge(context) {
        const shortest = context.parameter<number>("keyDeletionWindowDays");
        for (const key of context.graph.ofType(...customerKeyTypes)) {
            if (context.scope.includes(key)) {
                yield decide(key, shortest);
            }
        }
    },
    remediate: (resource, context) => {
        const days = readNumber(resource.properties, path);
        const shortest = context.parameter<number>("keyDeletionWindowDays");
        return customerKeyTypes.includes(resource.type) &&
            days.kind === "known" &&
            days.value < shortest
            ? [{ path, value: shortest }]
            : [];
    },
};

function decide(key: RegisteredResource, shortest: number): Observation {
    const days = readNumber(key.properties, path);
    if (days.kind === "open") {
        return undecided(key, path, `deletionWindowInDays ${days.why}`);
    }
    const waits = days.kind === "known" ? days.value : defaultDays;
    return waits < shortest
        ? failed(
              key,
              path,
              `the key is deleted after ${waits} days: at least ${shortest} must pass, in which somebody can notice`,
          )
        : passed(key);
}
