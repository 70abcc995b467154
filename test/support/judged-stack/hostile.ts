import type { Finding } from "../../../catalog/records/finding";
import { finding } from "./findings";
import { urn } from "./urns";

/** Texts that would do harm if a report form took them for markup of its own. */
export const hostileTexts: readonly string[] = [
    "<script>globalThis.pwned = 1</script>",
    '"><img src=x onerror="globalThis.pwned = 1">',
    "</script><script>globalThis.pwned = 1</script>",
    "<!-- <script> -->",
    "javascript:globalThis.pwned=1",
    "[click](javascript:alert(1))",
    "![pixel](https://attacker.example/pixel.png)",
    "| cell | cell |\n| --- | --- |",
    "# Heading\n\n- [x] approved by @security",
    "```\n</details>\n<h1>approved</h1>",
    "`code` **bold** _it_ ~~gone~~ ~~~",
    "@octocat closes #1 GH-1 owner/repo#1 https://attacker.example",
    "]]><failure/>",
    "&lt;b&gt; &amp; {{constructor}}",
    "\u0000\u0008\u001b[31mred\u001b[0m\uFFFE",
    "\u202Eesrever\u2066",
    "a\r\nb\u2028c\u2029d",
    "x".repeat(20_000),
];

/** One finding for each hostile text, in its name, property path and message. */
export const hostileFindings: readonly Finding[] = hostileTexts.map((text) =>
    finding(
        "sg-no-public-ingress",
        "fail",
        "mandatory",
        urn("aws:ec2/securityGroup:SecurityGroup", text),
        `tags["${text}"]`,
        `found ${text} in the tags`,
    ),
);
