import http from "node:http";
import { checkLedger } from "@/lib/metering/ledger_check.ts";
import type { Message } from "@/lib/chat/records.ts";
import { openStore } from "@/lib/stores.ts";
import { readBooks } from "@/tests/money/books.ts";
import { randomFrom } from "@/tests/money/fates.ts";
import { TwilioSimulator } from "@/tests/simulators/twilio.ts";
import { newSid } from "@/tests/simulators/twilio_phone.ts";
import { offer, PUBLIC_URL, TUTOR } from "@/tests/support/phones.ts";
import { type Server, startServer } from "@/tests/support/server.ts";
import { openWorld } from "@/tests/support/world.ts";

export interface StormOptions {
  path: string;
  seed: number;
  phones: number;
  /** Messages per phone. */
  messages: number;
  /** Processes killed during the run, one after the other. */
  kills: number;
  everyMs: number;
  say?: (line: string) => void;
}

export interface StormResult {
  wrong: string[];
  figures: Record<string, number>;
}

const pause = (ms: number) => new Promise<void>((done) => setTimeout(done, ms));

/**
 * Phones send each message three times at random times to two processes, of which one is sometimes
 * killed; then the store and the phones are checked.
 */
export async function runStorm(options: StormOptions): Promise<StormResult> {
  const { path, phones, messages } = options;
  const random = randomFrom(options.seed);
  await using twilio = await TwilioSimulator.start();
  {
    await using world = await openWorld({ path });
    await offer(world, TUTOR);
    const tool = await world.deps.store.tools.get(TUTOR);
    if (tool) await world.deps.store.tools.put({ ...tool, ceiling: null });
  }
  const env = {
    ...twilio.env(),
    PUBLIC_URL,
    WHATSAPP_DEBOUNCE_MS: "50",
    RATE_LIMIT_WHATSAPP_PER_MINUTE: "7000",
    MOCK_PACE_MS: "10",
    LOG_LEVEL: "warn",
  };
  const servers: Server[] = [];
  for (let i = 0; i < 2; i++) servers.push(await startServer({ kvPath: path, env }));
  await using door = await startBalancer(servers, random);
  twilio.connect(door.url, PUBLIC_URL);
  const began = performance.now();
  let acknowledged = 0, over = false;

  /** Delivers one message three times, and again until a server acknowledges it. */
  const deliver = async (number: string, text: string) => {
    const sid = newSid("SM");
    const phone = twilio.phone(number);
    const at = [0, random() * 1_500, random() * 3_000];
    const first = phone.says(text, { sid, at: [0] });
    const rest = phone.says(text, { sid, at: at.slice(1) });
    let answers = await first;
    while (!answers.some(({ status }) => status === 200)) {
      await pause(100);
      answers = await phone.says(text, { sid });
    }
    acknowledged++;
    return rest;
  };
  const talk = async (p: number) => {
    const number = numberOf(p);
    const later: Promise<unknown>[] = [];
    await pause(random() * 2_000);
    for (let m = 0; m < messages; m++) {
      later.push(deliver(number, textOf(p, m)).then((rest) => rest));
      // Messages are ordered by their acknowledgements: the next one waits for this one.
      await later.at(-1);
      // Some wait for an answer, others write on.
      await pause(random() < 0.3 ? 0 : random() * 1_500);
    }
    await Promise.all(later);
  };
  const killing = (async () => {
    for (let kill = 0; kill < options.kills && !over; kill++) {
      await pause(options.everyMs * (0.5 + random()));
      const [victim] = servers.splice(Math.floor(random() * servers.length), 1);
      victim?.kill("SIGKILL");
      await victim?.[Symbol.asyncDispose]();
      servers.push(await startServer({ kvPath: path, env }));
      options.say?.(`kill ${kill + 1}: ${acknowledged} of ${phones * messages} acknowledged`);
    }
  })();
  await Promise.all(Array.from({ length: phones }, (_, p) => talk(p)));
  over = true;
  await killing;
  const talked = performance.now() - began;
  await quiet(path);
  const all = performance.now() - began;
  for (const server of servers) {
    server.kill("SIGTERM");
    await server[Symbol.asyncDispose]();
  }
  const result = await judge(path, twilio, options);
  return {
    wrong: result.wrong,
    figures: {
      messages: phones * messages,
      "deliveries answered": door.answered,
      "cut off or refused": door.failed,
      "seconds until all was said": Math.round(talked / 1000),
      "seconds until all was answered": Math.round(all / 1000),
      ...result.figures,
    },
  };
}

const numberOf = (p: number) => `+4179${String(1_000_000 + p)}`;
const textOf = (p: number, m: number) => `What is topic${p}x${m}? [[mock:tokens=25]]`;

/** A load balancer before the running servers. */
async function startBalancer(servers: readonly Server[], random: () => number) {
  const counts = { answered: 0, failed: 0 };
  const door = http.createServer((request, response) => {
    const server = servers[Math.floor(random() * servers.length)];
    const fail = () => {
      counts.failed++;
      response.destroy();
    };
    if (!server) return fail();
    const onward = http.request(
      {
        host: "127.0.0.1",
        port: server.port,
        path: request.url,
        method: request.method,
        headers: request.headers,
      },
      (answer) => {
        counts.answered++;
        response.writeHead(answer.statusCode ?? 502, answer.headers);
        answer.pipe(response).on("error", fail);
      },
    ).on("error", fail);
    request.pipe(onward);
  });
  await new Promise<void>((done) => door.listen(0, "127.0.0.1", done));
  const address = door.address();
  const port = typeof address === "object" && address ? address.port : 0;
  return {
    url: `http://127.0.0.1:${port}`,
    get answered() {
      return counts.answered;
    },
    get failed() {
      return counts.failed;
    },
    [Symbol.asyncDispose]: () =>
      new Promise<void>((done) => {
        door.close(() => done());
        door.closeAllConnections();
      }),
  };
}

