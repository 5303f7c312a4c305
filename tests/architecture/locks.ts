/** The parts of a deno.lock that are compared. */
export interface Lock {
  /** Requested specifiers and their resolved versions. */
  specifiers: Record<string, string>;
  npm: Record<string, Package>;
}

interface Package {
  integrity: string;
  dependencies?: string[];
  optionalDependencies?: string[];
  optionalPeers?: string[];
}

/** A lock without the packages that nothing but these specifiers needs. */
export function without<T extends Lock>(lock: T, testOnly: readonly string[]): T {
  const specifiers = Object.fromEntries(
    Object.entries(lock.specifiers).filter(([name]) => !testOnly.includes(name)),
  );
  const needed = new Set<string>();
  const need = (name: string) => {
    const id = find(lock, name);
    if (id === undefined || needed.has(id)) return;
    needed.add(id);
    const { dependencies = [], optionalDependencies = [], optionalPeers = [] } = lock.npm[id] ?? {};
    for (const next of [...dependencies, ...optionalDependencies, ...optionalPeers]) need(next);
  };
  for (const [name, version] of Object.entries(specifiers)) {
    need(`${name.replace(/^npm:/, "").replace(/(.)@[^@/]*$/, "$1")}@${version}`);
  }
  const npm = Object.fromEntries(Object.entries(lock.npm).filter(([id]) => needed.has(id)));
  return { ...lock, specifiers, npm };
}

/** A package by `name@version`, or by its name alone where there is one version. */
function find({ npm }: Lock, name: string): string | undefined {
  return name in npm ? name : Object.keys(npm).find((id) => id.startsWith(`${name}@`));
}

/** Packages that only tests import: the scopes of deno.json. */
export function testOnly(config: { scopes: Record<string, Record<string, string>> }): string[] {
  return Object.values(config.scopes).flatMap((scope) => Object.values(scope));
}

/** The text of a lock without test-only packages, formatted as Deno does. */
function trimmed(text: string, testOnly: readonly string[]): string {
  const lock: Lock = JSON.parse(text);
  const kept = without(lock, testOnly);
  let rest = text;
  const drop = (pattern: string) =>
    rest = rest.replace(new RegExp(`^    ${pattern},?\\n`, "m"), "");
  for (const name of Object.keys(lock.specifiers)) {
    if (!(name in kept.specifiers)) drop(`${quoted(name)}: "[^"]*"`);
  }
  for (const id of Object.keys(lock.npm)) {
    if (!(id in kept.npm)) drop(`${quoted(id)}: \\{\\n[^]*?^    \\}`);
  }
  return rest.replaceAll(/,(\n {2}\})/g, "$1");
}

const quoted = (text: string) => JSON.stringify(text).replaceAll(/[.+*?^$()[\]{}|\\/]/g, "\\$&");

/** `deno task lock`: removes test-only packages from production's lock. */
if (import.meta.main) {
  const config = JSON.parse(await Deno.readTextFile("deno.json"));
  const text = await Deno.readTextFile("deno.lock");
  await Deno.writeTextFile("deno.lock", trimmed(text, testOnly(config)));
}
