import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import * as keyward from "../../../components";
import { record, unknown, type RecordedResource } from "../../support/monitor";
import { clusterArgs, logGroups, logKeyArn } from "../programs";
import { isAllowed, type Asked } from "./simulate-role";

const listKeyArn = "arn:aws:kms:eu-central-1:111122223333:key/secrets";
const ringArgs: keyward.KeyServerPatchingArgs = {
    rings: [
        { name: "canary", servers: ["vault-1"] },
        { name: "production", servers: ["vault-2", "vault-3"] },
    ],
    workload: "vault",
    listKeyArn,
    logKeyArn,
    patchLogGroupArn: logGroups.patchLogGroupArn,
    notificationTopicArn: "arn:aws:sns:eu-central-1:111122223333:alarms",
};

async function deployed(
    changes: Partial<keyward.KeyServerPatchingArgs> = {},
    preview = false,
): Promise<readonly RecordedResource[]> {
    const program = (): unknown =>
        new keyward.KeyServerPatching("vault", { ...ringArgs, ...changes });
    return (await record(program, { preview })).resources;
}

async function refusals(
    changes: Partial<keyward.KeyServerPatchingArgs>,
): Promise<Record<string, string>> {
    try {
        await deployed(changes);
    } catch (error) {
        assert.ok(pulumi.InputPropertiesError.isInstance(error), String(error));
        return Object.fromEntries(
            error.errors.map(({ propertyPath, reason }) => [propertyPath, reason]),
        );
    }
    return {};
}

function inputsOf(
    resources: readonly RecordedResource[],
    type: string,
    name: string,
): Record<string, unknown> {
    const found = resources.find((one) => one.type === type && one.name === name);
    assert.ok(found, `${type} ${name} is not there`);
    return found.inputs;
}

interface Step {
    readonly name: string;
    readonly action: string;
    readonly nextStep?: string;
    readonly isEnd?: boolean;
    readonly inputs: Record<string, unknown>;
}

function stepsOf(resources: readonly RecordedResource[], document: string): readonly Step[] {
    const { content } = inputsOf(resources, "aws:ssm/document:Document", document);
    return (JSON.parse(String(content)) as { mainSteps: Step[] }).mainSteps;
}

