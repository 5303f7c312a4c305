import { createReadStream } from "node:fs";
import type { Config } from "../config.ts";
import { errorText } from "../locales/errors/error_text.ts";
import { AppError } from "../platform/errors.ts";
import { TOOL_FILE_BYTES } from "../tools/rules/tool_file.ts";
import { createCalendar } from "../platform/calendar.ts";
import { HttpClient } from "../platform/http_client.ts";
import { createLanguageModels } from "../llm/language_models.ts";
import { TravellingExperiments } from "../experiments/transfer/travelling_experiments.ts";
import { ToolRepository } from "../tools/tool_repository.ts";
import { ToolChecks } from "../tools/tool_checks.ts";
import { type OpenPlan, ToolTransfer } from "../tools/tool_transfer.ts";
import type { PlanItem } from "../shared/views/tool_admin_view.ts";
import { openStore } from "../stores.ts";

const USAGE =
  `tools export [FILE]             all tools as JSON, to a file or to the standard output
tools import FILE [--dry-run]   all of a file's tools, if none is refused; --dry-run only says what would change`;

const MARKS: Record<PlanItem["kind"], string> = {
  new: "new      ",
  changed: "changed  ",
  same: "same     ",
  refused: "refused  ",
};

/** `tools`: exports and imports the tools as JSON. Returns the exit code. */
export async function tools(
  config: Config,
  args: readonly string[],
  say: (line: string) => void,
): Promise<number> {
  const [verb, ...rest] = args;
  const dryRun = rest.includes("--dry-run");
  const [file, ...more] = rest.filter((arg) => arg !== "--dry-run");
  const known = verb === "export" ? !dryRun : verb === "import" && file !== undefined;
  if (!known || more.length > 0) {
    say(USAGE);
    return 1;
  }
  const { transfer, close } = await open(config, say);
  try {
    if (verb === "export") return await exportTo(transfer, file, say);
    const text = await read(file ?? "");
    const plan = await transfer.plan(text);
    for (const line of planLines(plan)) say(line);
    if (plan.items.some(({ kind }) => kind === "refused")) {
      say("Nothing was imported: put right or take out what is refused.");
      return 1;
    }
    if (dryRun) {
      say("Nothing was imported: this was a dry run.");
      return 0;
    }
    const { created, changed } = await transfer.import("command line", text, plan.seen);
    say(`Imported: ${created.length} new, ${changed.length} changed.`);
    return 0;
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    say(errorText(error.told, { language: "en", timeZone: config.TIME_ZONE, now: Date.now() }));
    return 1;
  } finally {
    await close();
  }
}

async function open(config: Config, say: (line: string) => void) {
  const store = await openStore({ path: config.KV_PATH, report: say });
  const clock = () => Date.now();
  const http = new HttpClient(config.proxies);
  const models = createLanguageModels(config, clock, store.customPrices.current, http);
  await store.customPrices.refresh(clock());
  const calendar = createCalendar(config.TIME_ZONE);
  const deps = { store, ...models, http, config, calendar, clock, log: () => {} };
  const transfer = new ToolTransfer(
    deps,
    new ToolRepository(deps),
    new ToolChecks(deps),
    new TravellingExperiments(deps),
  );
  return { transfer, close: () => store.close() };
}

async function exportTo(
  transfer: ToolTransfer,
  file: string | undefined,
  say: (line: string) => void,
): Promise<number> {
  const text = await transfer.export();
  if (file === undefined) say(text.trimEnd());
  else {
    await Deno.writeTextFile(file, text);
    say(`${JSON.parse(text).tools.length} tools are in ${file}.`);
  }
  return 0;
}

/** Reads at most the allowed size, whatever size the file reports. */
async function read(path: string): Promise<string> {
  const decoder = new TextDecoder("utf-8", { fatal: true });
  let size = 0, text = "";
  try {
    for await (const chunk of createReadStream(path)) {
      size += chunk.length;
      if (size > TOOL_FILE_BYTES) {
        throw new AppError("too_large", { code: "file.too_large", path });
      }
      text += decoder.decode(chunk, { stream: true });
    }
    return text + decoder.decode();
  } catch (cause) {
    if (cause instanceof AppError) throw cause;
    throw new AppError("invalid", { code: "file.no_text", path }, { cause });
  }
}

export function planLines({ items }: OpenPlan): string[] {
  return items.flatMap((item) => {
    const name = item.kind === "refused" ? `“${item.name}”: ${item.reason}` : item.id;
    const fields = item.kind === "changed"
      ? `: ${item.changes.map(({ label }) => label.toLowerCase()).join(", ")}`
      : "";
    const notes = item.kind === "refused" ? [] : item.notes.map((note) => `           ${note}`);
    return [`${MARKS[item.kind]}${name}${fields}`, ...notes];
  });
}
