import fc from "fast-check";
import { ok, strictEqual } from "node:assert/strict";
import { BlockStream } from "./blocks/blocks.ts";
import { renderMarkdown } from "./markdown.ts";

const GLOBAL = "class dir";

/** All elements allowed in the output, with their attributes. */
const ALLOWED: Readonly<Record<string, string>> = {
  a: "href title rel target",
  button: "type data-copy hidden",
  div: "tabindex role aria-label",
  ol: "start",
  pre: "tabindex",
  figure: "data-source",
  span: "tabindex role aria-label data-source",
  ...Object.fromEntries(
    ("p h3 h4 h5 h6 ul li blockquote table thead tbody tr th td hr br em strong s code figcaption")
      .split(" ").map((name) => [name, ""]),
  ),
  math: "display",
  mo:
    "accent fence form largeop lspace rspace maxsize minsize movablelimits separator stretchy symmetric mathcolor mathvariant",
  mspace: "width height depth mathbackground",
  mstyle: "displaystyle scriptlevel mathsize mathcolor",
  mpadded: "width height depth lspace voffset",
  menclose: "notation",
  mfrac: "linethickness mathcolor",
  mtable: "displaystyle",
  mtd: "columnspan",
  mover: "accent",
  munder: "accentunder",
  mrow: "displaystyle scriptlevel mathcolor mathbackground",
  mi: "mathvariant mathcolor",
  mn: "mathvariant mathcolor",
  ...Object.fromEntries(
    "mtext msqrt mroot merror mphantom msub msup msubsup munderover mmultiscripts mprescripts mtr none"
      .split(" ").map((name) => [name, "mathcolor"]),
  ),
};

