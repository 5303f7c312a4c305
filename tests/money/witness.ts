import { createHash } from "node:crypto";
import { SseDecoder } from "@/lib/shared/sse.ts";
import { usdString } from "@/lib/shared/money.ts";
import type { Message } from "@/lib/chat/records.ts";
import type { Books } from "./books.ts";

/** A question and every event its asker received. */
export interface Asked {
  question: string;
  /** From the answer for a new visitor. */
  cookie: string | null;
  /** Set by the first event: from then on the question counts as accepted. */
  turn: string | null;
  text: string;
  cost: string | null;
  end: "done" | "error" | "cut off" | `refused: ${string}`;
  /** Why the reply ended, as told with its end. */
  reason: string | null;
}

export const TOOL = "general-assistant";

/** Asks over HTTP and reads until the stream ends, by itself or with the server. */
export async function askOver(
  url: string,
  question: string,
  cookie: string | null,
  { origin = url, started = () => {}, fetch = globalThis.fetch }: {
    origin?: string;
    started?: () => void;
    fetch?: typeof globalThis.fetch;
  } = {},
): Promise<Asked> {
  const none = { turn: null, text: "", cost: null, reason: null };
  const asked: Asked = { question, cookie, ...none, end: "cut off" };
  try {
    const response = await fetch(`${url}/api/chat`, {
      method: "POST",
      headers: {
        "content-type": "application/json",
        accept: "text/event-stream",
        origin,
        ...(cookie === null ? {} : { cookie }),
      },
      body: JSON.stringify({ toolId: TOOL, message: question, requestId: crypto.randomUUID() }),
    });
    if (!response.ok || !response.body) {
      asked.end = `refused: ${response.status} ${await response.text()}`;
      return asked;
    }
    asked.cookie = response.headers.getSetCookie()[0]?.split(";", 1)[0] ?? cookie;
    const events = new SseDecoder();
    for await (const piece of response.body.pipeThrough(new TextDecoderStream())) {
      for (const { event, data } of events.push(piece)) {
        hear(asked, event, JSON.parse(data));
        if (event === "start") started();
      }
    }
  } catch {
    // The server is gone: events received until then count.
  }
  return asked;
}

function hear(asked: Asked, event: string, fields: Record<string, unknown>): void {
  if (event === "start") asked.turn = String(fields.turnId);
  else if (event === "delta") asked.text += String(fields.text);
  else if (event === "cost") asked.cost = String(fields.turn);
  else if (event === "done" || event === "error") {
    asked.end = event;
    asked.reason = typeof fields.reason === "string" ? fields.reason : null;
  }
}

/** Differences between the books and what the people received. */
export function checkWitnesses(books: Books, all: readonly Asked[]): string[] {
  const wrong: string[] = [];
  const entries = new Map(books.entries.map((entry) => [entry.turn, entry]));
  const questions = new Map<string, Message[]>();
  const replies = new Map<string, Message[]>();
  for (const message of [...books.messages.values()].flat()) {
    const [map, key] = message.role === "user"
      ? [questions, message.text]
      : [replies, message.turn];
    map.set(key, [...map.get(key) ?? [], message]);
  }
  for (const asked of all) {
    const { question, turn, text, end } = asked;
    const kept = questions.get(question) ?? [];
    if (kept.length > 1) wrong.push(`Doubled: ${question}`);
    if (end.startsWith("refused")) wrong.push(`${question} was ${end}`);
    if (turn === null) continue;
    if (kept[0]?.turn !== turn) wrong.push(`Lost: ${question}`);
    const [reply, another] = replies.get(turn) ?? [];
    if (another) wrong.push(`Answered twice: ${question}`);
    if (end === "done") {
      if (reply?.text !== text) wrong.push(`Told done, and the reply is not whole: ${question}`);
      const usd = entries.get(turn)?.usd;
      if (usd === undefined || usdString(usd) !== asked.cost) {
        wrong.push(`Told ${asked.cost}, booked ${usd}: ${question}`);
      }
    } else if (reply && !reply.text.startsWith(text) && !text.startsWith(reply.text)) {
      wrong.push(`Another reply than was shown: ${question}`);
    }
    const head = books.heads.get(`${visitorOf(asked.cookie)} ${TOOL}`);
    if (!head || head.running) wrong.push(`The conversation cannot go on: ${question}`);
  }
  return wrong;
}

/** The visitor's name in the store: the time in the token, and its hash. */
function visitorOf(cookie: string | null): string {
  const token = cookie?.slice(cookie.indexOf("=") + 1).split(".", 1)[0] ?? "";
  return token.slice(0, -43) + createHash("sha256").update(token).digest("base64url");
}
