import type { JSX } from "preact";
import type { PatchPlan } from "../../../catalog/records/judged-stack";

const dayMs = 86_400_000;
const width = 960;
const left = 120;
const scaleWidth = width - left - 24;

/** The steps of the worst case on a scale from release to deadline. */
export function WorstCase({ plan }: { plan: PatchPlan }): JSX.Element | null {
    const times = plan.worstCase.map(({ at }) => Date.parse(at)).filter(Number.isFinite);
    const release = times[0];
    if (release === undefined || plan.worstCaseHours === null) {
        return null;
    }
    const deadline = release + plan.deadlineDays * dayMs;
    const end = Math.max(deadline, ...times);
    const xOf = (time: number): number =>
        Math.round((left + ((time - release) / (end - release || 1)) * scaleWidth) * 10) / 10;
    const last = Math.max(...times);
    const isLate = last > deadline;
    return (
        <svg
            class="timeline"
            viewBox={`0 0 ${width} 84`}
            role="img"
            aria-label={`From release to the last server; the deadline is day ${plan.deadlineDays}. The table below has the same content.`}
        >
            <text class="axis" x="0" y="40">
                from release
            </text>
            <line class="scale" x1={left} x2={xOf(end)} y1="36" y2="36" />
            <line class={isLate ? "span late" : "span"} x1={left} x2={xOf(last)} y1="36" y2="36" />
            {times.map((time, index) => {
                const isClose = xOf(time) - xOf(times[index - 1] ?? -dayMs * 1000) < 17;
                const y = isClose && index % 2 === 1 ? 56 : 36;
                return (
                    <g key={index}>
                        <circle class="step" cx={xOf(time)} cy={y} r="8" />
                        <text class="step-number" x={xOf(time)} y={y + 3.5} text-anchor="middle">
                            {index + 1}
                        </text>
                    </g>
                );
            })}
            <line class="deadline" x1={xOf(deadline)} x2={xOf(deadline)} y1="20" y2="52" />
            <text class="axis" x={xOf(deadline)} y="68" text-anchor="end">
                deadline, day {plan.deadlineDays}
            </text>
            <text class="axis" x={xOf(last)} y="16" text-anchor="middle">
                day {Math.ceil((last - release) / dayMs)}
            </text>
        </svg>
    );
}

const rowHeight = 34;
const top = 30;

/** The maintenance windows of every ring on a scale of days. */
export function Calendar({ plan }: { plan: PatchPlan }): JSX.Element | null {
    const starts = plan.calendar.map((window) => Date.parse(window.starts));
    const first = Math.floor(Math.min(...starts) / dayMs) * dayMs;
    if (!Number.isFinite(first)) {
        return <p>No window opens in the next 90 days.</p>;
    }
    const days = 91;
    const xOf = (time: number): number =>
        Math.round((left + ((time - first) / (days * dayMs)) * scaleWidth) * 10) / 10;
    const height = top + plan.rings.length * rowHeight + 8;
    const weeks = Array.from({ length: 14 }, (_, week) => first + week * 7 * dayMs);
    return (
        <svg
            class="calendar"
            viewBox={`0 0 ${width} ${height}`}
            role="img"
            aria-label={`${plan.calendar.length} maintenance windows over 90 days. The table below has the same content.`}
        >
            {weeks.map((week, index) => (
                <g key={week}>
                    <line class="week" x1={xOf(week)} x2={xOf(week)} y1={top - 8} y2={height} />
                    {index % 2 === 0 ? (
                        <text class="axis" x={xOf(week) + 3} y="14">
                            {new Date(week).toISOString().slice(5, 10)}
                        </text>
                    ) : null}
                </g>
            ))}
            {plan.rings.map(({ name, role }, row) => (
                <g key={name}>
                    <text class="axis" x="0" y={top + row * rowHeight + 20}>
                        {name.length > 16 ? `${name.slice(0, 15)}…` : name}
                    </text>
                    {plan.calendar
                        .filter(({ ring }) => ring === name)
                        .map((window) => (
                            <rect
                                key={window.starts}
                                class={`window window-${role}`}
                                x={xOf(Date.parse(window.starts))}
                                y={top + row * rowHeight + 4}
                                width={Math.max(
                                    4,
                                    xOf(Date.parse(window.ends)) - xOf(Date.parse(window.starts)),
                                )}
                                height={rowHeight - 12}
                                rx="2"
                            >
                                <title>{`${name}: ${window.starts} to ${window.ends}`}</title>
                            </rect>
                        ))}
                </g>
            ))}
        </svg>
    );
}
