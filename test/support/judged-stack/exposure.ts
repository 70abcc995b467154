import type { Exposure } from "../../../catalog/records/judged-stack";
import { urns } from "./urns";

/** The hole to the internet, the peers, an undecided path; who may delete a key and who reads the logs. */
export const sampleExposure: Exposure = {
    paths: urns.servers.flatMap((server) => [
        {
            server,
            direction: "in" as const,
            peer: "0.0.0.0/0",
            protocol: "tcp",
            fromPort: 8200,
            toPort: 8200,
            chain: ["vault-server", "vault-servers", "ingress[0]"],
            verdict: "open" as const,
        },
        {
            server,
            direction: "in" as const,
            peer: urns.balancerGroup,
            protocol: "tcp",
            fromPort: 8200,
            toPort: 8200,
            chain: ["vault-server", "vault-servers", "ingress[1]", "vault-balancer"],
            verdict: "open" as const,
        },
        {
            server,
            direction: "out" as const,
            peer: "pl-6ea54007",
            protocol: "tcp",
            fromPort: 443,
            toPort: 443,
            chain: ["vault-server", "vault-servers", "egress[0]"],
            verdict: "indeterminate" as const,
        },
    ]),
    access: [
        {
            principal: urns.role,
            action: "kms:Decrypt",
            resource: urns.sealKey,
            verdict: "allowed",
            condition: "",
            chain: ["vault-server", "inline policy seal", "vault-seal"],
        },
        {
            principal: "arn:aws:iam::111122223333:root",
            action: "kms:ScheduleKeyDeletion",
            resource: urns.sealKey,
            verdict: "indeterminate",
            condition: "aws:MultiFactorAuthPresent is true",
            chain: ["key policy of vault-seal", "statement administration"],
        },
    ],
};
