import assert from "node:assert/strict";
import {
    everySystem,
    isOperatingSystemId,
    operatingSystem,
    operatingSystems,
} from "../../catalog/operating-systems";

describe("operating systems", () => {
    it("are the four of the design", () => {
        assert.deepEqual(everySystem, [
            "amazon-linux-2023",
            "debian-12",
            "debian-13",
            "ubuntu-24.04",
        ]);
    });

    it("are found by id, and an unknown one is an error that names those that exist", () => {
        assert.equal(operatingSystem("debian-12").patchBaselineName, "DEBIAN");
        assert.equal(isOperatingSystemId("debian-13"), true);
        assert.equal(isOperatingSystemId("debian-11"), false);
        assert.throws(() => operatingSystem("windows"), {
            message:
                'no operating system "windows"; there are: amazon-linux-2023, debian-12, debian-13, ubuntu-24.04',
        });
    });

    it("name a public image for both architectures, each its own", () => {
        const names = operatingSystems.flatMap(({ imageParameters: { x86_64, arm64 } }) => [
            x86_64,
            arm64,
        ]);
        assert.deepEqual(
            names.filter((name) => !name?.startsWith("/aws/service/")),
            [],
        );
        assert.equal(new Set(names).size, 8);
    });

    it("promise of AWS's services only what AWS lists", () => {
        assert.deepEqual(
            operatingSystems.map(({ id, supportedBy }) => [id, ...Object.values(supportedBy)]),
            [
                ["amazon-linux-2023", true, true, true, true],
                ["debian-12", true, false, true, true],
                ["debian-13", false, false, false, false],
                ["ubuntu-24.04", false, true, true, true],
            ],
        );
    });
});
