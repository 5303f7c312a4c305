import { TwilioSimulator } from "@/tests/simulators/twilio.ts";
import { PUBLIC_URL } from "@/tests/support/phones.ts";
import { cpuSeconds } from "./process.ts";
import { question } from "./script.ts";
import { startProgram } from "./servers.ts";
import { median, quantile } from "./statistics.ts";

/** Number of phones, message rate and duration. */
interface Plan {
  phones: number;
  perSecond: number;
  seconds: number;
  /** The OpenAI mock's port, and the folder for the store. */
  upstream: number;
  folder: string;
}

/** Acknowledgement times of Twilio's requests, in ms. */
export interface Acknowledged {
  perSecond: number;
  p50: number;
  p99: number;
  /** From a message to its reply's acceptance at Twilio. */
  reply50: number;
  /** Unacknowledged messages, and missing or surplus replies. */
  wrong: number;
  cpuMs: number;
}

/** A reply of 3 seconds. */
const PACE = { tokens: 10, firstMs: 300, gapMs: 300 };
/** Phones greeted per second before the measurement. */
const GREETED = 60;
const PATIENCE_MS = 120_000;

const sleep = (ms: number) => new Promise<void>((done) => setTimeout(done, ms));

/**
 * Phones write in turn at a fixed rate, through a Twilio simulator at the wire; each is greeted
 * before, and has its reply before its next turn.
 */
async function run({ phones, perSecond, seconds, upstream, folder }: Plan): Promise<Acknowledged> {
  const twilio = await TwilioSimulator.start();
  const server = await startProgram(
    { port: upstream, pid: 0, stop: () => Promise.resolve() },
    folder,
    [],
    {
      ...twilio.env(),
      PUBLIC_URL,
      RATE_LIMIT_WHATSAPP_PER_MINUTE: "1000",
    },
  );
  twilio.connect(`http://127.0.0.1:${server.port}`, PUBLIC_URL);
  const people = Array.from({ length: phones }, (_, i) => twilio.phone(`+4179${1_000_000 + i}`));
  await paced(phones, GREETED, (i) => void people[i]?.says("help"));
  await twilio.messages.waitUntil(
    () => twilio.messages.all.length >= phones,
    PATIENCE_MS,
    () => "the greetings",
  );
  const times: number[] = [], replies: number[] = [];
  let wrong = 0;
  const count = perSecond * seconds;
  const asked = question(PACE);
  const cpu = cpuSeconds(server.pid);
  const began = performance.now();
  const talks: Promise<void>[] = [];
  await paced(count, perSecond, (i) => {
    const person = people[i % phones];
    if (!person) return;
    const at = performance.now();
    const nth = 2 + Math.floor(i / phones);
    talks.push(
      person.says(asked).then(([answer]) => {
        if (answer?.status === 200) times.push(performance.now() - at);
        else wrong++;
        return person.waitFor(nth, PATIENCE_MS);
      }).then(() => void replies.push(performance.now() - at), () => void wrong++),
    );
  });
  const acknowledging = (performance.now() - began) / 1000;
  await Promise.all(talks);
  const cpuMs = 1000 * (cpuSeconds(server.pid) - cpu) / count;
  await sleep(1_000);
  wrong += Math.abs(twilio.messages.all.length - phones - count);
  await server.stop();
  await twilio.close();
  return {
    perSecond: times.length / acknowledging,
    p50: median(times),
    p99: quantile(times, .99),
    reply50: median(replies),
    wrong,
    cpuMs,
  };
}

/** Calls `act` at a fixed rate. */
async function paced(count: number, perSecond: number, act: (i: number) => void): Promise<void> {
  const began = performance.now();
  for (let i = 0; i < count; i++) {
    const wait = i * 1000 / perSecond - (performance.now() - began);
    if (wait > 1) await sleep(wait);
    act(i);
  }
}

if (import.meta.main) {
  const measured = await run(JSON.parse(Deno.args[0] ?? ""));
  // deno-lint-ignore no-console -- what main.ts reads
  console.log(JSON.stringify(measured));
  Deno.exit(0);
}
