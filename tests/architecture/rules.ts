import type { Source } from "./source.ts";

/** A rule looks at all modules and returns a sentence for each breach. */
export type Rule = (sources: readonly Source[]) => string[];

/**
 * The capabilities below lib/, lowest first. A module imports from earlier ones in this list, or
 * from its own folder.
 */
export const CAPABILITIES = [
  "shared",
  "locales",
  "platform",
  "store",
  "settings",
  "audit",
  "markdown",
  "llm",
  "limits",
  "people",
  "metering",
  "tools",
  "media",
  "chat",
  "feedback",
  "experiments",
  "memory",
  "api",
  "whatsapp",
  "own_data",
  "alerts",
  "reports",
  "backup",
  "monitoring",
  "admin",
  "doctor",
  "web",
  "commands",
];
/** Settings are plain data; they import only the rules that check them. */
const CONFIG = /^lib\/config(\.ts$|\/)/;
const CONFIG_FROM = CAPABILITIES.indexOf("settings");
/** These assemble all capabilities and hand them out piece by piece. */
const ASSEMBLY = [
  "lib/deletion.ts",
  "lib/deps.ts",
  "lib/stores.ts",
  "lib/migrations.ts",
  "lib/service_types.ts",
  "lib/services.ts",
];
/** The program's operations, which web pages call. */
const SERVICES = ["lib/service_types.ts", "lib/services.ts"];
const LAYERS = ["components/", "islands/", "routes/"];
const TOP = CAPABILITIES.length + LAYERS.length;
const ENTRIES = ["main.ts", "serve.ts", "dev.ts"];
const OPTIONS = "fresh.config.ts";

interface Place {
  name: string;
  rank: number;
}

function placeOf(path: string): Place | null {
  const [top = "", second = ""] = path.split("/");
  if (top === "lib") {
    const rank = CAPABILITIES.indexOf(second);
    return rank < 0 ? null : { name: second, rank };
  }
  const layer = LAYERS.indexOf(`${top}/`);
  if (layer >= 0) return { name: top, rank: CAPABILITIES.length - 1 + layer };
  return ENTRIES.includes(path) ? { name: path, rank: TOP } : null;
}

const isOwn = (path: string) => /\.tsx?$/.test(path) && !/^\w+:/.test(path);

function eachImport(
  sources: readonly Source[],
  complain: (source: Source, to: string, value: boolean) => string | null,
): string[] {
  return sources.flatMap((source) =>
    source.imports.flatMap(({ to, value }) => {
      const complaint = complain(source, to, value);
      return complaint === null ? [] : [`${source.path} imports ${to}: ${complaint}`];
    })
  );
}

/** A capability names the dependencies that it uses; only layers above know the whole program. */
function mayAssemble({ path }: Source, to: string): string | null {
  const from = placeOf(path);
  if (from === null) return null;
  const least = SERVICES.includes(to) ? "web" : "commands";
  return from.rank >= CAPABILITIES.indexOf(least) ? null : "name what is used of it instead";
}

/** Imports only go down the list of capabilities. */
export const importsGoDown: Rule = (sources) =>
  eachImport(sources, (source, to) => {
    if (!isOwn(to) || ASSEMBLY.includes(source.path)) return null;
    if (ASSEMBLY.includes(to)) return mayAssemble(source, to);
    const from = placeOf(source.path);
    if (CONFIG.test(source.path)) {
      return CONFIG.test(to) || /^lib\/(shared|platform)\//.test(to)
        ? null
        : "settings know no capability";
    }
    if (from === null) return null;
    if (CONFIG.test(to)) return from.rank >= CONFIG_FROM ? null : "it stands below all settings";
    if (to === OPTIONS) return from.rank === TOP ? null : "only the entries know it";
    const target = placeOf(to);
    if (target === null) return "it is in no capability";
    if (target.name === from.name || (from.rank === TOP && target.rank === TOP)) return null;
    return target.rank < from.rank ? null : `${target.name} stands above ${from.name}`;
  });

const VIEW = [
  /^lib\/(shared|locales)\//,
  /^components\//,
  /^(preact|@preact\/signals|fresh\/runtime)(\/|$)/,
];

/**
 * Pages, components and islands import lib/shared, lib/locales and their own kind only; islands
 * import only types of lib/locales.
 */
