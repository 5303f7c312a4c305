import type { Source } from "./source.ts";

/** A rule looks at all modules and returns a sentence for each breach. */
export type Rule = (sources: readonly Source[]) => string[];

/** The rooms of the house; a module may import from a lower rank or its own room. */
const RANKS: [room: string, rank: number][] = [
  ["lib/shared/", 0],
  ["lib/platform/", 1],
  ["lib/domain/", 1],
  ["lib/store/", 2],
  ["lib/llm/", 2],
  ["lib/whatsapp/", 2],
  ["lib/services/", 3],
  ["lib/web/", 4],
  ["components/", 5],
  ["islands/", 6],
  ["routes/", 7],
  ["lib/commands/", 7],
];
const TOP = 8;
/** Settings are plain data: whoever is told of them may name their type. */
const CONFIG = "lib/config.ts";
const CONFIG_FROM = 3;
const OPTIONS = "fresh.config.ts";

function roomOf(path: string): { room: string; rank: number } | null {
  const found = RANKS.find(([room]) => path.startsWith(room));
  if (found) return { room: found[0], rank: found[1] };
  return path === "main.ts" || path === "dev.ts" ? { room: path, rank: TOP } : null;
}

const isOwn = (path: string) => /\.tsx?$/.test(path) && !/^\w+:/.test(path);

function eachImport(
  sources: readonly Source[],
  complain: (source: Source, to: string) => string | null,
): string[] {
  return sources.flatMap((source) =>
    source.imports.flatMap(({ to }) => {
      const complaint = complain(source, to);
      return complaint === null ? [] : [`${source.path} imports ${to}: ${complaint}`];
    })
  );
}

/** Imports only go down, and rooms of one rank do not know each other. */
export const importsGoDown: Rule = (sources) =>
  eachImport(sources, (source, to) => {
    const from = roomOf(source.path);
    if (from === null || !isOwn(to)) return null;
    if (to === CONFIG) return from.rank >= CONFIG_FROM ? null : "settings are for services and up";
    if (to === OPTIONS) return from.rank === TOP ? null : "only the entries know it";
    const target = roomOf(to);
    if (target === null) return "it is in no room";
    if (target.room === from.room) return null;
    if (from.rank === TOP && target.rank === TOP) return null;
    return target.rank < from.rank ? null : `rank ${from.rank} may not import rank ${target.rank}`;
  });

