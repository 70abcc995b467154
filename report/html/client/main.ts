import { h, hydrate, options, render, type ComponentType } from "preact";
import { NodePanel } from "../drawing/node-panel";
import type { PageData } from "../page-data";
import { FindingsExplorer, type Reactive } from "../parts/findings-explorer";
import { ResourceList } from "../parts/resource-list";
import { parseState, type ViewState } from "../state/view-state";
import { lineBoxes, showInDrawing } from "./drawing";
import { StateStore } from "./state-store";

// Updates are drawn at once: the browser prints what stands there when the event of printing ends.
options.debounceRendering = (update) => update();

const data = JSON.parse(document.getElementById("page-data")?.textContent ?? "null") as PageData;
const store = new StateStore(window);
let isPrinting = false;
const redrawings: (() => void)[] = [];

const islands: Readonly<Record<string, ComponentType<Reactive>>> = {
    findings: FindingsExplorer,
    resource: NodePanel,
    resources: ResourceList,
};

for (const [name, component] of Object.entries(islands)) {
    const element = document.querySelector(`[data-island="${name}"]`);
    if (element !== null) {
        const draw = (state: ViewState): void =>
            render(h(component, { data, state, change: store.replace, isPrinting }), element);
        hydrate(
            h(component, { data, state: {}, change: store.replace, isPrinting: false }),
            element,
        );
        store.listen(draw);
        redrawings.push(() => draw(store.state));
    }
}

/** Opens everything that is folded, and folds it again as it was. */
function unfold(starts: boolean): void {
    for (const details of document.querySelectorAll<HTMLDetailsElement>("main details")) {
        if (starts) {
            details.dataset["wasOpen"] = String(details.open);
        }
        details.open = starts || details.dataset["wasOpen"] === "true";
    }
}

function redraw(): void {
    for (const redrawIsland of redrawings) {
        redrawIsland();
    }
}

window.addEventListener("beforeprint", () => {
    isPrinting = true;
    unfold(true);
    redraw();
});
window.addEventListener("afterprint", () => {
    isPrinting = false;
    redraw();
    unfold(false);
});

store.listen((state) => showInDrawing(document, state));
store.listen(showControls);
store.listen(({ at }) => goTo(at));

for (const box of lineBoxes(document)) {
    box.addEventListener("change", () => {
        const chosen = lineBoxes(document).filter(({ checked }) => checked);
        const lines = chosen.map(({ value }) => value).join(",");
        store.replace({ ...store.state, lines: lines === "" ? "none" : lines });
    });
}

document.addEventListener("click", (event) => {
    const link = event.target instanceof Element ? event.target.closest("a") : null;
    const fragment = link?.getAttribute("href") ?? "";
    if (!fragment.startsWith("#") || event.ctrlKey || event.metaKey || event.shiftKey) {
        return;
    }
    event.preventDefault();
    const isPlace = document.getElementById(fragment.slice(1)) !== null;
    store.follow(isPlace ? { at: fragment.slice(1) } : parseState(fragment));
});

/** Shows only the controls of the chosen state. */
function showControls({ control = "all" }: ViewState): void {
    for (const row of document.querySelectorAll<HTMLElement>("[data-control-state]")) {
        row.hidden = control !== "all" && row.dataset["controlState"] !== control;
    }
}

/** Goes to a section and puts the focus on its heading, so that reading goes on there. */
function goTo(section: string | undefined): void {
    if (section !== undefined) {
        const heading = document.getElementById(`${section}-title`);
        heading?.focus({ preventScroll: true });
        heading?.scrollIntoView();
    }
}
