import { PutObjectCommand, type S3Client } from "@aws-sdk/client-s3";
import { GetParametersCommand, PutParameterCommand, type SSMClient } from "@aws-sdk/client-ssm";
import type { InstallOverrideList } from "../../patching/gate/install-override-list";

/** Reads parameters by name. Throws when one is missing: without it nobody knows what was promoted or held. */
export async function readParameters(
    ssm: SSMClient,
    names: readonly string[],
): Promise<readonly string[]> {
    const answer = await ssm.send(new GetParametersCommand({ Names: [...names] }));
    return names.map((name) => {
        const value = answer.Parameters?.find((found) => found.Name === name)?.Value;
        if (value === undefined) {
            throw new Error(`the parameter ${name} does not exist`);
        }
        return value;
    });
}

export async function writeParameter(ssm: SSMClient, name: string, value: string): Promise<void> {
    await ssm.send(new PutParameterCommand({ Name: name, Value: value, Overwrite: true }));
}

/** Writes a list under its own hash. It never overwrites one: what lies there under that key already is the same. */
export async function storeList(
    s3: S3Client,
    bucket: string,
    keyArn: string,
    list: InstallOverrideList,
): Promise<void> {
    try {
        await s3.send(
            new PutObjectCommand({
                Bucket: bucket,
                Key: list.key,
                Body: list.text,
                ContentType: "application/yaml",
                ServerSideEncryption: "aws:kms",
                SSEKMSKeyId: keyArn,
                IfNoneMatch: "*",
            }),
        );
    } catch (error) {
        if ((error as Error).name !== "PreconditionFailed") {
            throw error;
        }
    }
}
