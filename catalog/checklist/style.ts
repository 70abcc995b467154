/** Style of the HTML checklist: screen in light and dark, and paper. */
export const style = `
:root { color-scheme: light dark; --line: #c9ced6; --soft: #f2f4f7; --ink: #1b1f26; --paper: #fff; --mark: #9a3412; }
@media (prefers-color-scheme: dark) {
    :root { --line: #3b4250; --soft: #1e232c; --ink: #e6e9ee; --paper: #14171d; --mark: #fdba74; }
}
body { margin: 0 auto; max-width: 90rem; padding: 1.5rem; font: 15px/1.5 system-ui, sans-serif; color: var(--ink); background: var(--paper); }
a { color: inherit; }
nav ol { columns: 3 18rem; padding-left: 1.5rem; }
section { break-inside: auto; margin-top: 2.5rem; }
.scroll { overflow-x: auto; }
table { border-collapse: collapse; width: 100%; min-width: 64rem; table-layout: fixed; }
thead th { width: 18%; }
thead th:nth-child(2) { width: 23%; }
thead th:nth-child(3) { width: 22%; }
th, td { border: 1px solid var(--line); padding: 0.5rem 0.6rem; text-align: left; vertical-align: top; overflow-wrap: anywhere; }
thead th { background: var(--soft); }
tbody th { font-weight: 600; }
td p, th p { margin: 0 0 0.3rem; }
code { font: 0.85em ui-monospace, monospace; font-weight: 400; }
.severity-critical, .severity-high, .planned, .state-open, .state-overdue { color: var(--mark); font-weight: 600; }
.severity, .state { font-size: 0.85em; }
@media print {
    :root { --line: #888; --soft: #eee; --ink: #000; --paper: #fff; --mark: #000; }
    @page { size: A4 landscape; margin: 12mm; }
    body { font-size: 9px; max-width: none; padding: 0; }
    nav { display: none; }
    .scroll { overflow: visible; }
    table { min-width: 0; }
    tr, h2 { break-inside: avoid; }
    h2, h2 + p { break-after: avoid; }
    thead { display: table-header-group; }
}
`;
