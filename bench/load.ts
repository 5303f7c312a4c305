import { type Answer, readAnswer } from "./answer_reader.ts";
import { cpuSeconds, memoryMb } from "./process.ts";
import { type Pace, question } from "./script.ts";
import { median, quantile } from "./statistics.ts";
import { type Verify, verifyEvents, verifyRelayed } from "./verify.ts";

/** A server under test, and how to call it. */
export interface Target {
  port: number;
  pid: number;
  /** The upstream itself, the floor, or the program with a new visitor per chat or connection. */
  kind: "direct" | "floor" | "new visitor" | "returning visitor" | "gateway";
}

export interface Plan extends Pace {
  connections: number;
  seconds: number;
}

export interface Measured {
  /** Chats per second: counted, or with paced replies derived from the mean time per connection. */
  perSecond: number;
  firstMs: number;
  firstMs99: number;
  cpuMs: number;
  memoryMb: number;
  chats: number;
  errors: string[];
}

/** Connections with every read timed; with paced replies the others read lazily, to save CPU. */
const WATCHED = 32;
const PAUSE_MS = 100;
const WARM_MS = 1_000;
/** Number of visitor addresses: none reaches the limit of 20 per minute. */
const ADDRESSES = 8_192;

const encoder = new TextEncoder();
const sleep = (ms: number) => new Promise<void>((done) => setTimeout(done, ms));

/**
 * Closed loop: each connection sends a question, reads the whole answer and repeats. Every answer
 * is verified; those that began and ended in the window are counted.
 */
export async function load(target: Target, plan: Plan): Promise<Measured> {
  const first: number[] = [], total: number[] = [];
  const errors: string[] = [];
  let chats = 0, asked = 0, over = false;
  let from = Infinity, until = Infinity;
  const paced = plan.firstMs + plan.gapMs > 0;
  // Spread over all, since they start one after the other.
  const every = Math.max(1, Math.floor(plan.connections / WATCHED));
  const verify: Verify = target.kind.endsWith("visitor") ? verifyEvents : verifyRelayed;

  async function talk(index: number): Promise<void> {
    const buffer = new Uint8Array(65_536);
    const nap = paced && index % every > 0 ? () => sleep(PAUSE_MS) : undefined;
    let cookie = "";
    let connection: Deno.TcpConn | null = null;
    while (!over && errors.length < 100) {
      try {
        const bytes = encoder.encode(requestText(target, plan, asked++, cookie));
        const began = performance.now();
        if (connection === null) {
          connection = await Deno.connect({ hostname: "127.0.0.1", port: target.port });
          connection.setNoDelay(true);
        }
        for (let at = 0; at < bytes.length;) at += await connection.write(bytes.subarray(at));
        const answer = await readAnswer(connection, buffer, nap);
        const ended = performance.now();
        const wrong = problemOf(answer, plan.tokens, verify);
        if (wrong) errors.push(wrong);
        if (target.kind === "returning visitor") cookie = cookieOf(answer.headers) ?? cookie;
        if (began < from || ended > until) continue;
        chats++;
        if (nap) continue;
        first.push(answer.firstAt - began);
        total.push(ended - began);
      } catch (error) {
        if (!over) errors.push(String(error));
        connection?.close();
        connection = null;
      }
    }
    connection?.close();
  }

  const period = plan.firstMs + plan.tokens * plan.gapMs;
  const talks: Promise<void>[] = [];
  const started = performance.now();
  for (let i = 0; i < plan.connections; i++) {
    talks.push(talk(i));
    // Paced replies start spread over their length, as with real people.
    const wait = talks.length * period / plan.connections - (performance.now() - started);
    if (paced && wait > 1) await sleep(wait);
  }
  await sleep(WARM_MS);
  from = performance.now();
  until = from + plan.seconds * 1000;
  const before = cpuSeconds(target.pid);
  await sleep(until - performance.now());
  const seconds = (performance.now() - from) / 1000;
  const cpu = cpuSeconds(target.pid) - before;
  const memory = memoryMb(target.pid);
  over = true;
  await Promise.race([Promise.all(talks), sleep(period + 5_000)]);
  if (chats === 0) throw new Error(`No chat was answered in time. ${errors[0] ?? ""}`);
  const mean = total.reduce((sum, ms) => sum + ms, 0) / total.length;
  const perSecond = paced ? plan.connections / (mean / 1000) : chats / seconds;
  return {
    perSecond,
    firstMs: median(first),
    firstMs99: quantile(first, .99),
    cpuMs: 1000 * cpu / (perSecond * seconds),
    memoryMb: memory,
    chats,
    errors: errors.slice(0, 5),
  };
}

function problemOf(answer: Answer, tokens: number, verify: Verify): string | null {
  if (answer.status !== 200) return `${answer.status}: ${answer.body.slice(0, 300)}`;
  return verify(answer.body, tokens);
}

function cookieOf(headers: string): string | undefined {
  return /\r\nset-cookie: *([^;\r]+)/i.exec(headers)?.[1];
}

function requestText({ kind }: Target, pace: Pace, number: number, cookie: string): string {
  const text = question(pace);
  const program = kind.endsWith("visitor");
  const body = program || kind === "floor"
    ? JSON.stringify({ toolId: "general-assistant", message: text })
    : JSON.stringify({
      model: "gpt-6-luna",
      messages: [{ role: "user", content: text }],
      stream: true,
      stream_options: { include_usage: true },
    });
  const address = number % ADDRESSES;
  const lines = [
    `POST ${program ? "/api/chat" : "/v1/chat/completions"} HTTP/1.1`,
    "host: 127.0.0.1",
    "accept: text/event-stream",
    "content-type: application/json",
    `x-forwarded-for: 10.1.${address >> 8}.${address & 255}`,
    `content-length: ${body.length}`,
  ];
  if (cookie) lines.push(`cookie: ${cookie}`);
  if (kind === "gateway") lines.push(...(JSON.parse(Deno.env.get("GATEWAY_HEADERS") ?? "[]")));
  return `${lines.join("\r\n")}\r\n\r\n${body}`;
}

if (import.meta.main) {
  const [target, plan] = Deno.args.map((argument) => JSON.parse(argument));
  const measured = await load(target, plan);
  // deno-lint-ignore no-console -- what main.ts reads
  console.log(JSON.stringify(measured));
  Deno.exit(0);
}
