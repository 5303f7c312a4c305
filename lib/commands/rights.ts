import { existsSync } from "node:fs";
import { relative, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { isFile, placesOf } from "../store/private_files.ts";

/** The one package with native code: it hashes the admin password. */
const NATIVE = "@node-rs";
/** That package looks here for the kind of system; without it, it would ask for much more. */
const SYSTEM = "/usr/bin/ldd";

/**
 * What the program may do while it serves, as flags of Deno's: all else fails
 * there, without a question. It writes nothing but its store, runs no program,
 * and loads no code but what lies in its folder, where it cannot write.
 * @param kvPath where the store is, as `KV_PATH` says it
 * @param from the folder in which Deno is to read the flags
 * @param authorities the file of certificate authorities that are trusted as well
 * @throws {Error} whose message is one line, when a path cannot be said in a flag
 */
export async function servingRights(
  root: URL,
  kvPath: string | undefined,
  from = Deno.cwd(),
  authorities?: string,
): Promise<string[]> {
  const allow = (kind: string, paths: readonly string[]) => flag(kind, paths, from);
  const folder = fileURLToPath(root);
  const store = isFile(kvPath) ? (await placesOf(kvPath)).map((path) => resolve(path)) : [];
  const settings = resolve(from, ".env");
  const trusted = authorities === undefined ? [] : [resolve(authorities)];
  const system = existsSync(SYSTEM) ? [SYSTEM] : [];
  const native = [`node_modules/${NATIVE}`, ...await packages(folder)]
    .map((path) => resolve(folder, path));
  return [
    // Nothing is asked of a person, fetched from a registry or imported from an address,
    // and the lock file stays as it is.
    "--no-prompt",
    "--cached-only",
    "--frozen",
    "--deny-import",
    // To listen, to ask models, Twilio and webhooks, whose addresses are settings.
    "--allow-net",
    "--allow-env",
    allow("read", [folder, settings, ...store, ...trusted, ...system]),
    ...(store.length > 0 ? [allow("write", store)] : []),
    allow("ffi", native),
    // An alert must not be sent to this server itself. To trust authorities beside the usual ones
    // takes a right that has no name on the command line.
    authorities === undefined ? "--allow-sys=networkInterfaces" : "--allow-sys",
  ];
}

/** Where Deno keeps that package's native code, which is one for each system. */
async function packages(folder: string): Promise<string[]> {
  const found: string[] = [];
  try {
    for await (const { name } of Deno.readDir(resolve(folder, "node_modules/.deno"))) {
      if (name.startsWith(`${NATIVE}+`)) found.push(`node_modules/.deno/${name}`);
    }
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
  }
  return found.sort();
}

/** Paths below the working folder are said from there: how that is called does not matter. */
function flag(kind: string, paths: readonly string[], from: string): string {
  const said = paths.map((path) => {
    const short = relative(from, path);
    return short.startsWith("..") ? path : short || ".";
  });
  // Deno's flags have no way to write a comma, nor xargs one to write an apostrophe in quotes.
  const odd = said.find((path) => /[,'\n]/.test(path));
  if (odd !== undefined) {
    throw new Error(`Cannot start: ${odd} has a comma or an apostrophe in its name`);
  }
  return `--allow-${kind}=${said.join(",")}`;
}

/** Words as a shell or xargs takes them, in quotes where one has a space or a sign of its own. */
export function quoted(words: readonly string[]): string {
  return words.map((word) => /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word}'`).join(" ");
}