const VOID = new Set(["br", "hr"]);
const TAG = /^<(\/?)([a-z][a-z0-9]*)((?: [a-z-]+(?:="[^"<>]*")?)*)>/;

/** Parses HTML strictly; fails at anything not allowed, unbalanced or unescaped. */
function assertSafe(html: string, source: string): void {
  const about = `${JSON.stringify(source)} → ${html}`;
  const open: string[] = [];
  for (let at = html.indexOf("<"); at >= 0; at = html.indexOf("<", at)) {
    const [whole = "", slash, name = "", attributes = ""] = TAG.exec(html.slice(at)) ?? [];
    ok(whole !== "", `not a plain tag at ${at}: ${about}`);
    ok(Object.hasOwn(ALLOWED, name), `<${name}>: ${about}`);
    if (slash === "/") strictEqual(open.pop(), name, about);
    else {
      if (!VOID.has(name)) open.push(name);
      ok(name !== "a" || open.indexOf("a") === open.length - 1, `nested links: ${about}`);
      assertAttributes(name, attributes, about);
    }
    at += whole.length;
  }
  strictEqual(open.length, 0, about);
}

function assertAttributes(element: string, source: string, about: string): void {
  const allowed = `${GLOBAL} ${ALLOWED[element]}`.split(" ");
  const names = new Set<string>();
  for (const [, name = "", value = ""] of source.matchAll(/ ([a-z-]+)(?:="([^"]*)")?/g)) {
    ok(allowed.includes(name) && !names.has(name), `${name} on <${element}>: ${about}`);
    names.add(name);
    if (name === "href") ok(/^(?:https?:\/\/[^/\\]|mailto:)/i.test(value), about);
    if (name === "dir") ok(["auto", "ltr", "rtl"].includes(value), about);
    if (name === "target") strictEqual(value, "_blank");
    if (name === "rel") strictEqual(value, "noopener noreferrer nofollow ugc");
  }
  ok(element !== "a" || (names.has("href") && names.has("rel")), about);
}

const SCHEMES = [
  "",
  "javascript:alert(1)",
  "JaVaScRiPt:alert(1)",
  "java\tscript:alert(1)",
  "java\nscript:alert(1)",
  "\u0001javascript:alert(1)",
  " javascript:alert(1)",
  "javascript&colon;alert(1)",
  "&#106;avascript:alert(1)",
  "&#x6A;avascript&#58;alert(1)",
  "&#0000106avascript:alert(1)",
  "java&Tab;script:alert(1)",
  "java&NewLine;script:alert(1)",
  "%6aavascript:alert(1)",
  "javascript\\:alert(1)",
  "data:text/html,<script>alert(1)</script>",
  "data:image/png;base64,AAAA",
  "data:image/svg+xml,<svg onload=alert(1)>",
  "vbscript:msgbox(1)",
  "file:///etc/passwd",
  "blob:https://e.org/1",
  "//evil.example/x",
  "\\\\evil.example",
  "https:evil",
  "https:///evil",
  "ftp://e.org",
  'https://e.org/"onclick="alert(1)',
  "https://e.org/'onclick='alert(1)",
  "https://e.org/<script>",
  "https://e.org/\u202ehtml",
  "https://e.org/\ud800",
  "mailto:a@b.c?body=<script>",
  "x-unknown:1",
  "#anchor",
  "/path",
];

const PLACES: readonly ((payload: string) => string)[] = [
  (payload) => `[text](${payload})`,
  (payload) => `[text](<${payload}>)`,
  (payload) => `![alt](${payload})`,
  (payload) => `![alt](<${payload}> "title")`,
  (payload) => `[![alt](${payload})](${payload})`,
  (payload) => `<${payload}>`,
  (payload) => `[ref]\n\n[ref]: ${payload}`,
  (payload) => `![ref]\n\n[ref]: <${payload}> 'title'`,
  (payload) => `bare ${payload} words`,
  (payload) => `| a |\n|---|\n| [x](${payload}) ${payload} |`,
  (payload) => `- [ ] [x](${payload})`,
  (payload) => `$\\href{${payload}}{x}$`,
  (payload) => `$$\\url{${payload}}$$`,
  (payload) => `\\(\\includegraphics{${payload}}\\)`,
];

const MARKUP = [
  "<script>alert(1)</script>",
  "<img src=x onerror=alert(1)>",
  "<svg/onload=alert(1)>",
  "<svg><style>@import 'https://evil'</style></svg>",
  "<math><mi xlink:href=javascript:1>x</mi></math>",
  "<a href=javascript:alert(1)>x</a>",
  "<iframe srcdoc='<script>1</script>'>",
  "<body background=https://evil>",
  "<link rel=stylesheet href=https://evil>",
  "<meta http-equiv=refresh content=0;url=https://evil>",
  "<video poster=https://evil src=x>",
  "<a ping=https://evil>",
  "<!--><script>alert(1)</script>-->",
  "<![CDATA[<script>alert(1)</script>]]>",
  "<?php echo 1 ?>",
  '"><script>alert(1)</script>',
  "' onmouseover='alert(1)",
  '" onmouseover="alert(1)" x="',
  '" style="background:url(https://evil)',
  "</code></pre><script>alert(1)</script>",
  "</figure><img src=x>",
  "<br onload=alert(1)>",
  "<br/onload=alert(1)>",
  "<scr\0ipt>alert(1)</scr\0ipt>",
  "&lt;script&gt;alert(1)&lt;/script&gt;",
  "&#60;script&#62;alert(1)&#60;/script&#62;",
  "\u202e<b>\u202c\ud800",
  "]]>\\</script>",
];

const AROUND: readonly ((payload: string) => string)[] = [
  (payload) => payload,
  (payload) => `# ${payload}`,
  (payload) => `> ${payload}`,
  (payload) => `- ${payload}\n- **${payload}**`,
  (payload) => `| ${payload} |\n|:-:|\n| ${payload} |`,
  (payload) => `[x](https://e.org "${payload}")`,
  (payload) => `[x](https://e.org '${payload}')`,
  (payload) => `[${payload}](https://e.org)`,
  (payload) => `![${payload}](https://e.org/i.png)`,
  (payload) => `\`${payload}\``,
  (payload) => `\`\`\`${payload}\n${payload}\n\`\`\``,
  (payload) => `~~~html ${payload}\n${payload}\n~~~`,
  (payload) => `    ${payload}`,
  (payload) => `$${payload}$`,
  (payload) => `$$\n${payload}\n$$`,
  (payload) => `\\(\\text{${payload}}\\)`,
  (payload) => `\\[\\begin{${payload}}x\\end{${payload}}\\]`,
  (payload) =>
    `$\\class{${payload}}{x}\\style{${payload}}{x}\\id{${payload}}{x}\\data{${payload}}{x}$`,
  (payload) => `$\\color{${payload}}x$ $\\unicode{${payload}}$ $\\tag{${payload}}x$`,
  (payload) => `*[${payload}]: ${payload}`,
];

Deno.test("renderMarkdown() links only to the web or a mailbox", () => {
  for (const scheme of SCHEMES) {
    for (const place of PLACES) assertSafe(renderMarkdown(place(scheme)), place(scheme));
  }
});

Deno.test("renderMarkdown() lets no markup through", () => {
  for (const markup of MARKUP) {
    for (const around of AROUND) assertSafe(renderMarkdown(around(markup)), around(markup));
  }
});

Deno.test("renderMarkdown() lets no mixture of attacks through, whole or in blocks", () => {
  const piece = fc.oneof(
    fc.constantFrom(...MARKUP, ...SCHEMES),
    fc.tuple(fc.constantFrom(...PLACES), fc.constantFrom(...SCHEMES)).map(([place, it]) =>
      place(it)
    ),
    fc.tuple(fc.constantFrom(...AROUND), fc.constantFrom(...MARKUP)).map(([place, it]) =>
      place(it)
    ),
    fc.constantFrom(..."[]()<>*_`~$\\!|#\"'&;\n ", "\n\n", "$$", "```", "](", "![", "\\[", "\\)"),
  );
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 7 }), (pieces) => {
      const source = pieces.join("");
      assertSafe(renderMarkdown(source), source);
      const stream = new BlockStream();
      for (const block of [...stream.push(source), ...stream.end()]) assertSafe(block, source);
    }),
    { numRuns: 1_500 },
  );
});

