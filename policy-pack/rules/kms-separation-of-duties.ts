import type { Way } from "../../aws/iam/ways";
import { covers } from "../../aws/iam/coverage";
import { customerKeyTypes, TypeToken } from "../../aws/type-tokens";
import type { Access } from "../exposure/access";
import { accessToKeys } from "../exposure/access-paths";
import { holdersOf } from "../exposure/principals";
import { serverHolders } from "../exposure/server-holders";
import { unreadPermissions } from "../exposure/unread-permissions";
import type { RegisteredResource } from "../graph/resource";
import { homePlace } from "../reading/accounts";
import { holderArn } from "../reading/holder-arns";
import { identityPolicyReads } from "../reading/identity-policies";
import { keyPolicyOf } from "../reading/key-policies";
import { label } from "../reading/labels";
import { failed, settle, undecided } from "../reading/observations";
import { attachmentReads } from "../reading/policy-attachments";
import { isHidden } from "../reading/statements";
import type { Observation, Rule, RuleContext } from "./rule";

/** Whoever may do one of these decides about a key. */
const administration = new Set(["kms:DisableKey", "kms:PutKeyPolicy", "kms:ScheduleKeyDeletion"]);
const use = "kms:Decrypt";
/** Whoever grants uses to whom he likes can use the key; grants to services of AWS, for their resources, are needed to launch servers. */
const grant = "kms:CreateGrant";

/** Nobody both administers a key and uses it, and what servers unseal with is used by servers alone. */
export const kmsSeparationOfDuties: Rule = {
    name: "kms-separation-of-duties",
    reads: [
        ...new Set([
            ...customerKeyTypes,
            TypeToken.KmsKeyPolicy,
            TypeToken.KmsGrant,
            ...identityPolicyReads,
            ...attachmentReads,
        ]),
    ],
    *judge(context) {
        const { graph, scope } = context;
        const keys = graph.ofType(...customerKeyTypes).filter((key) => scope.includes(key));
        if (keys.length === 0) {
            return;
        }
        const theirs = new Map<RegisteredResource, Access[]>(keys.map((key) => [key, []]));
        for (const access of accessToKeys(graph, scope)) {
            theirs.get(access.target)?.push(access);
        }
        const isServer = serverTest(context);
        for (const [key, access] of theirs) {
            yield* settle(key, [
                ...judgeUnread(context, key),
                ...judgeBoth(key, access),
                ...judgeUnsealing(key, access, isServer),
            ]);
        }
        for (const holder of holdersOf(graph).filter(({ resource }) => scope.includes(resource))) {
            yield* unreadPermissions(
                holder,
                "whether it both administers and uses keys is not known",
            );
        }
    },
};

function judgeUnread({ graph }: RuleContext, key: RegisteredResource): readonly Observation[] {
    const policy = keyPolicyOf(graph, key);
    if (policy === undefined) {
        const message = `${label(key)} states no policy: the one that AWS KMS gives it leaves administration and use to the account together`;
        return [failed(key, ["policy"], message)];
    }
    return isHidden(policy.document)
        ? [
              undecided(
                  policy.resource,
                  policy.path,
                  `the policy of ${label(key)} is not known before deployment`,
              ),
          ]
        : [];
}

/** Principals that may do both without a service of AWS in between. */
function judgeBoth(key: RegisteredResource, access: readonly Access[]): readonly Observation[] {
    const principals = new Map<string, Access[]>();
    for (const each of access.filter(({ action }) => action !== "*")) {
        const list = principals.get(each.principal) ?? [];
        principals.set(each.principal, list);
        list.push(each);
    }
    return [...principals.values()].flatMap((own) => {
        const administers = own.filter(({ action }) => administration.has(action));
        const uses = [
            ...own.filter(
                (each) => each.action === use && (isOpen(each) || each.ways.some(isDirect)),
            ),
            ...own.filter(({ action, ways }) => action === grant && ways.some(isFreeGrant)),
        ];
        const [first] = uses;
        if (first === undefined || administers.length === 0) {
            return [];
        }
        const both = [...administers, first];
        const who = first.holder === undefined ? first.principal : label(first.holder);
        const actions = both.map(({ action }) => action).join(", ");
        const through = first.chain.join(" ← ");
        return both.some(isOpen)
            ? [
                  undecided(
                      key,
                      [],
                      `whether ${who} may both administer and use the key (${actions}) depends on ${both.find(isOpen)?.condition ?? ""}: ${through}`,
                      who,
                  ),
              ]
            : [
                  failed(
                      key,
                      [],
                      `${who} may both administer and use the key (${actions}): ${through}`,
                      who,
                  ),
              ];
    });
}

/** A key that a server uses directly unseals it: nobody else may do so. */
function judgeUnsealing(
    key: RegisteredResource,
    access: readonly Access[],
    isServer: ServerTest,
): readonly Observation[] {
    const direct = access.filter(
        ({ action, ways }) => action === use && ways.some(isWithoutContext),
    );
    if (!direct.some(({ holder }) => holder !== undefined && isServer.holder(holder))) {
        return [];
    }
    return direct
        .filter(({ holder, principal, ways }) =>
            holder === undefined
                ? !ways.filter(isWithoutContext).every((way) => isServer.named(principal, way))
                : !isServer.holder(holder),
        )
        .map(({ holder, principal, chain }) => {
            const who = holder === undefined ? principal : label(holder);
            return failed(
                key,
                [],
                `${who} may use the key that key servers unseal with (${use}): ${chain.join(" ← ")}`,
                `unseal ${who}`,
            );
        });
}

interface ServerTest {
    holder(resource: RegisteredResource): boolean;
    /** Whether whom a key's policy names by this, under these demands, is a key server. */
    named(principal: string, way: Way): boolean;
}

function serverTest({ graph, scope }: RuleContext): ServerTest {
    const roles = serverHolders(graph, scope).holders.map(({ holder }) => holder.resource);
    const place = homePlace(graph);
    const arns = roles.flatMap((role) => holderArn(role, place) ?? []);
    const isArn = (name: string): boolean => arns.some((arn) => covers(arn, name) === "yes");
    return {
        holder: (resource) => roles.includes(resource),
        named: (principal, way) => isArn(principal) || isArn(way.get("aws:principalarn") ?? ""),
    };
}

function isOpen({ verdict }: Access): boolean {
    return verdict === "indeterminate";
}

/** A way to use a key without a service of AWS in between. */
function isDirect(way: Way): boolean {
    return !way.has("kms:viaservice") && !way.has("aws:principalarn") && isWithoutContext(way);
}

/** A way to grant uses to anybody. */
function isFreeGrant(way: Way): boolean {
    return isDirect(way) && ![...way.keys()].some((key) => key.startsWith("kms:grant"));
}

/** A way that no service and no encryption context limits: data of any kind can be decrypted by it. */
function isWithoutContext(way: Way): boolean {
    return ![...way.keys()].some((key) =>
        /^(kms:(viaservice|encryptioncontext.*)|aws:source.*)$/.test(key),
    );
}
