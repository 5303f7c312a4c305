import { checkLedger } from "@/lib/metering/ledger_check.ts";
import { BackupFolder } from "@/lib/backup/places/backup_folder.ts";
import { openStore } from "@/lib/stores.ts";
import { checkTotals, readBooks } from "@/tests/money/books.ts";
import { randomFrom } from "@/tests/money/fates.ts";
import { percentile } from "@/tests/money/inspector.ts";
import { TwilioSimulator } from "@/tests/simulators/twilio.ts";
import { EMAIL, PASSWORD } from "@/tests/support/admin.ts";
import { offer, PUBLIC_URL, TUTOR } from "@/tests/support/phones.ts";
import { scratch } from "@/tests/support/scratch.ts";
import { type Server, startServer } from "@/tests/support/server.ts";
import { until } from "@/tests/support/wait.ts";
import { openWorld } from "@/tests/support/world.ts";
import { type Actor, pause } from "./mixed/actor.ts";
import { Administrating } from "./mixed/administrating.ts";
import { checkBackups } from "./mixed/backup_files.ts";
import { Chatting } from "./mixed/chatting.ts";
import { Phoning } from "./mixed/phoning.ts";
import { Uploading } from "./mixed/uploading.ts";

/** Longest time in which a restarted program settles what a killed one held. */
const HEAL_MS = 60_000;
const BACKUP_KEY = "a passphrase of many letters";

export interface MixedKillsOptions {
  seed: number;
  /** Kills of the only process. */
  single: number;
  /** Kills where two processes serve the store: one of them, or now and then both. */
  double: number;
  /** Chats in a round. */
  chats: number;
  say?: (line: string) => void;
}

export interface MixedKillsResult {
  wrong: string[];
  figures: Record<string, number>;
}

/**
 * Kills the whole program under chats, webhooks, edits, uploads and backups, and restarts it: what
 * was acknowledged is there once and whole, and nothing stays held.
 */
export async function runMixedKills(options: MixedKillsOptions): Promise<MixedKillsResult> {
  const { seed, single, double, chats, say = () => {} } = options;
  const random = randomFrom(seed);
  await using files = await scratch();
  const path = files.store, folder = `${files.folder}/backups`;
  await using twilio = await TwilioSimulator.start();
  await prepare(path);
  const env = {
    ...twilio.env(),
    PUBLIC_URL,
    TRUSTED_PROXIES: "127.0.0.1",
    ADMIN_PASSWORD: PASSWORD,
    ALLOWED_ADMIN_EMAILS: EMAIL,
    BACKUP_DIR: folder,
    BACKUP_KEY,
    RATE_LIMIT_CHAT_PER_MINUTE: "7000",
    RATE_LIMIT_WHATSAPP_PER_MINUTE: "7000",
    RATE_LIMIT_ADMIN_PER_5MIN: "7000",
    WHATSAPP_DEBOUNCE_MS: "50",
    MOCK_PACE_MS: "20",
    LOG_LEVEL: "warn",
  };
  const admin = new Administrating(path, random);
  const phoning = new Phoning(path, twilio, random);
  const actors: Actor[] = [
    new Chatting(path, chats, random),
    phoning,
    admin,
    new Uploading(path, random),
  ];
  const starts: number[] = [], healed: number[] = [];
  const servers: Server[] = [];
  const wrong: string[] = [];
  const serve = async (count: number) => {
    while (servers.length < count) {
      const began = performance.now();
      servers.push(await startServer({ kvPath: path, env }));
      starts.push(performance.now() - began);
    }
  };
  for (let kill = 0; kill < single + double;) {
    const alone = kill < single;
    await serve(alone ? 1 : 2);
    const urls = servers.map(({ url }) => url);
    const acting = Promise.all(actors.map((actor) => actor.round(urls)));
    await pause(200 + random() * 1_300);
    const both = !alone && kill % 5 === 4;
    const victims = servers.splice(0, both ? 2 : 1);
    for (const victim of victims) victim.kill("SIGKILL");
    const at = performance.now();
    await acting;
    await Promise.all(victims.map((victim) => victim[Symbol.asyncDispose]()));
    kill += victims.length;
    await serve(1);
    if (!await heals(path)) wrong.push(`Something is still held a minute after kill ${kill}`);
    healed.push(performance.now() - at);
    if (kill % 20 === 0) say(`kill ${kill}: ${JSON.stringify(figuresOf(actors))}`);
  }
  await serve(1);
  const [last] = servers;
  await until("the last webhooks", () => phoning.deliverRest(last?.url ?? ""), HEAL_MS);
  const backups = new BackupFolder(folder);
  // One begun now, as kills may have ended all others, or all but one of a store still empty.
  const rested = Date.now();
  await until("a whole backup", async () => {
    if ((await backups.list()).some(({ at }) => at >= rested)) return true;
    await admin.backUpNow(last?.url ?? "");
    await pause(500);
    return false;
  }, HEAL_MS);
  // In order: judging the phones waits until all of them were answered.
  for (const actor of [phoning, ...actors.filter((each) => each !== phoning)]) {
    wrong.push(...await actor.judge());
  }
  for (const server of servers) {
    server.kill("SIGTERM");
    await server.exited;
    await server[Symbol.asyncDispose]();
  }
  wrong.push(...await checkBooks(path));
  wrong.push(
    ...await checkBackups(path, folder, BACKUP_KEY, rested).catch((
      error,
    ) => [`The backups: ${error}`]),
  );
  return {
    wrong,
    figures: {
      kills: single + double,
      ...figuresOf(actors),
      "start, ms, p50": Math.round(percentile(starts, 0.5)),
      "start, ms, p99": Math.round(percentile(starts, 0.99)),
      "from the kill until nothing is held, ms, p50": Math.round(percentile(healed, 0.5)),
      "from the kill until nothing is held, ms, most": Math.round(Math.max(...healed)),
    },
  };
}

