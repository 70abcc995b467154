import { Command } from "commander";
import { commands, type CommandEntry } from "./commands/commands";
import { describeFailure } from "./exit-status";

/** Builds the command line. Of the commands only those named in `args` are loaded, so that start-up stays small. */
export async function buildProgram(args: readonly string[]): Promise<Command> {
    const program = new Command("keyward")
        .description(
            "Judges the hardening of key-management servers: offline, from a Pulumi program, a stack or a live account.",
        )
        .helpCommand("help [command]", "show the options of a command")
        .addHelpText(
            "after",
            "\nExit status: 0 the demand is met, 1 it is not, 2 the command could not do its work.",
        )
        .exitOverride()
        .showHelpAfterError("(add --help for the options and examples)");
    for (const entry of commands) {
        const command = args.includes(entry.name) ? await entry.load() : outline(entry);
        program.addCommand(
            command
                .summary(entry.summary)
                .exitOverride()
                .showHelpAfterError("(add --help for the options and examples)"),
        );
    }
    return program;
}

/** Stands for a command in the help. */
function outline(entry: CommandEntry): Command {
    return new Command(entry.name).usage("[options]");
}

/** A reader that has seen enough, such as `head`, closes the pipe: what is left cannot be told, and is no failure to describe. */
function endWithReader(error: NodeJS.ErrnoException): void {
    if (error.code !== "EPIPE") {
        throw error;
    }
    process.exit(2);
}

async function main(): Promise<void> {
    process.stdout.on("error", endWithReader);
    try {
        const args = process.argv.slice(2);
        const program = await buildProgram(args);
        await program.parseAsync(args.length === 0 ? ["--help"] : args, { from: "user" });
    } catch (error) {
        const failure = describeFailure(error);
        if (failure.message !== "") {
            console.error(failure.message);
        }
        process.exitCode = failure.status;
    }
}

void main();
