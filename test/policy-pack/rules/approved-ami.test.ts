import assert from "node:assert/strict";
import { amiAttestationFresh } from "../../../policy-pack/rules/ami-attestation-fresh";
import { approvedAmi as rule } from "../../../policy-pack/rules/approved-ami";
import { from, messages, resource, unknown, verdicts } from "../../support/graph";

const instance = "aws:ec2/instance:Instance";
const id = "ami-0abc1234def567890";
const server = (ami: unknown) => resource(instance, "server", { ami });
const built = resource("aws:imagebuilder/image:Image", "built");
const parameterOf = (value: unknown) =>
    resource("aws:ssm/parameter:Parameter", "image", { name: "/image", value });
const copyOf = (sourceAmiId: unknown) =>
    resource("aws:ec2/amiCopy:AmiCopy", "copy", { sourceAmiId });

describe("approved-ami", () => {
    const approved = { parameters: { approvedImageIds: [id] } };

    it("passes an image that is allow-listed, and fails any other id", () => {
        assert.deepEqual(verdicts(rule, [server(id)], approved), ["pass server"]);
        assert.deepEqual(messages(rule, [server(id)]), [
            `ami is "${id}", which approvedImageIds does not list and no pipeline or parameter of this stack names`,
        ]);
    });

    for (const [title, stack, expected] of [
        ["passes what a pipeline of the stack built", [built, server(from(built))], "pass server"],
        [
            "passes a parameter that a pipeline's image stands behind",
            (() => {
                const parameter = parameterOf(from(built));
                return [built, parameter, server(from(parameter))];
            })(),
            "pass server",
        ],
        [
            "fails a parameter of the stack with a foreign image",
            [parameterOf("ami-0fff"), server("resolve:ssm:/image")],
            "fail server ami",
        ],
        [
            "passes a parameter of the account, which its owner keeps",
            [server("resolve:ssm:/aws/service/ami:3")],
            "pass server",
        ],
        [
            "passes a copy of a built image",
            (() => {
                const copy = copyOf(from(built));
                return [built, copy, server(from(copy))];
            })(),
            "pass server",
        ],
        [
            "fails a copy of a foreign image",
            (() => {
                const copy = copyOf("ami-0fff");
                return [copy, server(from(copy))];
            })(),
            "fail server ami",
        ],
        [
            "is indeterminate for a parameter whose value is not known",
            (() => {
                const parameter = parameterOf(unknown);
                return [parameter, server(from(parameter))];
            })(),
            "indeterminate server ami",
        ],
        [
            "fails an image that somebody made of a running server",
            (() => {
                const made = resource("aws:ec2/amiFromInstance:AmiFromInstance", "made");
                return [made, server(from(made))];
            })(),
            "fail server ami",
        ],
        ["is indeterminate for an unknown image", [server(unknown)], "indeterminate server ami"],
        ["fails an instance without an image", [server(undefined)], "fail server ami"],
    ] as const) {
        it(title, () => {
            assert.deepEqual(verdicts(rule, stack), [expected]);
        });
    }

    it("reads templates, configurations and fleets, first and last", () => {
        const template = resource("aws:ec2/launchTemplate:LaunchTemplate", "template", {
            imageId: "ami-0fff",
        });
        assert.deepEqual(
            verdicts(rule, [
                template,
                resource(instance, "inherits", { launchTemplate: { id: from(template) } }),
                resource("aws:ec2/launchTemplate:LaunchTemplate", "leaves it open"),
                resource("aws:ec2/launchConfiguration:LaunchConfiguration", "configuration", {
                    imageId: unknown,
                }),
                resource("aws:ec2/spotFleetRequest:SpotFleetRequest", "fleet", {
                    launchSpecifications: [{ ami: unknown }, { ami: "ami-0fff" }],
                }),
            ]),
            [
                "fail fleet launchSpecifications[1].ami",
                "fail template imageId",
                "indeterminate configuration imageId",
                "indeterminate fleet launchSpecifications[0].ami",
                "not-applicable inherits",
                "pass leaves it open",
            ],
        );
    });

    it("passes a running server whose template names the image, and fails one that overrides it", () => {
        const template = resource("aws:ec2/launchTemplate:LaunchTemplate", "template", {
            imageId: "resolve:ssm:/aws/service/ami",
        });
        const launchTemplate = { id: from(template) };
        const running = resource(instance, "server", { launchTemplate });
        const inherits = { ...running, properties: { ...running.properties, ami: id } };
        assert.deepEqual(verdicts(rule, [template, inherits]), ["pass server", "pass template"]);
        const overrides = resource(instance, "server", { launchTemplate, ami: id });
        assert.deepEqual(verdicts(rule, [template, overrides]), [
            "fail server ami",
            "pass template",
        ]);
    });

    const component = "keyward:index:KeyServer";
    const inComponent = (properties: Readonly<Record<string, unknown>>) => {
        const parent = resource(component, "vault", properties, { custom: false });
        return [parent, resource(instance, "server", { ami: id }, { parent: parent.urn })];
    };

    it("takes the public parameter that a KeyServer registers, and no other", () => {
        const imageParameter = "/aws/service/ami-amazon-linux-latest/x";
        assert.deepEqual(verdicts(rule, inComponent({ imageParameter })), ["pass server"]);
        for (const properties of [
            { imageParameter: "/own/parameter" },
            { imageParameter: "" },
            { imageParameter: unknown },
        ]) {
            assert.deepEqual(verdicts(rule, inComponent(properties)), ["fail server ami"]);
        }
    });
});

describe("ami-attestation-fresh", () => {
    const attested = (imageAttestations: readonly string[]) =>
        verdicts(amiAttestationFresh, [server(id)], { parameters: { imageAttestations } });

    for (const [title, attestations, expected] of [
        [
            "passes an image that was attested lately",
            [`${id} keyward 214 2026-10-20`],
            "pass server",
        ],
        ["fails one without attestation", ["ami-0fff keyward 214 2026-10-20"], "fail server ami"],
        ["fails one that is too old", [`${id} keyward 214 2026-09-20`], "fail server ami"],
        ["fails one of a day to come", [`${id} keyward 214 2026-11-20`], "fail server ami"],
        ["fails one without a package count", [`${id} keyward many 2026-10-20`], "fail server ami"],
        [
            "takes the newest of several",
            [`${id} keyward 214 2026-09-20`, `${id} keyward 214 2026-10-20`],
            "pass server",
        ],
    ] as const) {
        it(title, () => {
            assert.deepEqual(attested(attestations), [expected]);
        });
    }

    it("leaves images of pipelines and parameters to others, and says when the id is not known", () => {
        assert.deepEqual(
            [from(built), "resolve:ssm:/aws/service/ami", unknown].flatMap((ami) =>
                verdicts(amiAttestationFresh, [built, server(ami)]),
            ),
            ["pass server", "pass server", "indeterminate server ami"],
        );
    });
});
