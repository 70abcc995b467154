import {
    balancerTypes,
    classicBalancerType,
    launcherTypes,
    serverTypes,
    subnetTypes,
    TypeToken,
} from "../../aws/type-tokens";
import type { Rule } from "./rule";
import { interfaceReads } from "../reading/interfaces";
import { judgeBalancers } from "../reading/load-balancers";
import { judgeElasticAddresses } from "../reading/elastic-addresses";
import { publicAddressProblems } from "../reading/public-addresses";
import { notApplicable, settle } from "../reading/observations";

/**
 * No key server has a public IPv4 address or a routable IPv6 one, from whichever of its interfaces, templates or subnets, and no load
 * balancer lends it one.
 */
export const noPublicIp: Rule = {
    name: "no-public-ip",
    reads: [
        ...interfaceReads,
        ...subnetTypes,
        ...balancerTypes,
        classicBalancerType,
        TypeToken.Eip,
        TypeToken.EipAssociation,
    ],
    certainAlone: true,
    *judge(context) {
        const { graph, scope } = context;
        for (const resource of graph.ofType(...serverTypes, ...launcherTypes)) {
            if (scope.includes(resource)) {
                const found = publicAddressProblems(graph, resource);
                yield* found === undefined ? [notApplicable(resource)] : settle(resource, found);
            }
        }
        for (const networkInterface of graph.ofType(TypeToken.NetworkInterface)) {
            if (scope.includes(networkInterface)) {
                const found = publicAddressProblems(graph, networkInterface);
                yield* settle(networkInterface, found ?? []);
            }
        }
        yield* judgeElasticAddresses(context);
        yield* judgeBalancers(context);
    },
};
