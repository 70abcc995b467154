import { listOf, type ViewState } from "../state/view-state";

const shownAtFirst = ["allows", "logs-to"];

/** Shows the state in the drawing: which lines are shown, which resource is chosen, what it is connected with. */
export function showInDrawing(page: Document, state: ViewState): void {
    const chosenLines = state.lines === undefined ? shownAtFirst : listOf(state, "lines");
    for (const box of lineBoxes(page)) {
        box.checked = chosenLines.includes(box.value);
        page.querySelectorAll(`.line-${box.value}`).forEach((line) =>
            line.classList.toggle("hidden", !box.checked),
        );
    }
    const chosen =
        state.resource === undefined
            ? undefined
            : [...page.querySelectorAll<SVGAElement>("a[data-node]")].find(
                  (node) => resourceOf(node) === state.resource,
              );
    page.querySelectorAll(".chosen-node, .linked").forEach((element) =>
        element.classList.remove("chosen-node", "linked"),
    );
    page.querySelector(".drawing")?.classList.toggle("has-chosen", chosen !== undefined);
    if (chosen !== undefined) {
        choose(page, chosen);
    }
}

/** The check boxes that say which lines are shown. */
export function lineBoxes(page: Document): readonly HTMLInputElement[] {
    return [...page.querySelectorAll<HTMLInputElement>('input[name="lines"]')];
}

function resourceOf(node: SVGAElement): string | undefined {
    return new URLSearchParams(node.href.baseVal.slice(1)).get("resource") ?? undefined;
}

function choose(page: Document, chosen: SVGAElement): void {
    const number = chosen.dataset["node"] ?? "";
    chosen.classList.add("chosen-node");
    for (const line of page.querySelectorAll<SVGGElement>(
        `.line[data-from="${number}"], .line[data-to="${number}"]`,
    )) {
        line.classList.add("linked");
        for (const end of [line.dataset["from"], line.dataset["to"]]) {
            page.querySelector(`[data-node="${end ?? ""}"]`)?.classList.add("linked");
        }
    }
}
