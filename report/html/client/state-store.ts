import {
    formatState,
    parseState,
    withoutFindingFilters,
    type ViewState,
} from "../state/view-state";

/** Keeps the state in the page's address. Listeners hear of every change, also of the back button. */
export class StateStore {
    private readonly listeners: ((state: ViewState) => void)[] = [];

    public constructor(private readonly window: Window) {
        window.addEventListener("hashchange", () => this.tell());
    }

    public get state(): ViewState {
        return parseState(this.window.location.hash);
    }

    /** Changes the state without a new entry in the history: filters are typed letter by letter. */
    public readonly replace = (state: ViewState): void => {
        this.window.history.replaceState(null, "", formatState({ ...state, at: "" }));
        this.tell();
    };

    /** Follows a link: what it names changes, the rest stays; a link to findings sets all their filters anew. */
    public follow(target: ViewState): void {
        const kept = target.at === "findings" ? withoutFindingFilters(this.state) : this.state;
        this.window.history.pushState(null, "", formatState({ ...kept, at: "", ...target }));
        this.tell();
    }

    public listen(listener: (state: ViewState) => void): void {
        this.listeners.push(listener);
        listener(this.state);
    }

    private tell(): void {
        const { state } = this;
        for (const listener of this.listeners) {
            listener(state);
        }
    }
}
