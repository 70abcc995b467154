import assert from "node:assert/strict";
import { readResources } from "../../../preview/judging/judge-graph";

const urn = (name: string): string => `urn:pulumi:dev::app::aws:ec2/vpc:Vpc::${name}`;
const vpc = { type: "aws:ec2/vpc:Vpc", custom: true, inputs: {} };

describe("the resources of a program that are judged", () => {
    it("leave out what the program only reads, as the engine's preview does", () => {
        const judged = readResources([
            { ...vpc, urn: urn("made") },
            { ...vpc, urn: urn("read"), id: "vpc-0123456789abcdef0", external: true },
        ]);
        assert.deepEqual(
            judged.map(({ name }) => name),
            ["made"],
        );
    });
});