export const viewsAreSelfContained: Rule = (sources) =>
  eachImport(sources, (source, to, value) => {
    const island = source.path.startsWith("islands/");
    if (!island && !source.path.startsWith("components/")) return null;
    if (island && value && to.startsWith("lib/locales/")) return "islands are given their texts";
    const allowed = island ? [...VIEW, /^islands\//] : VIEW;
    return allowed.some((pattern) => pattern.test(to)) ? null : "not for components and islands";
  });

const PURE = /^lib\/(shared|locales|markdown)\/|^lib\/config(\.ts$|\/)|\/rules\//;
/** The page's connection to the server; the rest of lib/shared is pure. */
const CONNECTION = /^lib\/shared\/chat_(client|session)\.ts$/;
const OUTSIDE =
  /^(Deno|process|performance|crypto|globalThis|console|document|window|navigator)\.|^(Date\.now|Math\.random)$/;
const EFFECTS =
  /^(fetch|Date|setTimeout|setInterval|queueMicrotask|new (Date|WebSocket|EventSource|Worker))$/;

/**
 * lib/shared, lib/locales, lib/markdown and each capability's rules/ are pure: no I/O, clock,
 * chance or environment (node:module only loads a big package on first use).
 */
export const rulesArePure: Rule = (sources) =>
  sources.filter(({ path }) => PURE.test(path) && !CONNECTION.test(path))
    .flatMap(({ path, members, calls, imports }) =>
      [
        ...[...members].filter((name) => OUTSIDE.test(name)),
        ...[...calls].filter((name) => EFFECTS.test(name)),
        ...imports.map(({ to }) => to).filter((to) => /^node:(?!module$)/.test(to)),
      ].map((name) => `${path} uses ${name}`)
    );

/** Modules outside of rules/ that rules may call, as they are pure as well. */
const PURE_PLATFORM = /^lib\/platform\/(constant_time|errors|password_rules|proxies)\.ts$/;

/** A rule calls other rules only; from the rest of the program it takes types. */
export const rulesCallRules: Rule = (sources) =>
  eachImport(
    sources,
    ({ path }, to, value) =>
      PURE.test(path) && value && isOwn(to) && !PURE.test(to) && !PURE_PLATFORM.test(to)
        ? "it is not pure"
        : null,
  );

/** fresh/ does not depend on the program. */
export const freshStandsAlone: Rule = (sources) =>
  eachImport(
    sources,
    (source, to) =>
      source.path.startsWith("fresh/") && isOwn(to) && !to.startsWith("fresh/")
        ? "it must not know the program"
        : null,
  );

/** No module imports itself through others, types included; `import()` does not count. */
export const noCycles: Rule = (sources) => {
  const needs = new Map(sources.map(({ path, imports }) => [
    path,
    imports.filter(({ lazy }) => !lazy).map(({ to }) => to),
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

export const storeHasOneDoor: Rule = keptTo(
  /^Deno\.(Kv|openKv|AtomicOperation)$/,
  /^lib\/(store\/|stores\.ts$)/,
);

/**
 * fresh/dev replaces environment variables in browser code during the build, as Fresh documents.
 */
export const environmentIsReadAtTheEntry: Rule = keptTo(
  /^(Deno|process)\.env$/,
  /^(main|dev|fresh\/dev\/env_plugin)\.ts$/,
);

/** Math.random is for retry jitter only. */
const JITTER =
  /^lib\/(shared\/chat_client|llm\/breaker|store\/store_call|store\/transactions|whatsapp\/outbox\/outbox_sender)\.ts$/;
export const chanceOnlySpreadsRetries: Rule = keptTo(/^Math\.random$/, JITTER);

export const noAny: Rule = (sources) =>
  sources.flatMap(({ path, anys, text }) => [
    ...(anys > 0 ? [`${path} writes the type any`] : []),
    ...(/@ts-(ignore|nocheck|expect-error)/.test(text) ? [`${path} silences the compiler`] : []),
    ...(/deno-lint-ignore(-file)?\s*($|--)/m.test(text) ? [`${path} silences every lint`] : []),
  ]);

/** The entry points of the package in fresh/, as its deno.json exports them. */
const DOORS = /^fresh\/(mod|runtime|dev|internal|client)\.ts$/;

export const noBarrels: Rule = (sources) =>
  sources.filter(({ path, barrel }) => barrel && !DOORS.test(path))
    .map(({ path }) => `${path} only hands on what others export`);

/** Fresh looks for these exports in each file of routes/. */
const OF_ROUTES = new Set(["handler", "config"]);

/** An exported name has one meaning, here and within the package in fresh/. */
export const namesHaveOneMeaning: Rule = (sources) => {
  const places = new Map<string, string[]>();
  for (const { path, exports } of sources) {
    for (const name of exports) {
      if (path.startsWith("routes/") && OF_ROUTES.has(name)) continue;
      const key = `${path.startsWith("fresh/") ? "fresh/ " : ""}${name}`;
      places.set(key, [...places.get(key) ?? [], path]);
    }
  }
  return [...places].filter(([, paths]) => paths.length > 1)
    .map(([name, paths]) => `${name} is exported by ${paths.join(" and ")}`);
};

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

export const modulesAreShort: Rule = (sources) =>
  sources.filter(({ lines }) => lines > LONGEST_MODULE)
    .map(({ path, lines }) => `${path} has ${lines} lines: which two things does it do?`);

export const MOST_FILES = 20;

/** A folder with more files needs a second level. */
export const foldersAreSmall: Rule = (sources) => {
  const folders = new Map<string, number>();
  for (const { path } of sources) {
    const folder = path.slice(0, path.lastIndexOf("/") + 1);
    if (/^(lib|components|islands|routes|fresh)\//.test(folder)) {
      folders.set(folder, (folders.get(folder) ?? 0) + 1);
    }
  }
  return [...folders].filter(([, files]) => files > MOST_FILES)
    .map(([folder, files]) => `${folder} has ${files} files: which two subjects does it hold?`);
};
