import type { Row } from "./compare";
import type { Cost } from "./measure";

export interface Machine {
    readonly processors: string;
    readonly memoryGibibytes: number;
    readonly system: string;
    /** Load average of the last 15 minutes: what else the machine did. */
    readonly load: string;
    readonly engine: string;
    /** Version; undefined where it is not installed. */
    readonly checkov: string | undefined;
}

/** The measurements as a markdown table. */
export function table(rows: readonly Row[]): string {
    return [
        "| program | resources | findings | `keyward preview` | `pulumi preview` | times faster | evaluation alone | checkov, finished plan |",
        "| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: |",
        ...rows.map((row) => {
            const faster = row.engine.seconds / row.keyward.seconds;
            return `| ${[
                row.name,
                String(row.resources),
                String(row.findings),
                shown(row.keyward),
                shown(row.engine),
                faster.toFixed(1),
                row.bare === undefined ? "" : shown(row.bare),
                row.bare === undefined
                    ? ""
                    : row.checkov === undefined
                      ? "not installed"
                      : shown(row.checkov),
            ].join(" | ")} |`;
        }),
    ].join("\n");
}

/** Where the time of both previews goes, as a markdown table. */
export function phaseTable(rows: readonly Row[]): string {
    return [
        "| program | start | evaluate | judge | report | engine: start | resources | stack |",
        "| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: |",
        ...rows.map(({ name, keyward, engine }) => {
            const { start, evaluate, judge, report } = keyward.phases;
            const seconds = [start, evaluate, judge, report];
            seconds.push(engine.phases.start, engine.phases.resources, engine.phases.stack);
            return `| ${[name, ...seconds.map((each) => `${each.toFixed(2)} s`)].join(" | ")} |`;
        }),
    ].join("\n");
}

/** The page `docs/performance.md`. */
export function performancePage(rows: readonly Row[], machine: Machine, when: Date): string {
    return `# Performance

Whole processes, cold, from start to end; memory is the highest sum of the resident memory of every process that the command started. Both
previews judge the same program with the same policy pack and give the same verdicts; they ran in turn on the same machine, the median of three runs
counts (one run above 1,000 resources). "Evaluation alone" is the program in one Node.js process with the SDK's own mocks and no policies. The
sizes are programs of as many components with one security group and one server each. The real engine talks to a stand-in for the AWS provider,
which answers at once: with the real provider it takes longer.
checkov${machine.checkov === undefined ? " (not installed here)" : ` ${machine.checkov}`} judges, with its own rules, a finished Terraform plan of the same servers and security groups; somebody has to make that plan
first. It knows no plan of the reference stack.

${table(rows)}

The phases of the same runs. \`keyward preview\` (\`--timings\`): start; run the program, while its registrations are read and the policies are loaded;
judge; make and write the JSON report. What is left of the whole is the report for people and the end of the process. The engine runs the program
and judges single resources at the same time, so its output shows only these: start, until the first resource is shown; resources, until the last one is
shown for the first time; stack, until the end, when the policies of the whole stack have judged and the results are printed.

${phaseTable(rows)}

Measured on ${when.toISOString().slice(0, 10)}: ${machine.processors}, ${String(machine.memoryGibibytes)} GiB, ${machine.system}, Pulumi ${machine.engine}; load average ${machine.load} while it ran.
Command: \`npm run bench\` (with the Pulumi CLI on \`PATH\`).
`;
}

function shown(cost: Cost): string {
    return `${cost.seconds.toFixed(2)} s, ${String(Math.round(cost.peakBytes / 2 ** 20))} MB`;
}