describe("patching in rings", () => {
    let resources: readonly RecordedResource[];

    before(async () => {
        resources = await deployed();
    });

    it("patches the canary on Sundays and production on Tuesdays, one server after the other", () => {
        const window = "aws:ssm/maintenanceWindow:MaintenanceWindow";
        const task = "aws:ssm/maintenanceWindowTask:MaintenanceWindowTask";
        for (const [ring, schedule] of [
            ["vault-canary", "cron(0 3 ? * SUN *)"],
            ["vault-production", "cron(0 3 ? * TUE *)"],
        ] as const) {
            const inputs = inputsOf(resources, window, ring);
            assert.equal(inputs["schedule"], schedule);
            assert.equal(inputs["scheduleTimezone"], "Etc/UTC");
            const { maxConcurrency, maxErrors, cutoffBehavior } = inputsOf(resources, task, ring);
            assert.deepEqual(
                [maxConcurrency, maxErrors, cutoffBehavior],
                ["1", "0", "CANCEL_TASK"],
            );
        }
    });

    it("tells each server its patch group", async () => {
        const { outputs } = await record(() => new keyward.KeyServerPatching("vault", ringArgs));
        assert.deepEqual(outputs["keyward:index:KeyServerPatching::vault"]?.["serverPatchGroups"], {
            "vault-1": "kms-test-vault-canary-11a242dd",
            "vault-2": groupOf(resources),
            "vault-3": groupOf(resources),
        });
    });

    it("lets production install the promoted list and nothing else", () => {
        const steps = stepsOf(resources, "vault-production");
        assert.deepEqual(
            steps.map(({ name, action }) => `${name} ${action}`),
            [
                "verifyList aws:runShellScript",
                "drain aws:runShellScript",
                "install aws:runDocument",
                "health aws:runShellScript",
                "remember aws:runShellScript",
            ],
        );
        assert.deepEqual(steps[2]?.inputs, {
            documentType: "SSMDocument",
            documentPath: "AWS-RunPatchBaseline",
            documentParameters: {
                Operation: "Install",
                RebootOption: "RebootIfNeeded",
                InstallOverrideList: "{{ List }}",
            },
        });
    });

    it("lets the canary install what the baseline approves, without a list", () => {
        const steps = stepsOf(resources, "vault-canary");
        assert.deepEqual(
            steps.map(({ name }) => name),
            ["drain", "install", "health"],
        );
        assert.equal(JSON.stringify(steps).includes("InstallOverrideList"), false);
    });

    it("leaves the pointer, the hold and the decision to those who change them", () => {
        const parameters = resources.filter(({ type }) => type === "aws:ssm/parameter:Parameter");
        assert.deepEqual(
            parameters.map(({ inputs, ignoreChanges }) => [inputs["name"], ignoreChanges]),
            [
                ["/keyward/kms/test/vault/patching/promoted", ["value"]],
                ["/keyward/kms/test/vault/patching/hold", ["value"]],
                ["/keyward/kms/test/vault/patching/decision", ["value"]],
            ],
        );
    });

    for (const name of ["vault-promotion", "vault-emergency"]) {
        it(`writes ${name} so that every step is reached and every branch leads somewhere`, () => {
            const steps = stepsOf(resources, name);
            const names = steps.map((step) => step.name);
            assert.equal(new Set(names).size, names.length);
            assert.ok(names.length <= 100, "Automation takes 100 steps");
            const reached = new Set<string>();
            const waiting = names.slice(0, 1);
            for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
                const index = names.indexOf(next);
                assert.notEqual(index, -1, `${next} does not exist`);
                if (!reached.has(next)) {
                    reached.add(next);
                    waiting.push(...followers(steps, index));
                }
            }
            assert.deepEqual([...reached].sort(), [...names].sort());
        });
    }

    it("waits for the soak before it asks", () => {
        const [soak, decide] = stepsOf(resources, "vault-promotion");
        assert.deepEqual(soak?.inputs, { Duration: "PT24H" });
        assert.equal(decide?.action, "aws:invokeLambdaFunction");
    });

    it("chains pauses for a soak longer than one pause may be", async () => {
        const steps = stepsOf(
            await deployed({
                soakHours: 200,
                rings: [
                    { name: "canary", servers: ["vault-1"], schedule: "cron(0 3 1 * ? *)" },
                    { name: "production", servers: ["vault-2"], schedule: "cron(0 3 14 * ? *)" },
                ],
            }),
            "vault-promotion",
        );
        assert.deepEqual(
            steps.slice(0, 2).map(({ inputs }) => inputs["Duration"]),
            ["PT168H", "PT32H"],
        );
    });

    it("starts the promotion when the canary's window ends, whatever its result", () => {
        const { eventPattern } = inputsOf(
            resources,
            "aws:cloudwatch/eventRule:EventRule",
            "vault-window-ended",
        );
        const { detail } = JSON.parse(String(eventPattern)) as {
            detail: Record<string, readonly string[]>;
        };
        assert.deepEqual(detail["window-id"], ["vault-canary-id"]);
        assert.ok(detail["status"]?.includes("TIMED_OUT"));
    });

    it("tells nobody when no topic is given", async () => {
        const targets = (await deployed({ notificationTopicArn: undefined })).filter(
            ({ type }) => type === "aws:cloudwatch/eventTarget:EventTarget",
        );
        assert.deepEqual(targets.map(({ name }) => name).sort(), [
            "vault-probe",
            "vault-window-ended",
        ]);
    });

    it("knows policies and documents at preview", async () => {
        const open = (await deployed({}, true)).flatMap(({ name, inputs }) =>
            ["policy", "assumeRolePolicy", "content"]
                .filter((property) => inputs[property] === unknown)
                .map((property) => `${name} ${property}`),
        );
        assert.deepEqual(open, []);
    });

    const account = "111122223333";
    const at = (service: string, rest: string): string =>
        `arn:aws:${service}:eu-central-1:${account}:${rest}`;
    const document = (name: string): string => at("ssm", `document/kms-test-vault-${name}`);
    const canaryTag = { "ssm:resourceTag/PatchGroup": "kms-test-vault-canary-11a242dd" };
    const pointer = at("ssm", "parameter/keyward/kms/test/vault/patching/promoted");
    const hold = at("ssm", "parameter/keyward/kms/test/vault/patching/hold");
    const lists = "arn:aws:s3:::kms-test-vault-patch-lists-74f6d41b-111122223333";
    const asked: readonly (readonly [string, Asked, boolean])[] = [
        [
            "vault-windows",
            { action: "ssm:SendCommand", resource: document("canary-11a242dd") },
            true,
        ],
        [
            "vault-windows",
            {
                action: "ssm:SendCommand",
                resource: document("other"),
            },
            false,
        ],
        [
            "vault-windows",
            { action: "ssm:SendCommand", resource: at("ec2", "instance/i-0a"), context: canaryTag },
            true,
        ],
        [
            "vault-windows",
            {
                action: "ssm:SendCommand",
                resource: at("ec2", "instance/i-0b"),
                context: { "ssm:resourceTag/PatchGroup": "other" },
            },
            false,
        ],
        ["vault-windows", { action: "ssm:GetParameters", resource: pointer }, true],
        ["vault-windows", { action: "ssm:PutParameter", resource: pointer }, false],
        ["vault-promotion-decider", { action: "ssm:PutParameter", resource: pointer }, true],
        ["vault-promotion-decider", { action: "ssm:PutParameter", resource: hold }, false],
        [
            "vault-promotion-decider",
            { action: "s3:PutObject", resource: `${lists}/lists/00000001-a.yaml` },
            true,
        ],
        ["vault-promotion-decider", { action: "s3:PutObject", resource: `${lists}/other` }, false],
        [
            "vault-promotion-decider",
            { action: "s3:DeleteObject", resource: `${lists}/lists/00000001-a.yaml` },
            false,
        ],
        [
            "vault-promotion-decider",
            {
                action: "kms:GenerateDataKey",
                resource: listKeyArn,
                context: {
                    "kms:ViaService": "s3.eu-central-1.amazonaws.com",
                    "kms:EncryptionContext:aws:s3:arn": lists,
                },
            },
            true,
        ],
        [
            "vault-promotion-decider",
            {
                action: "kms:Decrypt",
                resource: listKeyArn,
                context: {
                    "kms:ViaService": "s3.eu-central-1.amazonaws.com",
                    "kms:EncryptionContext:aws:s3:arn": "arn:aws:s3:::another-bucket",
                },
            },
            false,
        ],
        [
            "vault-promotion-decider",
            {
                action: "kms:GenerateDataKey",
                resource: listKeyArn,
                context: {
                    "kms:ViaService": "ec2.eu-central-1.amazonaws.com",
                    "kms:EncryptionContext:aws:s3:arn": lists,
                },
            },
            false,
        ],
        [
            "vault-promotion-decider",
            { action: "ssm:SendCommand", resource: document("canary-11a242dd") },
            false,
        ],
        [
            "vault-promotion",
            { action: "events:PutEvents", resource: at("events", "event-bus/default") },
            true,
        ],
        ["vault-promotion", { action: "ssm:PutParameter", resource: pointer }, false],
        [
            "vault-promotion",
            { action: "lambda:InvokeFunction", resource: at("lambda", "function:other") },
            false,
        ],
        [
            "vault-probe",
            { action: "ssm:SendCommand", resource: document("production-c517e7a6") },
            false,
        ],
        ["vault-probe", { action: "ssm:SendCommand", resource: document("probe-ed474611") }, true],
        [
            "vault-window-ended",
            {
                action: "iam:PassRole",
                resource: `arn:aws:iam::${account}:role/keyward/kms/test/other`,
                context: { "iam:PassedToService": "ssm.amazonaws.com" },
            },
            false,
        ],
    ];
    for (const [role, request, expected] of asked) {
        it(`${expected ? "lets" : "does not let"} the role ${role} call ${request.action} on ${request.resource.slice(8)}`, async () => {
            assert.equal(await isAllowed(resources, role, request), expected);
        });
    }

    it("lets every role do what it is for, on resources that are made under these names", async () => {
        const nameOf = (type: string, name: string): string =>
            String(inputsOf(resources, type, name)["name"]);
        const promotion = nameOf("aws:ssm/document:Document", "vault-promotion");
        const decider = nameOf("aws:lambda/function:Function", "vault-promotion-decider");
        const group = String(
            inputsOf(resources, "aws:cloudwatch/logGroup:LogGroup", "vault-promotion-decider")[
                "name"
            ],
        );
        const promotionRole = nameOf("aws:iam/role:Role", "vault-promotion");
        const decision = pointer.replace("promoted", "decision");
        for (const [role, action, resource, context] of [
            [
                "vault-window-ended",
                "ssm:StartAutomationExecution",
                at("ssm", `automation-definition/${promotion}:$DEFAULT`),
            ],
            [
                "vault-window-ended",
                "iam:PassRole",
                `arn:aws:iam::${account}:role/keyward/kms/test/${promotionRole}`,
                { "iam:PassedToService": "ssm.amazonaws.com" },
            ],
            ["vault-promotion", "lambda:InvokeFunction", at("lambda", `function:${decider}`)],
            ["vault-promotion", "ssm:GetParameter", decision],
            ["vault-promotion", "ssm:SendCommand", document("production-c517e7a6")],
            ["vault-promotion", "ssm:SendCommand", at("ec2", "instance/i-0a"), canaryTag],
            ["vault-promotion-decider", "ssm:DescribeInstancePatches", at("ec2", "instance/i-0a")],
            ["vault-promotion-decider", "ssm:ListComplianceItems", "*"],
            ["vault-promotion-decider", "ssm:GetParameters", hold],
            ["vault-promotion-decider", "ssm:PutParameter", decision],
            [
                "vault-promotion-decider",
                "logs:PutLogEvents",
                at("logs", `log-group:${group}:log-stream:a`),
            ],
            ["vault-probe", "ssm:SendCommand", at("ec2", "instance/i-0a"), canaryTag],
        ] as const) {
            const allowed = await isAllowed(resources, role, { action, resource, context });
            assert.equal(allowed, true, `${role} may not call ${action} on ${resource}`);
        }
        const { policy } = inputsOf(resources, "aws:iam/rolePolicy:RolePolicy", "vault-promotion");
        // The simulator knows no ARN without an account, as those of AWS's documents are.
        assert.match(String(policy), /"arn:aws:ssm:eu-central-1::document\/AWS-RunPatchBaseline"/);
    });

    it("lets servers read lists and nobody else, and nothing beside lists", () => {
        const { policy } = inputsOf(
            resources,
            "aws:s3/bucketPolicy:BucketPolicy",
            "vault-patch-lists",
        );
        const { Statement } = JSON.parse(String(policy)) as {
            Statement: { Sid: string; Effect: string }[];
        };
        assert.deepEqual(
            Statement.filter(({ Effect }) => Effect === "Allow"),
            [
                {
                    Sid: "ServersReadLists",
                    Effect: "Allow",
                    Principal: "*",
                    Action: "s3:GetObject",
                    Resource: `${lists}/lists/*`,
                    Condition: {
                        StringEquals: { "aws:PrincipalAccount": account },
                        ArnLike: {
                            "aws:PrincipalArn": `arn:aws:iam::${account}:role/keyward/kms/test/servers/*`,
                        },
                    },
                },
            ],
        );
    });
});

