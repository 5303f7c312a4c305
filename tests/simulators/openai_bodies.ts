import { RawConnection, type RawRequest } from "./raw_http.ts";

/** The answer to one request. */
export interface Answered {
  /** 200 by default. */
  status?: number;
  /** `text/event-stream` by default; null for none. */
  type?: string | null;
  headers?: Record<string, string>;
  body: string | Uint8Array;
  /** How the body's end is marked: last chunk (default), Content-Length, or closed connection. */
  framing?: "chunked" | "length" | "close";
  /** Closes the connection before the body's end is marked. */
  cut?: boolean;
  /** Sizes of the pieces in which the body is written; the rest is one piece. */
  pieces?: readonly number[];
  /** Milliseconds before each piece. */
  pauseMs?: number;
  /** Closes the connection instead of answering. */
  nothing?: boolean;
  /** Sends neither more nor an end after the body, until the client goes. */
  stays?: boolean;
  /** Called when the body is written. */
  written?: () => void;
}

export interface OpenAiBodies extends AsyncDisposable {
  /** Base URL for an OpenAI client, `/v1` included. */
  url: string;
  requests: RawRequest[];
  /** Number of requests whose answer is incomplete. */
  answering(): number;
}

/** Starts a server that sends prescribed answers byte by byte, as an OpenAI-like server might. */
export function startOpenAiBodies(
  answerTo: (request: RawRequest, number: number) => Answered,
): OpenAiBodies {
  const listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const open = new Set<RawConnection>();
  const requests: RawRequest[] = [];
  const closing = new AbortController();
  let answering = 0;

  async function serve(socket: Deno.TcpConn): Promise<void> {
    socket.setNoDelay(true);
    const talk = new RawConnection(socket, closing.signal);
    open.add(talk);
    try {
      for (let asked = await talk.request(); asked; asked = await talk.request()) {
        requests.push(asked);
        answering++;
        const answered = answerTo(asked, requests.length - 1);
        await write(talk, answered).finally(() => answering--);
        if (answered.nothing || answered.cut || answered.framing === "close") break;
      }
    } catch {
      // The client went away.
    }
    open.delete(talk);
    talk.close();
  }

  const accepting = (async () => {
    const talks: Promise<void>[] = [];
    for await (const socket of listener) talks.push(serve(socket));
    await Promise.all(talks);
  })();

  return {
    url: `http://127.0.0.1:${listener.addr.port}/v1`,
    requests,
    answering: () => answering,
    async [Symbol.asyncDispose]() {
      closing.abort();
      listener.close();
      for (const talk of open) talk.close();
      await accepting;
    },
  };
}

async function write(talk: RawConnection, answered: Answered): Promise<void> {
  const { status = 200, type = "text/event-stream", headers = {}, framing = "chunked" } = answered;
  const { body, cut, pieces = [], pauseMs = 0 } = answered;
  if (answered.nothing) return;
  const bytes = typeof body === "string" ? new TextEncoder().encode(body) : body;
  const lines = Object.entries({
    ...headers,
    ...(type === null ? {} : { "content-type": type }),
    ...(framing === "chunked" ? { "transfer-encoding": "chunked" } : {}),
    ...(framing === "length"
      ? { "content-length": `${bytes.length + (cut || answered.stays ? 1 : 0)}` }
      : {}),
    ...(framing === "close" ? { connection: "close" } : {}),
  }).map(([name, value]) => `${name}: ${value}\r\n`);
  await talk.write(`HTTP/1.1 ${status} Answered\r\n${lines.join("")}\r\n`);
  let from = 0;
  for (const size of [...pieces, bytes.length]) {
    const piece = bytes.subarray(from, from + size);
    from += size;
    if (piece.length === 0) continue;
    if (pauseMs > 0) await talk.wait(pauseMs);
    if (framing === "chunked") await talk.chunk(piece);
    else await talk.write(piece);
  }
  answered.written?.();
  if (answered.stays) await talk.hang();
  if (framing === "chunked" && !cut) await talk.write("0\r\n\r\n");
}
