import { stringify } from "yaml";
import { hostScriptPath, unpackLines } from "./delivery";

/**
 * EC2 Image Builder component: the build phase applies the profile, the validate phase demands a clean audit of the builder, the test
 * phase of an instance that was started from the image. Longer than the API takes inline: it is given by its S3 address.
 */
export function renderImageComponent(script: string): string {
    const step = (
        name: string,
        commands: readonly string[],
    ): Readonly<Record<string, unknown>> => ({
        name,
        action: "ExecuteBash",
        timeoutSeconds: 3600,
        inputs: { commands },
    });
    const audit = (name: string): Readonly<Record<string, unknown>> =>
        step(name, [`${hostScriptPath} audit`]);
    return stringify(
        {
            name: "keyward-host-profile",
            description: "Hardens a key server and audits it",
            schemaVersion: 1,
            phases: [
                {
                    name: "build",
                    steps: [
                        step("LayDown", [unpackLines(hostScriptPath, script).join("\n")]),
                        step("Apply", [`${hostScriptPath} apply`]),
                        {
                            name: "Reboot",
                            action: "Reboot",
                            maxAttempts: 1,
                            inputs: { delaySeconds: 10 },
                        },
                    ],
                },
                { name: "validate", steps: [audit("AuditBuilder")] },
                // The instance under test has an identity of its own: host keys and machine id are made anew first.
                {
                    name: "test",
                    steps: [step("Apply", [`${hostScriptPath} apply`]), audit("AuditInstance")],
                },
            ],
        },
        { lineWidth: 0 },
    );
}