/** Waits until nothing is left to do; a message with unknown outcome takes a minute to resolve. */
async function quiet(path: string): Promise<void> {
  const store = await openStore({ path, report: () => {} });
  const end = performance.now() + 240_000;
  let still = 0;
  while (still < 3) {
    still = (await store.phones.work()).length === 0 ? still + 1 : 0;
    if (performance.now() > end) break;
    await pause(300);
  }
  await store.close();
}

/** All errors in the outcome. */
async function judge(
  path: string,
  twilio: TwilioSimulator,
  { phones, messages }: StormOptions,
): Promise<StormResult> {
  const wrong: string[] = [];
  const store = await openStore({ path, report: () => {} });
  const kv = await Deno.openKv(path);
  const books = await readBooks(kv);
  const { difference } = await checkLedger(store);
  if (difference !== null) wrong.push(difference);
  if (books.running.length > 0) wrong.push(`${books.running.length} turns still run`);
  for (const [place, { held }] of books.days) if (held !== 0n) wrong.push(`${place} holds ${held}`);
  const turnsPaid = new Map<string, number>();
  for (const { turn } of books.entries) turnsPaid.set(turn, (turnsPaid.get(turn) ?? 0) + 1);
  let turns = 0, partial = 0, joined = 0, sent = 0;
  const states: Record<string, number> = {};
  for (let p = 0; p < phones; p++) {
    const number = numberOf(p);
    const phone = await store.phones.get(number);
    if (phone === null) {
      wrong.push(`Phone ${p} is not known`);
      continue;
    }
    const head = books.heads.get(`${phone.own} ${TUTOR}`);
    const said = books.messages.get(head?.conversation ?? "") ?? [];
    const asked = said.filter(({ role }) => role === "user");
    const lines = asked.flatMap(({ text }) => text.split("\n"));
    const expected = Array.from({ length: messages }, (_, m) => textOf(p, m));
    if (lines.join("|") !== expected.join("|")) wrong.push(`Phone ${p} asked ${lines.join("|")}`);
    wrong.push(...pairs(said).map((what) => `Phone ${p}: ${what}`));
    turns += asked.length;
    joined += lines.length - asked.length;
    const rows = (await store.phones.outbox(number, phone.next, 1_000)).map((row) => row.message);
    for (const { state } of rows) states[state] = (states[state] ?? 0) + 1;
    const replies = rows.filter(({ kind }) => kind === "reply");
    const replied = replies.map(({ turn }) => turn);
    if (replied.join() !== asked.map(({ turn }) => turn).join()) {
      wrong.push(`Phone ${p} was answered ${replied.join()} to ${asked.map((a) => a.turn).join()}`);
    }
    const bodies = rows.map(({ body }) => body);
    const received = twilio.phone(number).texts();
    if (received.join("\u0000") !== bodies.join("\u0000")) {
      wrong.push(`Phone ${p} got ${received.length} messages, ${bodies.length} were to be sent`);
    }
    sent += received.length;
    for (const { turn, role, reply } of said) {
      if (role !== "assistant") continue;
      if (turnsPaid.get(turn) !== 1) {
        wrong.push(`Turn ${turn} was paid ${turnsPaid.get(turn)} times`);
      }
      if (reply?.reason === "interrupted") partial++;
    }
  }
  const inbound = books.entries.filter(({ turn }) => turn.endsWith(".in")).length;
  if (inbound !== phones * messages) wrong.push(`${inbound} messages were paid for`);
  kv.close();
  await store.close();
  return {
    wrong,
    figures: {
      turns,
      "messages joined to a turn": joined,
      "replies cut off by a kill": partial,
      "messages sent": sent,
      "messages in doubt that were not sent again": states.unknown ?? 0,
      "entries of the ledger": books.entries.length,
    },
  };
}

/** Errors in the alternation of questions and replies. */
function pairs(said: readonly Message[]): string[] {
  const wrong: string[] = [];
  for (let i = 0; i < said.length; i += 2) {
    const [question, reply] = [said[i], said[i + 1]];
    if (question?.role !== "user" || reply?.role !== "assistant" || reply.turn !== question.turn) {
      wrong.push(`message ${i} has no reply of its own`);
    }
  }
  return wrong;
}

/*
 * Soak test: `deno run -A --lock=tests/deno.lock tests/whatsapp/storm.ts [PHONES] [MESSAGES]
 * [KILLS]`, by default 100 phones with 10 messages and 20 kills.
 */
if (import.meta.main) {
  const [phones = 100, messages = 10, kills = 20, seed = Date.now() % 1_000_000] = Deno.args
    .map(Number);
  const say = (line: string) => void Deno.stdout.writeSync(new TextEncoder().encode(`${line}\n`));
  const folder = await Deno.makeTempDir({ prefix: "storm-" });
  say(`seed ${seed}`);
  const options = { phones, messages, kills, seed, everyMs: 2_000, say };
  const { wrong, figures } = await runStorm({ ...options, path: `${folder}/kv.sqlite` });
  for (const [name, value] of Object.entries(figures)) say(`  ${name}: ${value}`);
  for (const what of wrong.slice(0, 30)) say(`  WRONG ${what}`);
  say(wrong.length === 0 ? "Nothing wrong" : `${wrong.length} wrong`);
  await Deno.remove(folder, { recursive: true });
  Deno.exit(wrong.length === 0 ? 0 : 1);
}
