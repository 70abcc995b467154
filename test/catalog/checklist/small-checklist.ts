import { buildChecklist, type Checklist } from "../../../catalog/checklist/checklist";
import type { Control } from "../../../catalog/control";
import type { Parameter } from "../../../catalog/parameter";

const noEnforcement = { components: [], policies: [], hostChecks: [] };
const noReferences = { nist80053: [], pciDss: [], cis: [] };

const kept: Control = {
    id: "logs-kept",
    title: "Logs | are <kept>",
    requirement: 'Logs & "records" stay.',
    paragraph: "logs",
    severity: "high",
    references: {
        nist800130: ["8.10", "8.12"],
        nist80053: ["AU-11"],
        pciDss: ["10.5.1"],
        cis: ["AL2023 5.1.2"],
    },
    parameters: ["logDays", "logPorts"],
    operatingSystems: ["debian-12", "debian-13"],
    enforcement: {
        components: ["KeyServerAuditLog"],
        policies: ["log-kept"],
        hostChecks: ["journal-kept"],
    },
};
const reviewed: Control = {
    id: "logs-reviewed",
    title: "Logs are reviewed",
    requirement: "=SUM(A1) is text.",
    paragraph: "logs",
    severity: "low",
    references: { nist800130: ["8.11"], ...noReferences },
    parameters: [],
    operatingSystems: [],
    enforcement: { ...noEnforcement, manual: { periodDays: 30, evidence: "Notes" } },
};
const later: Control = {
    id: "later",
    title: "Later",
    requirement: "Comes later.",
    paragraph: "more",
    severity: "medium",
    references: { nist800130: ["8.4l"], ...noReferences },
    parameters: [],
    operatingSystems: [],
    enforcement: { ...noEnforcement, planned: "not written yet" },
};

const parameters: readonly Parameter[] = [
    {
        id: "logDays",
        title: "Retention",
        value: 365,
        unit: "days",
        source: "PCI DSS 4.0.1 10.5.1",
        stricter: "higher",
        maximum: 3653,
    },
    {
        id: "logPorts",
        title: "Ports",
        value: [514, 6514],
        unit: "",
        source: "A list",
        stricter: "superset",
        minimum: 1,
        maximum: 65_535,
    },
    {
        id: "unused",
        title: "Unused",
        value: true,
        unit: "",
        source: "Nobody",
        stricter: "fixed",
    },
];

/** Three controls of two paragraphs, with texts that are markup in every form of the checklist. */
export const smallChecklist: Checklist = buildChecklist({
    paragraphs: [
        { id: "logs", title: "Logs *all*", asks: "Keep <b>logs</b>.", inArticle: true },
        { id: "more", title: "More", asks: "Do more.", inArticle: false },
    ],
    controls: [kept, later, reviewed],
    parameters,
    states: [
        { control: "logs-reviewed", title: reviewed.title, state: "overdue", due: "2026-11-01" },
    ],
});
