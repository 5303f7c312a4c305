import { lastOfJoined } from "@/lib/llm/rules/prompt.ts";
import { RawConnection, type RawRequest } from "./raw_http.ts";

/**
 * Simulates OpenAI's chat completions over raw TCP and fails as asked. A request's mode is the
 * `[[fault:MODE]]` in its last user message, else the server's, see {@link OpenAiFaults.script}. A
 * mode may have a number (`slow=500`, `long=2000`, `429=7`).
 */

/** How a request is answered. */
export type FaultMode =
  /** A complete reply, each event in a write of its own. */
  | "ok"
  /** As ok, all in one write. */
  | "burst"
  /** Endless words, one each 5 ms or the given number of ms. */
  | "long"
  /** Several alphabets and emoji, split at every byte. */
  | "utf8"
  /** As ok, with neither usage nor [DONE]. */
  | "nodone"
  /** As ok, without usage. */
  | "nousage"
  /** Contradictory usage. */
  | "badusage"
  /** The reply ended at its limit. */
  | "length"
  /** A refusal in place of content. */
  | "refusal"
  /** As ok, then the connection is closed. */
  | "close"
  | "400"
  | "401"
  | "403"
  | "404"
  /** With Retry-After in seconds, 2 or the given number. */
  | "429"
  /** With Retry-After as a date, that many seconds from now. */
  | "429-date"
  | "500"
  | "503"
  /** 200 with an HTML page. */
  | "html"
  /** A chunk of invalid JSON after the first words. */
  | "malformed"
  /** Closed after the first words. */
  | "cut"
  /** Closed before any answer. */
  | "hangup"
  /** An error object after the first words. */
  | "error"
  /** An error object in place of the first words. */
  | "error-first"
  | "error-rate"
  /** Nothing more after the first words. */
  | "stall"
  /** Headers and comments, but no words. */
  | "mute"
  /** No answer at all. */
  | "silent"
  /** First words after 500 ms, or the given number of ms. */
  | "slow";

/** A request that the server received. */
export interface FaultRequest extends RawRequest {
  mode: string;
}

export interface OpenAiFaults extends AsyncDisposable {
  /** Base URL for an OpenAI client, `/v1` included. */
  url: string;
  /** Sets the mode of requests that name none: `"ok"` at first. */
  script(mode: FaultMode | `${FaultMode}=${number}`): void;
  requests: FaultRequest[];
  openSockets(): number;
  /** Number of incomplete answers on open connections. */
  streaming(): number;
  /** Number of connections accepted so far. */
  acceptedSockets(): number;
  close(): Promise<void>;
}

/** Starts the server on a free local port. */
export function startOpenAiFaults(): Promise<OpenAiFaults> {
  const listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const open = new Set<RawConnection>();
  const requests: FaultRequest[] = [];
  const closing = new AbortController();
  let script = "ok";
  let accepted = 0;
  let streaming = 0;

  async function serve(socket: Deno.TcpConn): Promise<void> {
    socket.setNoDelay(true);
    const talk = new RawConnection(socket, closing.signal);
    open.add(talk);
    accepted++;
    try {
      for (let asked = await talk.request(); asked; asked = await talk.request()) {
        const mode = modeIn(asked.body) ?? script;
        requests.push({ ...asked, mode });
        streaming++;
        await answer(talk, mode).finally(() => streaming--);
      }
    } catch {
      // The client went away, or the mode closed the connection.
    }
    open.delete(talk);
    talk.close();
  }

  const accepting = (async () => {
    const talks: Promise<void>[] = [];
    for await (const socket of listener) talks.push(serve(socket));
    await Promise.all(talks);
  })();

  async function close(): Promise<void> {
    closing.abort();
    listener.close();
    for (const talk of open) talk.close();
    await accepting;
  }

  const { port } = listener.addr;
  return Promise.resolve({
    url: `http://127.0.0.1:${port}/v1`,
    script: (mode) => void (script = mode),
    requests,
    openSockets: () => open.size,
    streaming: () => streaming,
    acceptedSockets: () => accepted,
    close,
    [Symbol.asyncDispose]: close,
  });
}

function modeIn(body: Record<string, unknown>): string | undefined {
  const said: unknown[] = Array.isArray(body.messages) ? body.messages : [];
  const last = said.findLast((message) => JSON.stringify(message).includes('"role":"user"'));
  const question = lastOfJoined(JSON.stringify(last ?? "").replaceAll("\\n", "\n"));
  return question.match(/\[\[fault:([\w=-]+)\]\]/)?.[1];
}

const HEAD = "HTTP/1.1 200 OK\r\ncontent-type: text/event-stream; charset=utf-8\r\n" +
  "x-request-id: req_fault\r\ntransfer-encoding: chunked\r\n\r\n";
const LAST = "0\r\n\r\n";
const DONE = "data: [DONE]\n\n";
const WORDS = ["Hello", " from", " the", " simulator", "."];
const ALPHABETS = "Grüße, Ελλάδα, שלום, مرحبا, 日本語, 한국어, 👩‍👩‍👧‍👦 🎉.";

