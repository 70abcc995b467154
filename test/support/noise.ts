import fc from "fast-check";
import { SecretValue } from "../../policy-pack/graph/resource";

/** Values of every shape that a property may take: these leaves, in lists, under these names, and as secrets, nested at random. */
export function noiseOf(
    names: fc.Arbitrary<string>,
    leaf: fc.Arbitrary<unknown>,
): fc.Arbitrary<unknown> {
    return fc.letrec<{ noise: unknown }>((tie) => ({
        noise: fc.oneof(
            { depthSize: "small", withCrossShrink: true },
            leaf,
            fc.array(tie("noise"), { maxLength: 3 }),
            fc.dictionary(names, tie("noise"), { maxKeys: 4 }),
            tie("noise").map((value) => new SecretValue(value)),
        ),
    })).noise;
}
