import { filesBelow, program, read, type Source, sourceOf } from "./architecture/source.ts";
import * as rules from "./architecture/rules.ts";
import { noProseInLib } from "./architecture/lib_prose.ts";
import { islandsLoadNoCatalogue, noProseOutsideLocales } from "./architecture/page_prose.ts";
import { type Lock, testOnly, without } from "./architecture/locks.ts";
import { assert, assertEquals } from "./support/assert.ts";

const sources = await program();

/** Tests that the program keeps a rule, and that the rule finds a breach. */
function law(name: string, rule: rules.Rule, ...breach: [path: string, text: string][]): void {
  Deno.test(name, () => {
    assertEquals(rule(sources), []);
    const samples: Source[] = breach.map(([path, text]) => sourceOf(path, text));
    assert.notDeepEqual(rule(samples), [], "The rule does not see its own bad sample");
  });
}

law(
  "imports only go down the list of capabilities",
  rules.importsGoDown,
  ["lib/tools/a.ts", 'import { b } from "../chat/b.ts";'],
);
law(
  "no capability knows all of the program",
  rules.importsGoDown,
  ["lib/chat/a.ts", 'import type { Deps } from "../deps.ts";'],
);
law(
  "the store knows no capability, not even its types",
  rules.importsGoDown,
  ["lib/store/a.ts", 'import type { B } from "@/lib/llm/b.ts";'],
);
law(
  "settings are known from lib/settings on, and know no capability themselves",
  rules.importsGoDown,
  ["lib/platform/a.ts", 'import type { Config } from "../config.ts";'],
  ["lib/config.ts", 'import type { Tool } from "./tools/rules/tool.ts";'],
  ["lib/config/models.ts", 'import type { Tool } from "../tools/rules/tool.ts";'],
);
law(
  `no folder has more than ${rules.MOST_FILES} modules`,
  rules.foldersAreSmall,
  ...Array.from(
    { length: rules.MOST_FILES + 1 },
    (_, i): [string, string] => [`lib/chat/a${i}.ts`, ""],
  ),
);
law(
  "components and islands import lib/shared, lib/locales and their own kind only",
  rules.viewsAreSelfContained,
  ["components/A.tsx", 'import { B } from "../islands/B.tsx";'],
);
law(
  "islands import types of lib/locales only",
  rules.viewsAreSelfContained,
  ["islands/A.tsx", 'import { ENGLISH_PAGES } from "../lib/locales/page/en.ts";'],
);
law(
  "lib/shared, lib/locales, lib/markdown, the settings and all rules/ are pure",
  rules.rulesArePure,
  ["lib/metering/rules/a.ts", "export const now = () => Date.now();"],
);
const EFFECTS = [
  "new Date()",
  "performance.now()",
  "Math.random()",
  "crypto.randomUUID()",
  'fetch("/")',
  "setTimeout(() => {}, 1)",
  "globalThis.fetch",
  "Deno.cwd()",
];
for (const effect of EFFECTS) {
  law(
    `no rule has an effect such as ${effect}`,
    rules.rulesArePure,
    ["lib/metering/rules/a.ts", `export const a = () => ${effect};`],
  );
}
law(
  "rules call rules only",
  rules.rulesCallRules,
  ["lib/metering/rules/a.ts", 'import { Kv } from "../../store/kv.ts";'],
);
law(
  "fresh/ knows nothing of the program",
  rules.freshStandsAlone,
  ["fresh/server/a.ts", 'import { b } from "../../lib/shared/b.ts";'],
);
law(
  "modules do not need each other in a circle",
  rules.noCycles,
  ["lib/web/a.ts", 'import { b } from "./b.ts";'],
  ["lib/web/b.ts", 'export { a } from "@/lib/web/a.ts";'],
);
law(
  "only lib/store touches Deno KV",
  rules.storeHasOneDoor,
  ["lib/chat/a.ts", "export const kv: Promise<Deno.Kv> = open();"],
);
law(
  "only main.ts and dev.ts read the environment",
  rules.environmentIsReadAtTheEntry,
  ["lib/web/a.ts", "const { env } = Deno;"],
);
law(
  "Math.random only spreads retries",
  rules.chanceOnlySpreadsRetries,
  ["lib/web/session.ts", "export const token = Math.random();"],
);
law(
  "no module writes the type any or silences a check",
  rules.noAny,
  ["lib/web/a.ts", "export const a: any = 1;"],
);
law(
  "no module only hands on what others export",
  rules.noBarrels,
  ["lib/web/mod.ts", 'export * from "./a.ts";\nexport type { B } from "./b.ts";'],
);
law(
  "modules do not need each other in a circle, not even for types",
  rules.noCycles,
  ["lib/web/a.ts", 'import type { B } from "./b.ts";'],
  ["lib/web/b.ts", 'import { a } from "@/lib/web/a.ts";'],
);
law(
  "no name is exported twice",
  rules.namesHaveOneMeaning,
  ["lib/web/a.ts", "export interface Answer { a: string }"],
  ["lib/chat/b.ts", "class A {}\nexport { A as Answer };"],
);
law(
  "no name is exported twice, by a pattern or under another name either",
  rules.namesHaveOneMeaning,
  ["lib/web/a.ts", "export const { a: [answer] } = b;"],
  ["lib/chat/b.ts", 'export { a as answer } from "./a.ts";'],
);
law("no module is called utils, helpers or misc", rules.namesSaySomething, [
  "lib/web/utils.ts",
  "",
]);
law(
  "modules are named snake_case.ts and PascalCase.tsx",
  rules.namesHaveOneStyle,
  ["components/chat_page.tsx", ""],
);
law(
  `no module is longer than ${rules.LONGEST_MODULE} lines`,
  rules.modulesAreShort,
  ["lib/web/a.ts", "\n".repeat(rules.LONGEST_MODULE + 10) + "1"],
);