const VIEW = [/^lib\/shared\//, /^components\//, /^(preact|@preact\/signals|fresh\/runtime)(\/|$)/];

/** What runs in a browser, or is rendered for it, knows lib/shared and its own kind only. */
export const viewsAreSelfContained: Rule = (sources) =>
  eachImport(sources, (source, to) => {
    const island = source.path.startsWith("islands/");
    if (!island && !source.path.startsWith("components/")) return null;
    const allowed = island ? [...VIEW, /^islands\//] : VIEW;
    return allowed.some((pattern) => pattern.test(to)) ? null : "not for components and islands";
  });

/**
 * lib/shared and lib/domain hold rules: no input, output, clock or surroundings
 * (node:module only loads a big package when it is first needed).
 */
export const rulesArePure: Rule = (sources) =>
  sources.filter(({ path }) => /^lib\/(shared|domain)\/|^lib\/config\.ts$/.test(path))
    .flatMap(({ path, members, imports }) =>
      [
        ...[...members].filter((name) => /^(Deno|process)\.|^Date\.now$/.test(name)),
        ...imports.map(({ to }) => to).filter((to) => /^node:(?!module$)/.test(to)),
      ].map((name) => `${path} uses ${name}`)
    );

/** The part of Fresh in fresh/ knows nothing of the program. */
export const freshStandsAlone: Rule = (sources) =>
  eachImport(
    sources,
    (source, to) =>
      source.path.startsWith("fresh/") && isOwn(to) && !to.startsWith("fresh/")
        ? "it must not know the program"
        : null,
  );

/** No module needs itself to be loaded; `import()` and types do not count. */
export const noCycles: Rule = (sources) => {
  const needs = new Map(sources.map(({ path, imports }) => [
    path,
    imports.filter(({ value, lazy }) => value && !lazy).map(({ to }) => to),
  ]));
  const done = new Set<string>();
  const cycles: string[] = [];
  const visit = (path: string, way: string[]) => {
    const seen = way.indexOf(path);
    if (seen >= 0) return void cycles.push([...way.slice(seen), path].join(" → "));
    if (done.has(path)) return;
    for (const to of needs.get(path) ?? []) visit(to, [...way, path]);
    done.add(path);
  };
  for (const path of needs.keys()) visit(path, []);
  return cycles;
};

function keptTo(pattern: RegExp, allowed: RegExp): Rule {
  return (sources) =>
    sources.filter(({ path }) => !allowed.test(path)).flatMap(({ path, members }) =>
      [...members].filter((name) => pattern.test(name)).map((name) => `${path} uses ${name}`)
    );
}

export const storeHasOneDoor: Rule = keptTo(/^Deno\.(Kv|openKv|AtomicOp)/, /^lib\/store\//);

/** fresh/dev replaces public names in browser code while it builds, as Fresh documents. */
export const environmentIsReadAtTheEntry: Rule = keptTo(
  /^(Deno|process)\.env$/,
  /^(main|dev|fresh\/dev\/env_plugin)\.ts$/,
);

/** A guess is good enough to spread retries, and for nothing else. */
const JITTER =
  /^lib\/(shared\/chat_client|store\/kv|store\/transactions|services\/whatsapp\/sending)\.ts$/;
export const chanceOnlySpreadsRetries: Rule = keptTo(/^Math\.random$/, JITTER);

export const noAny: Rule = (sources) =>
  sources.flatMap(({ path, anys, text }) => [
    ...(anys > 0 ? [`${path} writes the type any`] : []),
    ...(/@ts-(ignore|nocheck|expect-error)/.test(text) ? [`${path} silences the compiler`] : []),
    ...(/deno-lint-ignore(-file)?\s*($|--)/m.test(text) ? [`${path} silences every lint`] : []),
  ]);

/** The doors of the package in fresh/ are what its deno.json exports. */
const DOORS = /^fresh\/(mod|runtime|dev|internal|client)\.ts$/;

export const noBarrels: Rule = (sources) =>
  sources.filter(({ path, barrel }) => barrel && !DOORS.test(path))
    .map(({ path }) => `${path} only hands on what others export`);

export const namesSaySomething: Rule = (sources) =>
  sources.filter(({ path }) =>
    path.toLowerCase().split(/[/.]/).some((part) =>
      /^_?(utils?|helpers?|misc|common|stuff)$/.test(part)
    )
  ).map(({ path }) => `${path} says nothing`);

/** snake_case.ts, PascalCase.tsx; routes are named by their addresses. */
export const namesHaveOneStyle: Rule = (sources) =>
  sources.filter(({ path }) => {
    const name = path.slice(path.lastIndexOf("/") + 1);
    if (path.startsWith("routes/")) {
      return !/^(_?[a-z][a-z0-9_-]*|\[(\.\.\.)?[a-z]+\])\.tsx?$/.test(name);
    }
    if (path === OPTIONS) return false;
    return !(name.endsWith("x") ? /^[A-Z][A-Za-z0-9]*\.tsx$/ : /^[a-z][a-z0-9_]*\.ts$/).test(name);
  }).map(({ path }) => `${path} is not named as others are`);

export const LONGEST_MODULE = 300;
/** Longer ones: the store's one table of keys, and what waits for being divided. */
const WAITING: Record<string, number> = {
  "lib/store/keys.ts": 400,
};

export const modulesAreShort: Rule = (sources) =>
  sources.filter(({ path, lines }) => lines > (WAITING[path] ?? LONGEST_MODULE))
    .map(({ path, lines }) => `${path} has ${lines} lines: which two things does it do?`);
