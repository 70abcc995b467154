/** Writes a duration as people say it: `18 days 8 hours`, `5 hours`; smaller parts are rounded up, never down. */
export function formatDuration(hours: number): string {
    const whole = Math.ceil(hours);
    const days = Math.floor(whole / 24);
    const rest = whole % 24;
    const parts = [
        ...(days > 0 ? [`${days} ${days === 1 ? "day" : "days"}`] : []),
        ...(rest > 0 || days === 0 ? [`${rest} ${rest === 1 ? "hour" : "hours"}`] : []),
    ];
    return parts.join(" ");
}
