import type * as structProto from "google-protobuf/google/protobuf/struct_pb";
import type * as pulumi from "@pulumi/pulumi";
import type * as mocks from "@pulumi/pulumi/runtime/mocks";
import type * as settings from "@pulumi/pulumi/runtime/settings";
import type * as stack from "@pulumi/pulumi/runtime/stack";
import type * as resourceProto from "@pulumi/pulumi/proto/resource_pb";
import type * as providerProto from "@pulumi/pulumi/proto/provider_pb";
import { createRequire } from "node:module";
import { join } from "node:path";

/** The program's own copy of the Pulumi SDK. */
export interface Sdk {
    readonly version: string;
    readonly pulumi: typeof pulumi;
    readonly mocks: typeof mocks;
    /** `awaitFeatureSupport` is stripped from the types of the SDK. */
    readonly settings: typeof settings & { readonly awaitFeatureSupport: () => Promise<void> };
    readonly stack: typeof stack;
    readonly resourceProto: typeof resourceProto;
    readonly providerProto: typeof providerProto;
    readonly structProto: typeof structProto;
}

/** Loads the SDK that a program in this folder gets. Throws when there is none. */
export function loadSdk(folder: string): Sdk {
    const fromProgram = createRequire(join(folder, "program.js"));
    let manifest: string;
    try {
        manifest = fromProgram.resolve("@pulumi/pulumi/package.json");
    } catch {
        throw new Error(
            `no @pulumi/pulumi can be loaded from ${folder}: install the program's packages first (npm install)`,
        );
    }
    const fromSdk = createRequire(manifest);
    return {
        version: (fromSdk("./package.json") as { readonly version: string }).version,
        pulumi: fromSdk("./index.js") as typeof pulumi,
        mocks: fromSdk("./runtime/mocks.js") as typeof mocks,
        settings: fromSdk("./runtime/settings.js") as Sdk["settings"],
        stack: fromSdk("./runtime/stack.js") as typeof stack,
        resourceProto: fromSdk("./proto/resource_pb.js") as typeof resourceProto,
        providerProto: fromSdk("./proto/provider_pb.js") as typeof providerProto,
        structProto: fromSdk("google-protobuf/google/protobuf/struct_pb.js") as typeof structProto,
    };
}
