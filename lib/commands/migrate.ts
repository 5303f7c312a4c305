import type { Config } from "../config.ts";
import { errorText } from "../locales/errors/error_text.ts";
import { maskPhone } from "../people/rules/phone.ts";
import { AppError } from "../platform/errors.ts";
import { TravellingExperiments } from "../experiments/transfer/travelling_experiments.ts";
import { usdString } from "../shared/money.ts";
import { openStore } from "../stores.ts";
import { ToolChecks } from "../tools/tool_checks.ts";
import { ToolRepository } from "../tools/tool_repository.ts";
import { ToolTransfer } from "../tools/tool_transfer.ts";
import { takeSession } from "../whatsapp/original_people.ts";
import {
  isOriginalSession,
  type OriginalSession,
  readOriginalSession,
} from "../whatsapp/rules/original_session.ts";
import { commandDeps } from "./command_deps.ts";
import { planLines } from "./tools.ts";

type Say = (line: string) => void;

const USAGE =
  `migrate FILE_OR_DIR [--dry-run]   takes over the original's tools and WhatsApp sessions, with
                                  what they cost; --dry-run only says what would change`;
/** Folders within folders that are looked through. */
const DEEPEST = 3;
const MOST_BYTES = 50_000_000;

/** What the files hold. */
interface Found {
  /** Files of tools, with their text. */
  tools: { path: string; text: string }[];
  sessions: OriginalSession[];
  /** Files that are neither, or damaged. */
  left: string[];
}

/** `migrate`: takes over the original's data; repeated, it changes nothing. Returns the exit code. */
export async function migrateOriginal(
  config: Config,
  args: readonly string[],
  say: Say,
): Promise<number> {
  const dryRun = args.includes("--dry-run");
  const [path, ...more] = args.filter((arg) => arg !== "--dry-run");
  if (path === undefined || more.length > 0) {
    say(USAGE);
    return 1;
  }
  const found: Found = { tools: [], sessions: [], left: [] };
  if (!await look(path, found, 0)) {
    say(`There is nothing at ${path}.`);
    return 1;
  }
  const store = await openStore({ path: config.KV_PATH, report: say });
  try {
    const deps = commandDeps(config, store, say);
    await store.customPrices.refresh(deps.clock());
    const transfer = new ToolTransfer(
      deps,
      new ToolRepository(deps),
      new ToolChecks(deps),
      new TravellingExperiments(deps),
    );
    let refused = 0;
    for (const each of found.tools) {
      try {
        refused += await takeTools(transfer, each, dryRun, say);
      } catch (error) {
        if (!(error instanceof AppError)) throw error;
        // The other files are taken all the same.
        refused++;
        const reader = { language: "en", timeZone: config.TIME_ZONE, now: Date.now() } as const;
        found.left.push(`${each.path}: ${errorText(error.told, reader)}`);
      }
    }
    for (const session of found.sessions) {
      const outcome = await takeSession(deps, session, dryRun);
      for (const line of sessionLines(session, outcome)) say(line);
    }
    for (const line of found.left) say(`left     ${line}`);
    say(NOT_TAKEN);
    say(dryRun ? "Nothing was changed: this was a dry run." : "Done.");
    return refused > 0 ? 1 : 0;
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    say(errorText(error.told, { language: "en", timeZone: config.TIME_ZONE, now: Date.now() }));
    return 1;
  } finally {
    await store.close();
  }
}

const NOT_TAKEN = `Not taken over: costs by message and day (the original kept none), the figures of
its A/B tests (they were made up), passwords and keys.`;

/** Reads a file, or the JSON files of a folder; false where nothing is. */
async function look(path: string, found: Found, depth: number): Promise<boolean> {
  const { left } = found;
  try {
    const { isDirectory, isFile, size } = await Deno.stat(path);
    if (isDirectory) {
      if (depth === DEEPEST) left.push(`${path}: too deep`);
      else for (const name of await namesIn(path)) await within(`${path}/${name}`);
    } else if (!path.endsWith(".json")) left.push(`${path}: no JSON`);
    // Reading a pipe would wait for ever.
    else if (!isFile) left.push(`${path}: no file`);
    else if (size > MOST_BYTES) left.push(`${path}: too large`);
    else sort(path, await Deno.readTextFile(path), found);
    return true;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return false;
    if (!isUnreadable(error)) throw error;
    left.push(`${path}: cannot be read`);
    return true;
  }

  async function within(inner: string): Promise<void> {
    if (!await look(inner, found, depth + 1)) left.push(`${inner}: leads nowhere`);
  }
}

async function namesIn(folder: string): Promise<string[]> {
  return (await Array.fromAsync(Deno.readDir(folder))).map(({ name }) => name).sort();
}

/** Without the right to read it, or a link that leads to itself. */
function isUnreadable(error: unknown): boolean {
  return error instanceof Deno.errors.PermissionDenied ||
    error instanceof Deno.errors.NotCapable || error instanceof Deno.errors.FilesystemLoop;
}

/** Adds what a file holds. */
function sort(path: string, text: string, found: Found): void {
  const json = jsonOf(text);
  if (json === undefined) return void found.left.push(`${path}: damaged`);
  const all = Array.isArray(json) ? json : [json];
  const values = all.some(isOriginalSession) ? all : valuesOf(json);
  if (!values.some(isOriginalSession)) {
    if (all.some(isTool)) found.tools.push({ path, text });
    else found.left.push(`${path}: neither tools nor sessions`);
    return;
  }
  for (const [n, value] of values.entries()) {
    const session = readOriginalSession(value);
    if (session === null) found.left.push(`${path}, entry ${n + 1}: a damaged session`);
    else found.sessions.push(session);
  }
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** The values of an object of sessions by their ids. */
function valuesOf(json: unknown): unknown[] {
  return typeof json === "object" && json !== null && !Array.isArray(json)
    ? Object.values(json)
    : [];
}

function isTool(json: unknown): boolean {
  return typeof json === "object" && json !== null && "systemPrompt" in json;
}

/** Plans and imports a file of tools; returns how many are refused. */
async function takeTools(
  transfer: ToolTransfer,
  { path, text }: Found["tools"][number],
  dryRun: boolean,
  say: Say,
): Promise<number> {
  const plan = await transfer.plan(text);
  say(`${path}:`);
  for (const line of planLines(plan)) say(line);
  const refused = plan.items.filter(({ kind }) => kind === "refused").length;
  const wanted = plan.items.flatMap((item) =>
    item.kind === "new" || item.kind === "changed" ? [item.id] : []
  );
  if (!dryRun && wanted.length > 0) await transfer.import("migration", text, plan.seen, wanted);
  return refused;
}

function sessionLines(
  { number, usd, dropped, tool }: OriginalSession,
  outcome: Awaited<ReturnType<typeof takeSession>>,
): string[] {
  const who = maskPhone(number);
  if (outcome.kind === "again") return [`same     ${who}: taken over before`];
  const mark = outcome.isNew ? "new      " : "known    ";
  const cost = `$${usdString(usd)}`;
  const lines = outcome.kind === "old"
    ? [`${mark}${who}: ${cost}; the conversation is older than what is kept`]
    : [`${mark}${who}: ${outcome.messages} messages, ${cost}`];
  if (outcome.kind === "taken" && outcome.messages === 0 && tool !== null) {
    lines.push(`           no tool ${tool}: the conversation is left`);
  }
  if (dropped > 0) lines.push(`           ${dropped} messages without a reply or a question`);
  return lines;
}