async function prepare(path: string): Promise<void> {
  await using world = await openWorld({ path });
  await offer(world, TUTOR);
  const tool = await world.deps.store.tools.get(TUTOR);
  if (tool) await world.deps.store.tools.put({ ...tool, ceiling: null });
}

function figuresOf(actors: readonly Actor[]): Record<string, number> {
  return Object.assign({}, ...actors.map((actor) => actor.figures()));
}

/** Waits until no call is under way and no day holds money. */
async function heals(path: string): Promise<boolean> {
  const kv = await Deno.openKv(path);
  try {
    await until("nothing to be held", () => holdsNothing(kv).catch(() => false), HEAL_MS);
    return true;
  } catch {
    return false;
  } finally {
    kv.close();
  }
}

async function holdsNothing(kv: Deno.Kv): Promise<boolean> {
  for await (const _ of kv.list({ prefix: ["running"] }, { limit: 1 })) return false;
  for await (const { value } of kv.list<{ held: bigint }>({ prefix: ["day"] })) {
    if (value.held > 0n) return false;
  }
  return true;
}

async function checkBooks(path: string): Promise<string[]> {
  const store = await openStore({ path, report: () => {} });
  const { difference } = await checkLedger(store);
  await store.close();
  const kv = await Deno.openKv(path);
  const books = await readBooks(kv);
  kv.close();
  const wrong = checkTotals(books);
  if (difference !== null) wrong.push(difference);
  if (books.leftovers.length > 0) {
    wrong.push(`Left behind: ${books.leftovers.slice(0, 5).join("; ")}`);
  }
  return wrong;
}

/*
 * Soak test: `deno run -A --lock=tests/deno.lock tests/operate/mixed_kills.ts [SINGLE] [DOUBLE]
 * [SEED]`, by default 500 kills of the only process and 100 with two.
 */
if (import.meta.main) {
  const [single = 500, double = 100, seed = Date.now() % 1_000_000] = Deno.args.map(Number);
  const say = (line: string) => void Deno.stdout.writeSync(new TextEncoder().encode(`${line}\n`));
  say(`seed ${seed}`);
  const { wrong, figures } = await runMixedKills({ seed, single, double, chats: 8, say });
  const slow = (figures["start, ms, p50"] ?? 0) >= 2_000;
  if (slow) wrong.push("A start takes two seconds or more");
  for (const [name, value] of Object.entries(figures)) say(`  ${name}: ${value}`);
  for (const what of wrong.slice(0, 30)) say(`  WRONG ${what}`);
  say(wrong.length === 0 ? "Nothing wrong" : `${wrong.length} wrong`);
  Deno.exit(wrong.length === 0 ? 0 : 1);
}
