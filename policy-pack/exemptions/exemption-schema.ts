/** JSON schema of one exemption record, in YAML or JSON. */
export const exemptionSchema = {
    $schema: "http://json-schema.org/draft-07/schema#",
    title: "Exemption",
    description:
        "A granted exception: who accepted which weakness, why and until when. Dates are days in UTC; it ends at the start of its last day.",
    type: "object",
    required: [
        "id",
        "policy",
        "scope",
        "reason",
        "owner",
        "approver",
        "ticket",
        "created",
        "expires",
    ],
    additionalProperties: false,
    properties: {
        id: {
            description: "Unique in its file.",
            type: "string",
            pattern: "^[a-z0-9]+(-[a-z0-9]+)*$",
        },
        policy: {
            description: "Name of the policy, or id of the host check.",
            type: "string",
            minLength: 1,
        },
        scope: {
            description: "Where it holds; every field that is given must match.",
            type: "object",
            additionalProperties: false,
            minProperties: 1,
            anyOf: [{ required: ["urn"] }, { required: ["fingerprint"] }],
            properties: {
                urn: {
                    description:
                        "URN of the resource; * stands for any run of characters except `::`.",
                    type: "string",
                    pattern: "^urn:pulumi:",
                },
                path: {
                    description: "Exact property path of the finding.",
                    type: "string",
                    minLength: 1,
                },
                fingerprint: {
                    description: "Exact fingerprint of the finding.",
                    type: "string",
                    pattern: "^[0-9a-f]{32}$",
                },
            },
        },
        reason: { description: "Why the weakness is accepted.", type: "string", minLength: 1 },
        owner: { description: "Who answers for it.", type: "string", minLength: 1 },
        approver: { description: "Who accepted it.", type: "string", minLength: 1 },
        ticket: { description: "Where the decision is kept.", type: "string", minLength: 1 },
        created: { description: "First day, YYYY-MM-DD.", type: "string", format: "date" },
        expires: {
            description: "Day on which it no longer holds, YYYY-MM-DD.",
            type: "string",
            format: "date",
        },
        compensatingControl: {
            description: "What holds the risk down meanwhile.",
            type: "string",
            minLength: 1,
        },
    },
} as const;
