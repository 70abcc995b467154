import assert from "node:assert/strict";
import { ssmDocumentsPrivate as rule } from "../../../policy-pack/rules/ssm-documents-private";
import { contextOf, from, messages, resource, unknown, verdicts } from "../../support/graph";

const document = (permissions: unknown) =>
    resource("aws:ssm/document:Document", "document", { documentType: "Command", permissions });
const share = (accountIds: unknown) => document({ type: "Share", account_ids: accountIds });
const setting = (settingId: unknown, settingValue: unknown, name = "setting") =>
    resource("aws:ssm/serviceSetting:ServiceSetting", name, { settingId, settingValue });
const sharing = "/ssm/documents/console/public-sharing-permission";
const log = "/ssm/automation/customer-script-log-destination";
const groupName = "/ssm/automation/customer-script-log-group-name";
const logGroup = resource("aws:cloudwatch/logGroup:LogGroup", "automation", { name: "/a" });
const parameters = { trustedAccounts: ["111122223333"] };

describe("ssm-documents-private", () => {
    for (const [title, subject, expected] of [
        ["passes a document of its own", document(undefined), "pass document"],
        ["passes one for a trusted account", share("111122223333"), "pass document"],
        ["fails one for everybody", share("All"), "fail document permissions.account_ids"],
        [
            "reads accounts under the name that other properties suggest",
            document({ type: "Share", accountIds: "all" }),
            "fail document permissions.accountIds",
        ],
        [
            "fails one for a foreign account behind a trusted one",
            share("111122223333, 999900001111"),
            "fail document permissions.account_ids",
        ],
        [
            "is indeterminate where the accounts are not known",
            share(unknown),
            "indeterminate document permissions.account_ids",
        ],
        [
            "is indeterminate where the permissions are not known",
            document(unknown),
            "indeterminate document permissions.account_ids",
        ],
        [
            "is indeterminate for the last account of a list",
            share(["111122223333", unknown]),
            "indeterminate document permissions.account_ids[1]",
        ],
        ["passes a block of sharing", setting(sharing, "Disable"), "pass setting"],
        [
            "passes a block that is named by ARN",
            setting(`arn:aws:ssm:eu-central-1:111122223333:servicesetting${sharing}`, "Disable"),
            "pass setting",
        ],
        ["fails permitted sharing", setting(sharing, "Enable"), "fail setting settingValue"],
        [
            "is indeterminate for an unknown block",
            setting(sharing, unknown),
            "indeterminate setting settingValue",
        ],
        ["fails automations without log", setting(log, "None"), "fail setting settingValue"],
    ] as const) {
        it(title, () => {
            assert.deepEqual(verdicts(rule, [subject], { parameters }), [expected]);
        });
    }

    const server = resource("aws:ec2/instance:Instance", "server");

    it("demands both settings where servers stand, by resource or by attestation", () => {
        assert.deepEqual(messages(rule, [server]), [
            'automations are not logged in this stack, and the configuration does not attest "automation-log" for the account',
            'public sharing of documents is not blocked in this stack, and the configuration does not attest "ssm-documents-block" for the account',
        ]);
        const accountAttestations = ["automation-log 2026-10-20", "ssm-documents-block 2026-10-20"];
        assert.deepEqual(verdicts(rule, [server], { parameters: { accountAttestations } }), []);
        const made = [
            setting(sharing, "Disable", "sharing"),
            setting(log, "CloudWatch", "log"),
            setting(groupName, "/a", "group"),
        ];
        assert.deepEqual(verdicts(rule, [server, logGroup, ...made]), [
            "pass group",
            "pass log",
            "pass sharing",
        ]);
    });

    it("is indeterminate where a setting of unknown id may be the missing one", () => {
        assert.deepEqual(verdicts(rule, [server, setting(unknown, "Disable")]), [
            "indeterminate setting settingId",
            "indeterminate setting settingId",
        ]);
    });

    it("follows the name of the log group of automations", () => {
        const named = (name: unknown) => setting(groupName, name, "group");
        assert.deepEqual(verdicts(rule, [logGroup, named("/a")]), ["pass group"]);
        assert.deepEqual(verdicts(rule, [logGroup, named(from(logGroup))]), ["pass group"]);
        assert.deepEqual(verdicts(rule, [named("/a")]), ["indeterminate group settingValue"]);
        assert.deepEqual(verdicts(rule, [named(unknown)]), ["indeterminate group settingValue"]);
        assert.deepEqual(verdicts(rule, [named("")]), ["fail group settingValue"]);
        const accountAttestations = ["log-group//a 2026-10-20"];
        assert.deepEqual(verdicts(rule, [named("/a")], { parameters: { accountAttestations } }), [
            "pass group",
        ]);
    });

    it("fails automations that are logged where AWS keeps them without a key", () => {
        const logged = setting(log, "CloudWatch");
        assert.deepEqual(messages(rule, [logged]), [
            `automations are logged to /aws/ssm/automation/executeScript, which AWS makes without a key and without an end: no setting ${groupName} names a log group`,
        ]);
        assert.deepEqual(verdicts(rule, [logged, setting(unknown, "/a", "open")]), [
            "indeterminate open settingId",
            "pass setting",
        ]);
        const own = resource("aws:cloudwatch/logGroup:LogGroup", "own", {
            name: "/aws/ssm/automation/executeScript",
        });
        assert.deepEqual(verdicts(rule, [logged, own]), ["pass setting"]);
        const accountAttestations = ["log-group//aws/ssm/automation/executeScript 2026-10-20"];
        assert.deepEqual(verdicts(rule, [logged], { parameters: { accountAttestations } }), [
            "pass setting",
        ]);
    });

    it("remediates permitted sharing, and nothing that is unknown or another setting", () => {
        const changes = [
            setting(sharing, "Enable"),
            setting(sharing, "Disable"),
            setting(sharing, unknown),
            setting(log, "None"),
        ].map((one) => rule.remediate?.(one, contextOf(rule, [])));
        const off = [{ path: ["settingValue"], value: "Disable" }];
        assert.deepEqual(changes, [off, [], [], []]);
    });
});
