"""A hardened cluster of key servers."""

import pulumi
import pulumi_keyward as keyward

config = pulumi.Config()

cluster = keyward.KeyServerCluster(
    "vault",
    workload="openbao",
    domain_name="vault.internal",
    certificate_authority_arn=config.require("certificateAuthorityArn"),
    availability_zones=["eu-central-1a", "eu-central-1b", "eu-central-1c"],
    client_names=["payment service"],
    tags={"owner": "platform-security"},
)

keyward.KeyServerAccount(
    "account",
    log_key_arn=cluster.log_key_arn,
    tags={"owner": "platform-security"},
)

pulumi.export("address", cluster.address)
pulumi.export("client_security_groups", cluster.client_security_group_ids)
pulumi.export("alarms", cluster.alarm_topic_arn)
