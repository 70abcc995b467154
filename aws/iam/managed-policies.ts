import { readPolicyDocument, type PolicyDocument } from "../policy-document";

/**
 * AWS managed policies whose content matters to key servers and does not change in what matters here: administrators' policies as they are,
 * the agents' policies by their actions. Source: AWS managed policy reference.
 */
const statements: Readonly<Record<string, unknown>> = {
    AdministratorAccess: { Effect: "Allow", Action: "*", Resource: "*" },
    PowerUserAccess: {
        Effect: "Allow",
        NotAction: ["iam:*", "organizations:*", "account:*"],
        Resource: "*",
    },
    AmazonSSMManagedInstanceCore: {
        Effect: "Allow",
        Action: [
            "ec2messages:*",
            "ssm:DescribeAssociation",
            "ssm:DescribeDocument",
            "ssm:GetDeployablePatchSnapshotForInstance",
            "ssm:GetDocument",
            "ssm:GetManifest",
            "ssm:GetParameter",
            "ssm:GetParameters",
            "ssm:ListAssociations",
            "ssm:ListInstanceAssociations",
            "ssm:PutComplianceItems",
            "ssm:PutConfigurePackageResult",
            "ssm:PutInventory",
            "ssm:UpdateAssociationStatus",
            "ssm:UpdateInstanceAssociationStatus",
            "ssm:UpdateInstanceInformation",
            "ssmmessages:*",
        ],
        Resource: "*",
    },
    CloudWatchAgentServerPolicy: {
        Effect: "Allow",
        Action: [
            "cloudwatch:PutMetricData",
            "ec2:DescribeTags",
            "ec2:DescribeVolumes",
            "logs:CreateLogGroup",
            "logs:CreateLogStream",
            "logs:DescribeLogGroups",
            "logs:DescribeLogStreams",
            "logs:PutLogEvents",
            "logs:PutRetentionPolicy",
        ],
        Resource: "*",
    },
};

const documents = new Map<string, PolicyDocument>(
    Object.entries(statements).map(([name, Statement]) => [
        name,
        readPolicyDocument({ Statement }),
    ]),
);

/** What an AWS managed policy allows, by its name; undefined for those that this table does not hold. */
export function managedPolicyDocument(name: string): PolicyDocument | undefined {
    return documents.get(name);
}
