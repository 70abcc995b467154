/**
 * Actions of IAM by which a principal gives itself or another more rights than it has. Source: AWS IAM API reference, the actions that write
 * policies, credentials, trusts and boundaries.
 */
export const escalatingActions: readonly string[] = [
    "iam:AddUserToGroup",
    "iam:AttachGroupPolicy",
    "iam:AttachRolePolicy",
    "iam:AttachUserPolicy",
    "iam:CreateAccessKey",
    "iam:CreateLoginProfile",
    "iam:CreatePolicyVersion",
    "iam:CreateServiceSpecificCredential",
    "iam:DeleteRolePermissionsBoundary",
    "iam:DeleteRolePolicy",
    "iam:DeleteUserPermissionsBoundary",
    "iam:DetachRolePolicy",
    "iam:PutGroupPolicy",
    "iam:PutRolePermissionsBoundary",
    "iam:PutRolePolicy",
    "iam:PutUserPermissionsBoundary",
    "iam:PutUserPolicy",
    "iam:SetDefaultPolicyVersion",
    "iam:UpdateAssumeRolePolicy",
    "iam:UpdateLoginProfile",
];

/** Actions that lead to the rights of other roles, or into what runs under them: harmless on named resources, a way to all of them on every one. */
export const roleTakingActions: readonly string[] = [
    "ecs:ExecuteCommand",
    "glue:UpdateDevEndpoint",
    "lambda:UpdateFunctionCode",
    "lambda:UpdateFunctionConfiguration",
    "sagemaker:CreatePresignedNotebookInstanceUrl",
    "sts:AssumeRole",
];

/** Issues certificates of an authority; by a template of the second kind, certificates of further authorities, which every client of the first trusts. */
export const certificateIssuing = {
    action: "acm-pca:IssueCertificate",
    /** Any authority. */
    authority: "arn:*:acm-pca:*:*:certificate-authority/*",
    /** Key of conditions that bounds the templates, in small letters. */
    templateKey: "acm-pca:templatearn",
    /** Templates of certificates that may sign others. Source: AWS Private CA user guide, "Definitions of AWS Private CA certificate templates". */
    authorityTemplates: [
        "SubordinateCACertificate_PathLen0/V1",
        "SubordinateCACertificate_PathLen1/V1",
        "RootCACertificate/V1",
        "BlankSubordinateCACertificate_PathLen0_CSRPassthrough/V1",
        "BlankRootCACertificate_APIPassthrough/V1",
    ].map((name) => `arn:aws:acm-pca:::template/${name}`),
} as const;
