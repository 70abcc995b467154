import assert from "node:assert/strict";
import { coversProduct, requiredCombinations } from "../../aws/patch-filters";

const demand = {
    classifications: ["Security"],
    severities: ["Critical", "Medium"],
    priorities: ["Required", "Extra"],
};

describe("requiredCombinations", () => {
    it("crosses classifications with severities, in the words of the system", () => {
        assert.deepEqual(requiredCombinations("AMAZON_LINUX_2023", demand), [
            { CLASSIFICATION: "Security", SEVERITY: "Critical" },
            { CLASSIFICATION: "Security", SEVERITY: "Medium" },
        ]);
        assert.deepEqual(requiredCombinations("ROCKY_LINUX", demand)?.[1], {
            CLASSIFICATION: "Security",
            SEVERITY: "Moderate",
        });
    });

    it("goes by priority where packages have no severity", () => {
        assert.deepEqual(requiredCombinations("UBUNTU", demand), [
            { PRIORITY: "Required" },
            { PRIORITY: "Extra" },
        ]);
    });

    it("knows no system that it does not know", () => {
        assert.equal(requiredCombinations("MACOS", demand), undefined);
    });
});

describe("coversProduct", () => {
    it("accepts the product, a release of it and the wildcard, not a namesake", () => {
        const values = [
            "AmazonLinux2023",
            "AmazonLinux2023.4",
            "*",
            "AmazonLinux2",
            "AmazonLinux20235",
        ];
        assert.deepEqual(
            values.map((value) => coversProduct(value, "AmazonLinux2023")),
            [true, true, true, false, false],
        );
    });
});