function event(delta: Record<string, unknown>, finish: string | null = null): string {
  const choices = [{ index: 0, delta, logprobs: null, finish_reason: finish }];
  return line({ choices });
}

function line(fields: Record<string, unknown>): string {
  const head = { id: "chatcmpl-fault", object: "chat.completion.chunk", created: 1, model: "m" };
  return `data: ${JSON.stringify({ ...head, ...fields })}\n\n`;
}

const ROLE = event({ role: "assistant", content: "", refusal: null });

function usage(cached = 4): string {
  return line({
    choices: [],
    usage: {
      prompt_tokens: 12,
      completion_tokens: 5,
      total_tokens: 17,
      prompt_tokens_details: { cached_tokens: cached },
      completion_tokens_details: { reasoning_tokens: 2 },
    },
  });
}

async function answer(talk: RawConnection, asked: string): Promise<void> {
  const [mode = "ok", digits] = asked.split("=");
  const number = digits === undefined ? undefined : Number(digits);
  if (/^\d{3}/.test(mode)) return await refuse(talk, mode, number ?? 2);
  if (mode === "html") return await page(talk);
  if (mode === "hangup") return talk.close();
  if (mode === "silent") return await talk.hang();
  if (mode === "slow") await talk.wait(number ?? 500);
  if (mode === "burst") return await talk.write(burst());
  await talk.write(HEAD);
  if (mode === "mute") {
    await talk.chunk(": still here\n\n");
    return await talk.hang();
  }
  if (mode === "error-first") return await tell(talk, "server_error", "server_error");
  if (mode === "error-rate") return await tell(talk, "requests", "rate_limit_exceeded");
  await talk.chunk(ROLE);
  if (mode === "utf8") return await byteByByte(talk);
  if (mode === "refusal") {
    await talk.chunk(event({ refusal: "No." }));
    return await finish(talk, "stop", mode);
  }
  for (const word of WORDS.slice(0, 2)) await talk.chunk(event({ content: word }));
  if (mode === "stall") return await talk.hang();
  if (mode === "cut") return talk.close();
  if (mode === "malformed") await talk.chunk('data: {"choices": [{"delta": {"con\n\n');
  if (mode === "error") return await tell(talk, "server_error", null);
  while (mode === "long") {
    await talk.wait(number ?? 5);
    await talk.chunk(event({ content: " and" }));
  }
  for (const word of WORDS.slice(2)) await talk.chunk(event({ content: word }));
  await finish(talk, mode === "length" ? "length" : "stop", mode);
  if (mode === "close") talk.close();
}

async function finish(talk: RawConnection, reason: string, mode: string): Promise<void> {
  await talk.chunk(event({}, reason));
  if (mode !== "nousage" && mode !== "nodone") {
    await talk.chunk(usage(mode === "badusage" ? 99 : 4));
  }
  if (mode !== "nodone") await talk.chunk(DONE);
  await talk.write(LAST);
}

function burst(): string {
  const events = [ROLE, ...WORDS.map((word) => event({ content: word })), event({}, "stop")];
  const chunks = [...events, usage(), DONE];
  const framed = chunks.map((chunk) => `${chunk.length.toString(16)}\r\n${chunk}\r\n`);
  return HEAD + framed.join("") + LAST;
}

async function byteByByte(talk: RawConnection): Promise<void> {
  const bytes = new TextEncoder().encode(event({ content: ALPHABETS }));
  for (let i = 0; i < bytes.length; i++) await talk.chunk(bytes.subarray(i, i + 1));
  await finish(talk, "stop", "utf8");
}

async function tell(talk: RawConnection, type: string, code: string | null): Promise<void> {
  const error = { message: "secret text of the server", type, param: null, code };
  await talk.chunk(`data: ${JSON.stringify({ error })}\n\n`);
  await talk.write(LAST);
}

async function refuse(talk: RawConnection, mode: string, seconds: number): Promise<void> {
  const status = mode.slice(0, 3);
  const code = status === "429" ? "rate_limit_exceeded" : "some_code";
  const body = JSON.stringify({ error: { message: "secret text of the server", type: "t", code } });
  const when = mode === "429-date"
    ? new Date(Date.now() + seconds * 1000).toUTCString()
    : `${seconds}`;
  const after = status === "429" ? `retry-after: ${when}\r\n` : "";
  await talk.write(
    `HTTP/1.1 ${status} Refused\r\ncontent-type: application/json\r\n${after}` +
      `content-length: ${body.length}\r\n\r\n${body}`,
  );
}

async function page(talk: RawConnection): Promise<void> {
  const body = "<!doctype html><title>Welcome</title>";
  await talk.write(
    `HTTP/1.1 200 OK\r\ncontent-type: text/html\r\ncontent-length: ${body.length}\r\n\r\n${body}`,
  );
}
