import { existsSync } from "node:fs";
import { relative, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { isFile, storePaths } from "../store/private_files.ts";

/** The only package with native code: it hashes the admin password. */
const NATIVE = "@node-rs";
/** The package reads this file to detect the system; otherwise it would need more permissions. */
const SYSTEM = "/usr/bin/ldd";

/**
 * Permissions of the serving program, as Deno flags; everything else fails without a prompt. It
 * writes only its store, runs no program, and loads code only from its own folder, which it cannot
 * write.
 * @param kvPath the store's path, as in `KV_PATH`
 * @param from the folder in which Deno reads the flags
 * @param backups the folder of backups, which it writes as well
 * @param authorities the file of additional certificate authorities
 * @throws {Error} with a one-line message when a path cannot be written in a flag
 */
export async function servingRights(
  root: URL,
  kvPath: string | undefined,
  from = Deno.cwd(),
  authorities?: string,
  backups?: string,
): Promise<string[]> {
  const allow = (kind: string, paths: readonly string[]) => flag(kind, paths, from);
  const folder = fileURLToPath(root);
  const store = (isFile(kvPath) ? await storePaths(kvPath) : [])
    .concat(backups ?? []).map((path) => resolve(path));
  const settings = resolve(from, ".env");
  const trusted = authorities === undefined ? [] : [resolve(authorities)];
  const system = existsSync(SYSTEM) ? [SYSTEM] : [];
  const native = [`node_modules/${NATIVE}`, ...await packages(folder)]
    .map((path) => resolve(folder, path));
  return [
    // No prompts, downloads or remote imports; the lock file stays unchanged.
    "--no-prompt",
    "--cached-only",
    "--frozen",
    "--deny-import",
    // Lets the start give back the memory that loading took.
    "--v8-flags=--expose-gc",
    // To listen, and to call models, Twilio and webhooks, whose addresses are settings.
    "--allow-net",
    "--allow-env",
    allow("read", [folder, settings, ...store, ...trusted, ...system]),
    ...(store.length > 0 ? [allow("write", store)] : []),
    allow("ffi", native),
    // Detects alert webhooks that point to this server, and reads the free space. Trusting own authorities needs a right
    // that has no name on the command line.
    authorities === undefined ? "--allow-sys=networkInterfaces,statfs" : "--allow-sys",
  ];
}

/** Where Deno keeps the package's native code, one per system. */
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

/** A permission flag; paths below the working folder are relative to it, whatever its name. */
function flag(kind: string, paths: readonly string[], from: string): string {
  const said = paths.map((path) => {
    const short = relative(from, path);
    return short.startsWith("..") ? path : short || ".";
  });
  // Deno's flags cannot escape a comma, nor xargs an apostrophe in quotes.
  const odd = said.find((path) => /[,'\n]/.test(path));
  if (odd !== undefined) {
    throw new Error(`Cannot start: ${odd} has a comma or an apostrophe in its name`);
  }
  return `--allow-${kind}=${said.join(",")}`;
}

/** Quotes words for a shell or xargs where they have spaces or special characters. */
export function quoted(words: readonly string[]): string {
  return words.map((word) => /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word}'`).join(" ");
}
