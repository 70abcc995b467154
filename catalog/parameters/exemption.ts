import { defineParameters } from "./define";

/** Limits of granted exceptions. */
export const exemptionParameters = defineParameters({
    exemptionSpanCriticalDays: {
        title: "Longest exemption from a critical policy",
        value: 30,
        unit: "days",
        source: "PCI DSS 4.0.1 6.3.3 gives a critical weakness one month",
        stricter: "lower",
        minimum: 1,
        maximum: 365,
    },
    exemptionSpanHighDays: {
        title: "Longest exemption from a policy of high severity",
        value: 90,
        unit: "days",
        source: "Keyward's choice: one quarter",
        stricter: "lower",
        minimum: 1,
        maximum: 365,
    },
    exemptionSpanMediumDays: {
        title: "Longest exemption from a policy of medium severity",
        value: 180,
        unit: "days",
        source: "PCI DSS 4.0.1 1.2.7 (reviewed every six months)",
        stricter: "lower",
        minimum: 1,
        maximum: 365,
    },
    exemptionSpanLowDays: {
        title: "Longest exemption from a policy of low severity",
        value: 365,
        unit: "days",
        source: "Keyward's choice: one year",
        stricter: "lower",
        minimum: 1,
        maximum: 365,
    },
    exemptionReasonCharacters: {
        title: "Shortest reason of an exemption",
        value: 20,
        unit: "characters",
        source: "NIST SP 800-53 revision 5 CM-6 (deviations are documented)",
        stricter: "higher",
        minimum: 1,
        maximum: 500,
    },
    exemptionNoticeDays: {
        title: "Days before the end of an exemption from which it is pointed out",
        value: 14,
        unit: "days",
        source: "Keyward's choice: two weeks",
        stricter: "higher",
        minimum: 1,
        maximum: 90,
    },
});
