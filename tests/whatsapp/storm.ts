import http from "node:http";
import { randomFrom } from "@/tests/money/fates.ts";
import { TwilioSimulator } from "@/tests/simulators/twilio.ts";
import { newSid } from "@/tests/simulators/twilio_phone.ts";
import { offer, PUBLIC_URL, TUTOR } from "@/tests/support/phones.ts";
import { type Server, startServer } from "@/tests/support/server.ts";
import { openWorld } from "@/tests/support/world.ts";
import { allAnswered, judgePhones } from "./phone_books.ts";

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
  await allAnswered(path);
  const all = performance.now() - began;
  for (const server of servers) {
    server.kill("SIGTERM");
    await server[Symbol.asyncDispose]();
  }
  const said = Array.from(
    { length: phones },
    (_, p): [string, string[]] => [
      numberOf(p),
      Array.from({ length: messages }, (_, m) => textOf(p, m)),
    ],
  );
  const result = await judgePhones(path, twilio, new Map(said));
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
