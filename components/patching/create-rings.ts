import type * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import type { PatchSource } from "../../patching/gate/promotion-request";
import type { KeyServerPatchingArgs } from "../key-server-patching";
import type { Location } from "../location";
import { physicalName, stackPath } from "../names";
import { createInstallDocument } from "./install-document";
import { createInstallWindow } from "./install-window";
import { createListStore } from "./list-store";
import { createProbe } from "./probe";
import { createPromotion, type Promotion } from "./promotion";
import type { PatchRing } from "./rings";
import { amazonsDocument, createWindowRole, ssmArn } from "./roles";
import type { ScanCommand } from "./scan";

/** What was made for the rings. */
export interface Rings {
    /** In the order of the rings. */
    readonly windows: readonly aws.ssm.MaintenanceWindow[];
    readonly lastWindow: aws.ssm.MaintenanceWindow;
    /** Absent for a single ring. */
    readonly promotion?: Promotion;
    /** Path of the promotion's parameters; "" for a single ring. */
    readonly parameterPath: string;
}

/** Windows, documents and roles of the rings, and the promotion between the first and the others. */
export function createRings(
    name: string,
    rings: readonly PatchRing[],
    source: PatchSource,
    scan: ScanCommand,
    args: KeyServerPatchingArgs,
    location: Location,
    parent: pulumi.Resource,
): Rings {
    const [first, ...others] = rings;
    if (first === undefined) {
        throw new Error("there is no ring");
    }
    if (first.role === "all") {
        return { ...createOnlyRing(first, source, args, location, parent), parameterPath: "" };
    }
    const store = createListStore(name, args, location, parent);
    const documents = rings.map(({ resourceName, role }) =>
        createInstallDocument(resourceName, role, source, args, parent),
    );
    const role = createWindowRole(
        `${name}-windows`,
        {
            documents: rings.map(({ resourceName }) =>
                ssmArn("document", physicalName(resourceName, "document"), location),
            ),
            groups: rings.map(({ group }) => group),
        },
        store.pointerArn,
        args,
        location,
        parent,
    );
    const windowOf = (ring: PatchRing, index: number): aws.ssm.MaintenanceWindow =>
        createInstallWindow(
            ring,
            documents[index]?.name ?? "",
            // Systems Manager puts the parameter's value in when the window runs.
            ring.role === "production"
                ? [{ name: "List", values: [`{{ssm:${store.pointerName}}}`] }]
                : [],
            args,
            role,
            parent,
        );
    const canaryWindow = windowOf(first, 0);
    const windows = [canaryWindow, ...others.map((ring, index) => windowOf(ring, index + 1))];
    const probe = createProbe(name, first, args, location, parent);
    const promotion = createPromotion(
        name,
        rings,
        documents,
        store,
        probe,
        source,
        scan,
        canaryWindow,
        args,
        location,
        parent,
    );
    return {
        windows,
        lastWindow: windows.at(-1) ?? canaryWindow,
        promotion,
        parameterPath: `${stackPath()}${name}/patching/`,
    };
}

/** One ring of all servers, which installs what is approved and proves nothing. */
function createOnlyRing(
    ring: PatchRing,
    source: PatchSource,
    args: KeyServerPatchingArgs,
    location: Location,
    parent: pulumi.Resource,
): Pick<Rings, "windows" | "lastWindow"> {
    const { resourceName, role, group } = ring;
    const amazons = "AWS-RunPatchBaseline";
    const own =
        source === "keyward-patch"
            ? createInstallDocument(resourceName, role, source, args, parent)
            : undefined;
    const windowRole = createWindowRole(
        resourceName,
        {
            documents: [
                own === undefined
                    ? amazonsDocument(amazons, location)
                    : ssmArn("document", physicalName(resourceName, "document"), location),
            ],
            groups: [group],
        },
        undefined,
        args,
        location,
        parent,
    );
    const parameters = own === undefined ? amazonsInstallation : [];
    const window = createInstallWindow(
        ring,
        own?.name ?? amazons,
        parameters,
        args,
        windowRole,
        parent,
    );
    return { windows: [window], lastWindow: window };
}

/** What AWS's document is told to do. */
const amazonsInstallation = [
    { name: "Operation", values: ["Install"] },
    { name: "RebootOption", values: ["RebootIfNeeded"] },
];
