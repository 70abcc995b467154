import { setTimeout as sleep } from "node:timers/promises";
import { Account, type LiveObject } from "./account";
import { check, type CheckFailure, type CheckResult } from "./check";
import { difference, type Difference } from "./diff";
import { identify } from "./identity";
import { answer } from "./invokes";
import { createdOutputs, plannedOutputs, updatedOutputs } from "./outputs";
import {
    fillLockedBucket,
    needsStop,
    refusalToCreate,
    refusalToDelete,
    refusalToUpdate,
} from "./refusals";
import { shapeOf, type ObjectShape } from "./resource-shape";
import { hasUnknown, isPlainObject, UNKNOWN, type Properties } from "./wire";

/** Time a stopped server stays down: long enough for two servers that are down at once to show in the journal. */
const downtimeMilliseconds = 30;

/** What the outside gives the stand-in. */
export interface StandInOptions {
    /** Folder of the account: objects that exist, the journal. */
    readonly folder: string;
    /** Used when neither the provider nor the resource says a region. */
    readonly defaultRegion: string | undefined;
    /** Values of public SSM parameters, by name. */
    readonly parameters: Readonly<Record<string, string>>;
}

/** One resource, as the engine names it in a call. */
export interface Subject {
    readonly type: string;
    readonly name: string;
    readonly urn: string;
}

export interface CreatedResource {
    readonly id: string;
    readonly outputs: Properties;
}

/** A stand-in for the AWS provider: behaves towards the engine as the Terraform bridge and AWS do, over an account kept in a folder. */
export class StandInProvider {
    private readonly account: Account;
    private region: string | undefined;
    private defaultTags: Properties = {};

    public constructor(private readonly options: StandInOptions) {
        this.account = new Account(options.folder);
        this.region = options.defaultRegion;
    }

    /** Checks the provider's own configuration: a region is needed. */
    public checkConfig(news: Properties): CheckResult {
        const region = news["region"] ?? this.options.defaultRegion;
        const failures: CheckFailure[] =
            region === undefined
                ? [{ property: "region", reason: "Missing region: set aws:region or AWS_REGION" }]
                : [];
        return { inputs: { ...news, region }, failures };
    }

    public configure(config: Properties): void {
        const { region } = config;
        this.region = typeof region === "string" && region !== UNKNOWN ? region : this.region;
        const defaultTags = decoded(config["defaultTags"]);
        const tags = isPlainObject(defaultTags) ? defaultTags["tags"] : undefined;
        this.defaultTags = isPlainObject(tags) ? tags : {};
    }

    public check(
        subject: Subject,
        news: Properties,
        olds: Properties | undefined,
        seed: Uint8Array,
    ): CheckResult {
        return check({
            type: subject.type,
            name: subject.name,
            shape: shapeOfKnown(subject.type),
            news,
            olds,
            seed,
            region: this.region,
            defaultTags: this.defaultTags,
        });
    }

    public diff(
        { type }: Subject,
        olds: Properties,
        news: Properties,
        ignored: readonly string[],
    ): Difference {
        return difference(type, olds, news, ignored);
    }

    public create(subject: Subject, inputs: Properties, preview: boolean): CreatedResource {
        const { type, urn } = subject;
        const shape = shapeOfKnown(type);
        if (preview) {
            return { id: "", outputs: plannedOutputs(shape, inputs) };
        }
        if (hasUnknown(inputs)) {
            throw new Error(`${urn} is created with unknown inputs: ${JSON.stringify(inputs)}`);
        }
        const region = this.regionOf(inputs);
        const made = this.account
            .journal()
            .filter((entry) => entry.urn === urn && entry.operation === "create").length;
        const identity = identify(type, urn, inputs, region, made);
        const { id } = identity;
        this.refuse({ type, urn, id }, refusalToCreate(this.account, type, id, inputs));
        const outputs = createdOutputs(shape, inputs, identity, region);
        this.account.put({ type, urn, id, inputs, outputs });
        this.account.record({ operation: "create", type, urn, id });
        fillLockedBucket(this.account, type, inputs);
        return { id, outputs };
    }

    /** Reads a resource; one that another stack made (`.get()`) looks as its id and the given state say. Null for one that is gone. */
    public read(subject: Subject, id: string, state: Properties): Properties | null {
        const { type } = subject;
        const live = this.account.find(type, id);
        if (live !== undefined) {
            return live.outputs;
        }
        const gone = this.account
            .journal()
            .some(
                (entry) => entry.operation === "create" && entry.type === type && entry.id === id,
            );
        const region = this.regionOf(state);
        const identity = { ...identify(type, subject.urn, state, region, 0), id };
        return gone ? null : createdOutputs(shapeOfKnown(type), state, identity, region);
    }

    public async update(
        subject: Subject,
        id: string,
        olds: Properties,
        oldInputs: Properties,
        news: Properties,
        preview: boolean,
    ): Promise<Properties> {
        const { type, urn } = subject;
        const outputs = updatedOutputs(shapeOfKnown(type), news, olds);
        if (preview) {
            return outputs;
        }
        const object = { type, urn, id };
        const changed = [...difference(type, oldInputs, news, []).paths.keys()].sort();
        const live = this.account.find(type, id) ?? { ...object, inputs: oldInputs, outputs: olds };
        this.refuse(object, refusalToUpdate(live, changed));
        const stop = needsStop(type, changed);
        if (stop) {
            this.account.record({ operation: "stop", ...object });
            await sleep(downtimeMilliseconds);
        }
        this.account.put({ ...object, inputs: news, outputs });
        this.account.record({ operation: "update", ...object, changed });
        if (stop) {
            this.account.record({ operation: "start", ...object });
        }
        return outputs;
    }

    public delete({ type, urn }: Subject, id: string): void {
        const object = this.account.find(type, id);
        if (object?.inputs["skipDestroy"] === true) {
            // The provider forgets it and asks AWS for nothing.
            return;
        }
        if (object !== undefined) {
            this.refuse(object, refusalToDelete(this.account, object));
        }
        this.account.remove(type, id);
        this.account.record({ operation: "delete", type, urn, id });
    }

    public invoke(token: string, args: Properties): Properties {
        return answer(token, args, {
            region: this.regionOf(args),
            parameters: this.options.parameters,
        });
    }

    private refuse(object: Pick<LiveObject, "type" | "urn" | "id">, reason?: string): void {
        if (reason !== undefined) {
            const { type, urn, id } = object;
            this.account.record({ operation: "refuse", type, urn, id, reason });
            throw new Error(reason);
        }
    }

    private regionOf(inputs: Properties): string {
        const { region } = inputs;
        const chosen = typeof region === "string" ? region : this.region;
        if (chosen === undefined) {
            throw new Error("no region: set aws:region or AWS_REGION");
        }
        return chosen;
    }
}

function shapeOfKnown(type: string): ObjectShape {
    const shape = shapeOf(type);
    if (shape === undefined) {
        throw new Error(`unrecognized resource type: ${type}`);
    }
    return shape;
}

/** Nested provider configuration arrives as JSON text. */
function decoded(value: unknown): unknown {
    return typeof value === "string" && value.startsWith("{") ? JSON.parse(value) : value;
}
