import { createHash } from "node:crypto";
import {
    appendFileSync,
    existsSync,
    mkdirSync,
    readdirSync,
    readFileSync,
    rmSync,
    writeFileSync,
} from "node:fs";
import { join } from "node:path";
import type { Properties } from "./wire";

/** An object that exists in the stand-in account. */
export interface LiveObject {
    readonly type: string;
    readonly urn: string;
    readonly id: string;
    readonly inputs: Properties;
    readonly outputs: Properties;
}

/** One thing that happened to an object; a server that is stopped and started shows both. */
export interface JournalEntry {
    readonly operation: "create" | "read" | "update" | "stop" | "start" | "delete" | "refuse";
    readonly type: string;
    readonly urn: string;
    readonly id: string;
    /** Property paths that an update changed. */
    readonly changed?: readonly string[];
    /** Why AWS refused. */
    readonly reason?: string;
}

/**
 * The stand-in AWS account: objects that exist and a journal of what happened, kept in a folder, because the engine starts one process for
 * each provider of a program and new ones in each run.
 */
export class Account {
    private readonly objectsFolder: string;
    private readonly journalFile: string;

    public constructor(folder: string) {
        this.objectsFolder = join(folder, "objects");
        this.journalFile = join(folder, "journal.jsonl");
        mkdirSync(this.objectsFolder, { recursive: true });
    }

    public find(type: string, id: string): LiveObject | undefined {
        const file = this.fileOf(type, id);
        return existsSync(file)
            ? (JSON.parse(readFileSync(file, "utf8")) as LiveObject)
            : undefined;
    }

    /** All objects of these types, or of all types. */
    public objects(...types: readonly string[]): readonly LiveObject[] {
        return readdirSync(this.objectsFolder)
            .sort()
            .map(
                (file) =>
                    JSON.parse(readFileSync(join(this.objectsFolder, file), "utf8")) as LiveObject,
            )
            .filter(({ type }) => types.length === 0 || types.includes(type));
    }

    public put(object: LiveObject): void {
        writeFileSync(this.fileOf(object.type, object.id), JSON.stringify(object));
    }

    public remove(type: string, id: string): void {
        rmSync(this.fileOf(type, id), { force: true });
    }

    public record(entry: JournalEntry): void {
        appendFileSync(this.journalFile, `${JSON.stringify(entry)}\n`);
    }

    /** Everything that happened, in order. */
    public journal(): readonly JournalEntry[] {
        return existsSync(this.journalFile)
            ? readFileSync(this.journalFile, "utf8")
                  .split("\n")
                  .filter((line) => line !== "")
                  .map((line) => JSON.parse(line) as JournalEntry)
            : [];
    }

    private fileOf(type: string, id: string): string {
        const digest = createHash("sha256").update(`${type} ${id}`).digest("hex");
        return join(this.objectsFolder, `${digest.slice(0, 32)}.json`);
    }
}
