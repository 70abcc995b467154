import assert from "node:assert/strict";
import fc from "fast-check";
import {
    formatState,
    listOf,
    pageOf,
    parseState,
    stateKeys,
    toggle,
    withoutFindingFilters,
} from "../../../../report/html/state/view-state";

describe("the state in the page's address", () => {
    it("comes back as it was written, whatever it holds", () => {
        const states = fc.dictionary(fc.constantFrom(...stateKeys), fc.string({ minLength: 1 }));
        fc.assert(
            fc.property(states, (state) => {
                assert.deepEqual(parseState(formatState(state)), { ...state });
            }),
        );
    });

    it("has one address for each state, in a fixed order and without empty parts", () => {
        assert.equal(
            formatState({ severity: "high", text: "a b", at: "", verdict: "fail" }),
            "#text=a+b&verdict=fail&severity=high",
        );
        assert.equal(formatState({}), "#");
    });

    it("leaves out what it does not know", () => {
        assert.deepEqual(parseState("#nonsense=1&__proto__=x&policy=p&page"), { policy: "p" });
        assert.deepEqual(parseState("#findings"), {});
        assert.deepEqual(parseState("%%%&text=%FF"), { text: "\uFFFD" });
    });

    it("adds to lists and removes from them", () => {
        const one = toggle({ page: "2" }, "verdict", "fail");
        assert.deepEqual(one, { page: "2", verdict: "fail" });
        const two = toggle(one, "verdict", "exempt");
        assert.deepEqual(listOf(two, "verdict"), ["fail", "exempt"]);
        assert.deepEqual(listOf(toggle(two, "verdict", "fail"), "verdict"), ["exempt"]);
        assert.deepEqual(listOf({}, "verdict"), []);
    });

    it("lists every finding again, and keeps what is not about findings", () => {
        const state = { text: "a", severity: "high", page: "3", resource: "urn", control: "open" };
        assert.deepEqual(withoutFindingFilters(state), { resource: "urn", control: "open" });
    });

    it("takes nonsense for the first page", () => {
        const pages = ["3", "-1", "0", "x", "", "1e9x", "Infinity", undefined];
        assert.deepEqual(
            pages.map((page) => pageOf(page === undefined ? {} : { page }, "page")),
            [3, 1, 1, 1, 1, 1, 1, 1],
        );
    });
});
