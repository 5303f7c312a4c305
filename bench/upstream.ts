import { type Pace, paceIn, token } from "./script.ts";
import { RequestReader } from "./request_reader.ts";

/*
 * A mock of OpenAI's streamed chat completions on raw TCP, cheap enough not to affect the
 * measurements: `deno run -A upstream.ts PORT`. Each event is an HTTP chunk of its own, as OpenAI's.
 */
const HEAD = "HTTP/1.1 200 OK\r\ncontent-type: text/event-stream; charset=utf-8\r\n" +
  "x-request-id: req_mock\r\ntransfer-encoding: chunked\r\n\r\n";
const encoder = new TextEncoder();
const known = new Map<string, Uint8Array>();

function data(value: unknown): string {
  const text = `data: ${typeof value === "string" ? value : JSON.stringify(value)}\n\n`;
  return `${text.length.toString(16)}\r\n${text}\r\n`;
}

function event(delta: object, finish: string | null = null): string {
  const choices = [{ index: 0, delta, logprobs: null, finish_reason: finish }];
  return data({ ...ABOUT, choices });
}

const ABOUT = {
  id: "chatcmpl-mock000000000000000001",
  object: "chat.completion.chunk",
  created: 1750000000,
  model: "gpt-6-luna",
  system_fingerprint: "fp_mock",
};

const opening = HEAD + event({ role: "assistant", content: "", refusal: null });
const piece = (n: number) => event({ content: token(n) });

function ending(tokens: number): string {
  const usage = { prompt_tokens: 57, completion_tokens: tokens, total_tokens: 57 + tokens };
  return event({}, "stop") + data({ ...ABOUT, choices: [], usage }) + data("[DONE]") +
    "0\r\n\r\n";
}

/** Caches encoded texts: responses have only a few different ones. */
function bytes(name: string, make: () => string): Uint8Array {
  let found = known.get(name);
  if (!found) known.set(name, found = encoder.encode(make()));
  return found;
}

async function write(connection: Deno.TcpConn, all: Uint8Array): Promise<void> {
  for (let at = 0; at < all.length;) at += await connection.write(at ? all.subarray(at) : all);
}

interface Stream {
  connection: Deno.TcpConn;
  pace: Pace;
  next: number;
  done: () => void;
}

/** Streams by the millisecond of their next write: one timer serves them all. */
const due = new Map<number, Stream[]>();
let ticked = 0;

function plan(at: number, stream: Stream): void {
  const same = due.get(at);
  if (same) same.push(stream);
  else due.set(at, [stream]);
}

function tick(): void {
  const now = Math.floor(performance.now());
  for (; ticked <= now; ticked++) {
    const streams = due.get(ticked) ?? [];
    due.delete(ticked);
    for (const stream of streams) send(stream, ticked);
  }
}

function send(stream: Stream, at: number): void {
  const { connection, pace, next } = stream;
  const sent = write(connection, bytes(`token ${next}`, () => piece(next)));
  if (++stream.next < pace.tokens) {
    plan(at + pace.gapMs, stream);
    sent.catch(() => stream.next = Infinity);
  } else {
    sent.then(() => write(connection, bytes(`end ${pace.tokens}`, () => ending(pace.tokens))))
      .then(stream.done, stream.done);
  }
}

async function answer(connection: Deno.TcpConn, body: string): Promise<void> {
  const pace = paceIn(body);
  const { tokens } = pace;
  if (pace.firstMs === 0 && pace.gapMs === 0) {
    const all = () => opening + Array.from({ length: tokens }, (_, n) => piece(n)).join("");
    return await write(connection, bytes(`all ${tokens}`, () => all() + ending(tokens)));
  }
  await write(connection, bytes("opening", () => opening));
  await new Promise<void>((done) => {
    const first = Math.floor(performance.now()) + Math.max(1, pace.firstMs);
    plan(first, { connection, pace, next: 0, done });
  });
}

async function serve(connection: Deno.TcpConn): Promise<void> {
  connection.setNoDelay(true);
  const requests = new RequestReader(connection);
  try {
    for (;;) {
      const body = await requests.next();
      if (body === null) break;
      await answer(connection, body);
    }
  } catch {
    // The client disconnected.
  }
  try {
    connection.close();
  } catch {
    // Closed already.
  }
}

ticked = Math.floor(performance.now());
setInterval(tick, 1);
const listener = Deno.listen({
  hostname: "127.0.0.1",
  port: Number(Deno.args[0]),
  tcpBacklog: 4096,
});
for await (const connection of listener) void serve(connection);