const PROSE = [
  "<p>Not found</p>",
  "<p>{ok ? 1 : `${1} messages`}</p>",
  '<input aria-label="your name" />',
  "<Page title={ok ? name : `About ${name}`} />",
  '<p>{say("Copied.")}</p>',
  '<p>{at.toLocaleString("en")}</p>',
];
for (const markup of PROSE) {
  law(
    `public components, islands and routes hold no prose such as ${markup}`,
    noProseOutsideLocales,
    ["components/chat/A.tsx", `export const A = () => ${markup};`],
  );
}
law(
  "no island loads a catalogue of texts",
  islandsLoadNoCatalogue,
  ["islands/A.tsx", 'import { B } from "../components/B.tsx";'],
  ["components/B.tsx", 'import { ENGLISH_PAGES } from "../lib/locales/page/en.ts";'],
);

Deno.test("noProseOutsideLocales() allows codes, classes and keys in public components", () => {
  const source = sourceOf(
    "components/A.tsx",
    'export const A = () => <a class={on ? "send stop" : "send"}>{by === "phone" && <b>LINK</b>} · ×</a>;',
  );
  assertEquals(noProseOutsideLocales([source]), []);
});

for (
  const code of [
    'export const told = { text: "This tool is closed." };',
    "export const told = (n: number) => `At most ${n} characters are taken`;",
    'throw new AppError("invalid", "Something is not right");',
  ]
) {
  law(`no module below lib/ holds prose such as ${code}`, noProseInLib, ["lib/tools/a.ts", code]);
}

Deno.test("noProseInLib() allows log lines, plain errors and codes", () => {
  const code = `log("warn", "The store did not answer");
    throw new Error("The store did not answer in time", { cause: new AppError("invalid", { code: "tool.gone" }) });`;
  assertEquals(noProseInLib([sourceOf("lib/store/a.ts", code)]), []);
});

Deno.test("half of the modules are short, nine in ten of moderate length", () => {
  const lengths = sources.map((source) => source.lines).sort((a, b) => a - b);
  const share = (part: number) => lengths[Math.floor(lengths.length * part)] ?? 0;
  const [median, p90] = [share(0.5), share(0.9)];
  // deno-lint-ignore no-console -- figures to read, in the output of the tests
  console.log(
    `${lengths.length} modules: median ${median} lines, p90 ${p90}, max ${share(1 - 1e-9)}`,
  );
  assert.ok(median <= 80, `median ${median}`);
  assert.ok(p90 <= 180, `p90 ${p90}`);
});

Deno.test("the README's file map is the tree", async () => {
  const mapped = fileMap(await read("README.md"));
  assertEquals(mapped, await topLevelFolders());
  assert.notDeepEqual(fileMap("## File map\n\n```\nlib/  x\n```"), mapped);
});

/** The names in a README's file map: the first word of each line of the block below its heading. */
function fileMap(readme: string): string[] {
  const block = /^## File map$[^]*?^```\w*\n([^]*?)^```$/m.exec(readme)?.[1] ?? "";
  return block.split("\n").map((line) => line.trim().split(/\s/, 1)[0] ?? "")
    .filter((name) => name !== "").sort();
}

/** Files and folders of the top level and of lib/. */
async function topLevelFolders(): Promise<string[]> {
  const ignored = (await read(".gitignore")).split("\n").map((line) => line.replace("/", ""));
  const found = new Set<string>();
  for (const path of await filesBelow()) {
    const [top = "", second, ...rest] = path.split("/");
    if (ignored.includes(top) || path.endsWith(".own.json") || /_test\.ts$/.test(path)) continue;
    found.add(second === undefined ? top : `${top}/`);
    if (top === "lib") found.add(rest.length === 0 ? path : `lib/${second}/`);
  }
  return [...found].sort();
}

Deno.test("deno.json and the program name the same version", async () => {
  const { version } = JSON.parse(await read("deno.json"));
  assert.match(await read("lib/services.ts"), new RegExp(`VERSION = "${version}"`));
});

Deno.test("fresh/ maps its imports as the root does, so that it can be checked on its own", async () => {
  const [root, member] = await Promise.all(
    ["deno.json", "fresh/deno.json"].map(async (path) => JSON.parse(await read(path)).imports),
  );
  for (const [name, target] of Object.entries(member)) assertEquals(root[name], target, name);
});

Deno.test("production's lock holds no package that only tests use, and the locks agree", async () => {
  const [lock, testLock, config] = await Promise.all(
    ["deno.lock", "tests/deno.lock", "deno.json"].map(async (path) => JSON.parse(await read(path))),
  );
  const ours = without(lock, testOnly(config));
  const packages = (of: Lock) => Object.keys(of.npm);
  assertEquals(
    packages(lock),
    packages(ours),
    "Run `deno task lock`, and tests by `deno task test`",
  );
  for (const name of packages(ours)) {
    assertEquals(testLock.npm[name], ours.npm[name], `The locks differ in ${name}`);
  }
  assert.ok(packages(without(testLock, testOnly(config))).length < packages(testLock).length);
});
