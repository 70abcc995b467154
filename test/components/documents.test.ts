import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { acceptedWorkloadIds, workload } from "../../catalog/workloads";
import { namedWorkload } from "../../catalog/workloads/named";
import * as keyward from "../../components";
import { buildAgentConfiguration } from "../../components/server/cloudwatch-agent";
import { record, type RecordedResource } from "../support/monitor";
import { clusterArgs, logGroups, logKeyArn } from "./programs";

interface CommandDocument {
    readonly schemaVersion: string;
    readonly parameters?: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
    readonly mainSteps: readonly {
        readonly action: string;
        readonly name: string;
        readonly precondition?: unknown;
        readonly inputs: Readonly<Record<string, unknown>>;
    }[];
}

/** Source: AWS Systems Manager user guide, "Data elements and parameters" and "Command document plugin reference", schema 2.2. */
const documentKeys = ["description", "mainSteps", "parameters", "schemaVersion"];
const parameterKeys = [
    "allowedPattern",
    "allowedValues",
    "default",
    "description",
    "displayType",
    "maxChars",
    "maxItems",
    "minChars",
    "minItems",
    "type",
];
const stepKeys = ["action", "inputs", "name", "precondition"];
const inputKeys: Readonly<Record<string, readonly string[]>> = {
    "aws:runShellScript": ["onFailure", "runCommand", "timeoutSeconds", "workingDirectory"],
    "aws:runDocument": ["documentParameters", "documentPath", "documentType"],
};

describe("the Command documents of a stack", () => {
    const documents: RecordedResource[] = [];

    before(async () => {
        const { resources } = await record(() => {
            new keyward.KeyServerCluster("vault", clusterArgs);
            // Patched by our own installer.
            new keyward.KeyServerPatching("debian", {
                operatingSystems: ["debian-13"],
                rings: [
                    { name: "canary", servers: ["a"] },
                    { name: "production", servers: ["b"] },
                ],
                workload: "vault",
                listKeyArn: logKeyArn,
                logKeyArn,
                patchLogGroupArn: logGroups.patchLogGroupArn,
            });
        });
        documents.push(
            ...resources.filter(
                ({ inputs, type }) =>
                    type === "aws:ssm/document:Document" && inputs.documentType === "Command",
            ),
        );
    });

    const parsed = ({ inputs }: RecordedResource): CommandDocument =>
        JSON.parse(String(inputs.content)) as CommandDocument;

    it("are those of profile, setup, health and patches", () => {
        assert.deepEqual(
            documents
                .map(({ name }) => name)
                .filter((name) => /profile|setup|probe|canary|production|scan/.test(name))
                .sort(),
            [
                "debian-canary",
                "debian-probe",
                "debian-production",
                "debian-scan",
                "vault-canary",
                "vault-probe",
                "vault-production",
                "vault-profile",
                "vault-setup",
            ],
        );
    });

    it("have the documented elements of schema 2.2 and no others", () => {
        const undocumented: string[] = [];
        const look = (place: string, object: object, known: readonly string[]): void => {
            undocumented.push(
                ...Object.keys(object)
                    .filter((key) => !known.includes(key))
                    .map((key) => `${place}.${key}`),
            );
        };
        for (const document of documents) {
            const content = parsed(document);
            assert.equal(content.schemaVersion, "2.2", document.name);
            look(document.name, content, documentKeys);
            for (const [name, parameter] of Object.entries(content.parameters ?? {})) {
                assert.match(name, /^[A-Za-z0-9]+$/);
                look(`${document.name}.${name}`, parameter, parameterKeys);
                assert.match(
                    String(parameter.type),
                    /^(String|StringList|Integer|Boolean|MapList|StringMap)$/,
                );
            }
            for (const step of content.mainSteps) {
                const known = inputKeys[step.action];
                assert.ok(known !== undefined, `${document.name}: ${step.action}`);
                assert.match(step.name, /^[a-zA-Z0-9_.-]{1,128}$/);
                look(`${document.name}.${step.name}`, step, stepKeys);
                look(`${document.name}.${step.name}.inputs`, step.inputs, known);
            }
        }
        assert.deepEqual(undocumented, []);
    });

    it("ask for declared parameters only, and fit what Systems Manager takes", () => {
        for (const document of documents) {
            const { mainSteps, parameters = {} } = parsed(document);
            const asked = [...JSON.stringify(mainSteps).matchAll(/\{\{ *([A-Za-z0-9]+) *\}\}/g)];
            assert.deepEqual(
                asked.map(([, name]) => name ?? "").filter((name) => !(name in parameters)),
                [],
                document.name,
            );
            assert.ok(Buffer.byteLength(String(document.inputs.content)) <= 65_536, document.name);
        }
    });

    it("run shell scripts that a shell can read, within two days", () => {
        let scripts = 0;
        for (const document of documents) {
            for (const { action, inputs, name } of parsed(document).mainSteps) {
                if (action !== "aws:runShellScript") {
                    continue;
                }
                const lines = inputs.runCommand as readonly string[];
                const { status, stderr } = spawnSync("sh", ["-n"], {
                    input: lines.join("\n"),
                    encoding: "utf8",
                });
                assert.deepEqual([status, stderr], [0, ""], `${document.name} ${name}`);
                const seconds = Number(inputs.timeoutSeconds ?? 3600);
                assert.ok(seconds >= 1 && seconds <= 172_800, `${document.name} ${name}`);
                scripts += 1;
            }
        }
        assert.ok(scripts >= 5, String(scripts));
    });

    it("run the setup of the server that they find themselves on, and on no other", () => {
        const setup = documents.find(({ name }) => name === "vault-setup");
        assert.ok(setup !== undefined);
        const [step] = parsed(setup).mainSteps;
        const script = (step?.inputs.runCommand as readonly string[]).join("\n");
        const run = (node: string): ReturnType<typeof spawnSync> =>
            spawnSync(
                "sh",
                [
                    "-c",
                    script
                        .replace("$(cat /etc/keyward/node)", node)
                        .replaceAll("exec /usr/local/sbin/keyward-fetch", "echo"),
                ],
                { encoding: "utf8" },
            );
        assert.match(
            String(run("server-2.vault.internal").stdout),
            /^[0-9a-f]{64} kms-test-vault-bundles-\S+ bundles\/[0-9a-f]{64} apply\n$/,
        );
        const keys = [1, 2, 3].map((node) => String(run(`server-${node}.vault.internal`).stdout));
        assert.equal(new Set(keys).size, 3);
        assert.deepEqual(
            [run("server-4.vault.internal").status, run("server-4.vault.internal").stdout],
            [1, ""],
        );
    });
});

