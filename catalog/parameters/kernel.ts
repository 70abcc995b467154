import { defineParameters } from "./define";

/** Kernel settings that have more than one safe value. The others are fixed in the host profile. */
export const kernelParameters = defineParameters({
    kernelPointerRestriction: {
        title: "kernel.kptr_restrict",
        value: 2,
        unit: "",
        source: "ANSSI-BP-028; one by DISA STIG Amazon Linux 2023 AZLX-23-000210",
        stricter: "higher",
        loosest: 1,
        minimum: 0,
        maximum: 2,
    },
    kernelPtraceScope: {
        title: "kernel.yama.ptrace_scope",
        value: 1,
        unit: "",
        source: "CIS Amazon Linux 2023 1.5.2; DISA STIG Amazon Linux 2023 AZLX-23-000220",
        stricter: "higher",
        minimum: 0,
        maximum: 3,
    },
    kernelPerfEventParanoid: {
        title: "kernel.perf_event_paranoid",
        value: 2,
        unit: "",
        source: "DISA STIG Amazon Linux 2023 AZLX-23-000205",
        stricter: "higher",
        minimum: -1,
        maximum: 4,
    },
    kernelProtectedFifos: {
        title: "fs.protected_fifos",
        value: 2,
        unit: "",
        source: "devsec.hardening; one or two by CIS Debian 12",
        stricter: "higher",
        loosest: 1,
        minimum: 0,
        maximum: 2,
    },
});