describe("the patching of a cluster", () => {
    async function outputsOf(
        changes: Partial<keyward.KeyServerClusterArgs>,
    ): Promise<readonly unknown[]> {
        const { outputs } = await record(
            () => new keyward.KeyServerCluster("kms", { ...clusterArgs, ...changes }),
        );
        const { patchParameterPath, emergencyDocumentName } =
            outputs["keyward:index:KeyServerCluster::kms"] ?? {};
        return [patchParameterPath, emergencyDocumentName];
    }

    it("tells what the commands of a held ring and of an emergency ask for", async () => {
        const [path, document] = await outputsOf({ patchGroup: undefined });
        assert.equal(path, "/keyward/kms/test/kms/patching/");
        assert.match(String(document), /^kms-test-kms-emergency-[0-9a-f]{8}$/);
    });

    it("tells nothing where somebody else patches", async () => {
        assert.deepEqual(await outputsOf({ patchGroup: "others" }), ["", ""]);
    });
});

describe("rings of systems that Patch Manager lacks", () => {
    for (const operatingSystem of ["debian-13", "ubuntu-24.04"]) {
        describe(operatingSystem, () => {
            let resources: readonly RecordedResource[];
            const document = (name: string): string =>
                `arn:aws:ssm:eu-central-1:111122223333:document/kms-test-vault-${name}`;

            before(async () => {
                resources = await deployed({ operatingSystems: [operatingSystem] });
            });

            it("have no baseline, which nothing would read", () => {
                const types = new Set(resources.map(({ type }) => type));
                assert.equal(types.has("aws:ssm/patchBaseline:PatchBaseline"), false);
                assert.equal(types.has("aws:ssm/patchGroup:PatchGroup"), false);
            });

            it("are upgraded on the canary and get the promoted list in production, without AWS's documents", () => {
                const runs = (ring: string): string =>
                    JSON.stringify(stepsOf(resources, ring).find(({ name }) => name === "install"));
                assert.match(runs("vault-canary"), /keyward-patch upgrade/);
                assert.doesNotMatch(runs("vault-canary"), /keyward-patch install/);
                assert.match(runs("vault-production"), /keyward-patch install/);
                assert.doesNotMatch(runs("vault-production"), /keyward-patch upgrade/);
                const named = resources
                    .filter(({ name }) => name !== "vault-scan")
                    .map(({ inputs }) => JSON.stringify(inputs));
                assert.equal(
                    named.some((text) => text.includes("AWS-RunPatchBaseline")),
                    false,
                );
            });

            it("are scanned daily by our own document in a pinned version", () => {
                const { name, documentVersion, parameters } = inputsOf(
                    resources,
                    "aws:ssm/association:Association",
                    "vault-scan",
                );
                assert.deepEqual(
                    [name, documentVersion, parameters],
                    ["kms-test-vault-scan-b9f56057", "1", undefined],
                );
                const [scan] = stepsOf(resources, "vault-scan");
                assert.match(JSON.stringify(scan), /keyward-patch scan >/);
            });

            it("are judged by what that scan published", () => {
                const { environment } = inputsOf(
                    resources,
                    "aws:lambda/function:Function",
                    "vault-promotion-decider",
                );
                const { variables } = environment as { variables: Record<string, string> };
                assert.equal(variables["KEYWARD_PATCH_SOURCE"], "keyward-patch");
                const { eventPattern } = inputsOf(
                    resources,
                    "aws:cloudwatch/eventRule:EventRule",
                    "vault-compliance",
                );
                assert.match(String(eventPattern), /"compliance-type":\["Custom:KeywardPatches"\]/);
            });

            it("are scanned in an emergency before the decision, and by nothing else", async () => {
                const scan = stepsOf(resources, "vault-emergency").find(
                    ({ name }) => name === "scan",
                );
                assert.equal(scan?.inputs["DocumentName"], "kms-test-vault-scan-b9f56057");
                assert.deepEqual(scan.inputs["Parameters"], {});
                assert.equal(
                    await isAllowed(resources, "vault-promotion", {
                        action: "ssm:SendCommand",
                        resource: document("scan-b9f56057"),
                    }),
                    true,
                );
                const { policy } = inputsOf(
                    resources,
                    "aws:iam/rolePolicy:RolePolicy",
                    "vault-promotion",
                );
                assert.doesNotMatch(String(policy), /AWS-RunPatchBaseline/);
            });
        });
    }

    it("work for all servers in one window too", async () => {
        const resources = await deployed({ operatingSystems: ["debian-13"], rings: undefined });
        const [install] = stepsOf(resources, "vault-install").filter(
            ({ name }) => name === "install",
        );
        assert.match(JSON.stringify(install), /keyward-patch upgrade/);
        const task = inputsOf(
            resources,
            "aws:ssm/maintenanceWindowTask:MaintenanceWindowTask",
            "vault-install",
        );
        assert.match(String(task["taskArn"]), /^kms-test-vault-install-/);
    });
});