type Shape = { readonly [key: string]: Shape | true };

const logEntry: Shape = {
    file_path: true,
    filters: true,
    log_group_class: true,
    log_group_name: true,
    log_stream_name: true,
    timezone: true,
};

/**
 * Keys of the CloudWatch agent's configuration that Keyward uses or may use. Source: Amazon CloudWatch user guide, "Manually create or edit the
 * CloudWatch agent configuration file", and the journald section of the agent from 1.300070.0 on.
 */
const documented: Shape = {
    agent: {
        metrics_collection_interval: true,
        region: true,
        run_as_user: true,
        logfile: true,
        debug: true,
    },
    logs: {
        logs_collected: {
            files: { collect_list: logEntry },
            journald: {
                collect_list: {
                    filters: true,
                    log_group_class: true,
                    log_group_name: true,
                    log_stream_name: true,
                    matches: true,
                    priority: true,
                    units: true,
                },
            },
        },
        log_stream_name: true,
        force_flush_interval: true,
    },
    metrics: {
        namespace: true,
        append_dimensions: { InstanceId: true, ImageId: true, InstanceType: true },
        aggregation_dimensions: true,
        metrics_collected: {
            disk: { measurement: true, resources: true, drop_device: true },
            mem: { measurement: true },
        },
    },
};

/** Paths of keys that are not in the shape; lists are looked into. */
function unknownKeys(value: unknown, shape: Shape | true, place = ""): readonly string[] {
    if (shape === true || typeof value !== "object" || value === null) {
        return [];
    }
    if (Array.isArray(value)) {
        return value.flatMap((entry) => unknownKeys(entry, shape, `${place}[]`));
    }
    return Object.entries(value).flatMap(([key, entry]) => {
        const known = shape[key];
        const path = place === "" ? key : `${place}.${key}`;
        return known === undefined ? [path] : unknownKeys(entry, known, path);
    });
}

describe("the configuration of the CloudWatch agent", () => {
    for (const id of acceptedWorkloadIds) {
        it(`of ${id} has documented keys only`, () => {
            const software = namedWorkload(workload(id), { user: "kms", unit: "kms.service" });
            const configuration = buildAgentConfiguration(software, {
                system: "/k/system",
                security: "/k/security",
                application: "/k/application",
            });
            assert.deepEqual(unknownKeys(configuration, documented), []);
            assert.match(JSON.stringify(configuration), /"log_group_name":"\/k\/application"/);
        });
    }

    it("would not have with retention, which needs rights that a server must not have", () => {
        const retained = {
            logs: {
                logs_collected: {
                    journald: { collect_list: [{ log_group_name: "x", retention_in_days: 1 }] },
                },
            },
        };
        assert.deepEqual(unknownKeys(retained, documented), [
            "logs.logs_collected.journald.collect_list[].retention_in_days",
        ]);
    });
});