const FORMULAS = [
  "\\frac{a}{b} \\sqrt[3]{x} \\sum_{i=1}^n \\int_0^1 \\binom{n}{k}",
  "\\color{red}x \\textcolor{#00f}{y} \\colorbox{red}{z} \\fcolorbox{red}{blue}{w}",
  "\\begin{array}{c|c} a & b \\\\ \\hline c & d \\end{array}",
  "\\begin{aligned} a &= b \\\\ c &= d \\end{aligned} \\tag{1}",
  "\\begin{pmatrix} 1 & 2 \\\\ 3 & 4 \\end{pmatrix} \\begin{cases} 1 \\\\ 0 & x \\end{cases}",
  "\\boxed{x} \\cancel{y} \\overbrace{a+b}^{n} \\underline{z} \\xrightarrow{abc} \\ce{H2O}",
  "\\Large x \\bigl( \\rule{2em}{1em} \\raisebox{1em}{x} \\mathbf{x} \\mathrm{d} \\operatorname{f}",
  '\\text{<b>"quotes"} < > \\& \\phantom{x} \\vec{x} \\hat{y} \\prescript{a}{b}{c} \\not=',
  "\\begin{CD} A @>a>> B \\end{CD} \\genfrac(]{0pt}{2}{a}{b} \\overset{a}{b}",
];

Deno.test("safeMathml() removes what is not allowed from temml's output", () => {
  for (const formula of FORMULAS) {
    const html = renderMarkdown(`$$${formula}$$`);
    ok(html.includes("<math"), html);
    assertSafe(html, formula);
  }
});