describe("rings that are refused", () => {
    const ring = (
        name: string,
        servers: string[],
        schedule?: string,
    ): keyward.KeyServerPatchRingArgs => ({ name, servers, schedule });
    for (const [title, changes, path, reason] of [
        [
            "a ring without servers",
            { rings: [ring("canary", []), ring("production", ["b"])] },
            "rings[0].servers",
            /must have at least one server/,
        ],
        [
            "a server in two rings",
            { rings: [ring("canary", ["a"]), ring("production", ["a", "b"])] },
            "rings[1].servers[0]",
            /must be in one ring only, it is in canary and in production/,
        ],
        [
            "a canary that is the whole cluster",
            { rings: [ring("canary", ["a", "b", "c"])] },
            "rings",
            /a canary that is the whole cluster proves nothing/,
        ],
        [
            "a window before the soak ends",
            { rings: [ring("canary", ["a"]), ring("production", ["b"], "cron(0 9 ? * SUN *)")] },
            "rings[1].schedule",
            /must not run between the canary's window and the end of its soak/,
        ],
        [
            "a window that never comes",
            { rings: [ring("canary", ["a"], "cron(0 3 31 2 ? *)"), ring("production", ["b"])] },
            "rings[0].schedule",
            /never comes/,
        ],
        [
            "a window in the hour of a clock change",
            {
                timeZone: "Europe/Berlin",
                rings: [ring("canary", ["a"], "cron(30 2 ? * SUN *)"), ring("production", ["b"])],
            },
            "rings[0].schedule",
            /a time that a clock change skips or shows twice/,
        ],
        [
            "production rings in the wrong order",
            {
                rings: [
                    ring("canary", ["a"]),
                    ring("one", ["b"], "cron(0 3 ? * THU *)"),
                    ring("two", ["c"], "cron(0 3 ? * TUE *)"),
                ],
            },
            "rings[2].schedule",
            /must run after ring one has ended/,
        ],
        [
            "two rings of one name",
            { rings: [ring("canary", ["a"]), ring("canary", ["b"])] },
            "rings[1].name",
            /no other ring's, got "canary"/,
        ],
        [
            "a fourth ring without a schedule",
            { rings: ["a", "b", "c", "d"].map((name) => ring(name, [name])) },
            "rings[3].schedule",
            /only the first 3 rings have a default/,
        ],
        [
            "no key for the lists",
            { listKeyArn: undefined },
            "listKeyArn",
            /must be given together with rings/,
        ],
        [
            "a schedule of a single ring beside rings",
            { installSchedule: "cron(0 3 ? * SUN *)" },
            "installSchedule",
            /must not be given together with rings/,
        ],
        [
            "two systems in one promotion",
            { operatingSystems: ["amazon-linux-2023", "debian-12"] },
            "operatingSystems",
            /must name one system only together with rings, because a promoted list pins the packages of one/,
        ],
        [
            "systems that are patched in two ways",
            {
                rings: undefined,
                operatingSystems: ["debian-12", "debian-13"],
            },
            "operatingSystems",
            /must all be patched in one way/,
        ],
        ["an unknown workload", { workload: "valut" }, "workload", /got "valut"/],
        ["too short a soak", { soakHours: 1 }, "soakHours", /NIST SP 800-53/],
    ] as const) {
        it(`names ${title}`, async () => {
            const refused = await refusals(changes as Partial<keyward.KeyServerPatchingArgs>);
            assert.deepEqual(Object.keys(refused), [path]);
            assert.match(refused[path] ?? "", reason);
        });
    }
});

function groupOf(resources: readonly RecordedResource[]): unknown {
    const group = inputsOf(
        resources,
        "aws:ssm/patchGroup:PatchGroup",
        "vault-production-amazon-linux-2023",
    );
    return group["patchGroup"];
}

function followers(steps: readonly Step[], index: number): readonly string[] {
    const step = steps[index];
    if (step === undefined || step.isEnd === true) {
        return [];
    }
    if (step.action === "aws:branch") {
        const { Choices, Default } = step.inputs as {
            Choices: { NextStep: string }[];
            Default: string;
        };
        return [...Choices.map(({ NextStep }) => NextStep), Default];
    }
    const next = step.nextStep ?? steps[index + 1]?.name;
    return next === undefined ? [] : [next];
}
