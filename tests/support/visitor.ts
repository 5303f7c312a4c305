import { SseDecoder, type SseEvent } from "@/lib/shared/sse.ts";
import { assert } from "./assert.ts";
import { type Exported, TOOL } from "./chat_page.ts";

/** A parsed event of a conversation. */
export interface Heard extends SseEvent {
  fields: Record<string, unknown>;
}

/** A client without a browser: keeps its cookie and reads events. */
export class Visitor {
  cookie = "";

  constructor(readonly url: string, private readonly headers: Record<string, string> = {}) {}

  async fetch(path: string, init: RequestInit = {}): Promise<Response> {
    const headers = new Headers({ ...this.headers });
    new Headers(init.headers).forEach((value, name) => headers.set(name, value));
    if (this.cookie) headers.set("cookie", this.cookie);
    const answer = await fetch(this.url + path, { redirect: "manual", ...init, headers });
    const set = answer.headers.getSetCookie()[0];
    if (set) this.cookie = set.split(";", 1)[0] ?? "";
    return answer;
  }

  /** Posts to the API; `fields` override the usual ones. */
  post(fields: Record<string, unknown>, headers: Record<string, string> = {}): Promise<Response> {
    return this.fetch("/api/chat", {
      method: "POST",
      headers: { "content-type": "application/json", ...headers },
      body: JSON.stringify({ toolId: TOOL, ...fields }),
    });
  }

  /** Sends a message and returns all events of the reply. */
  async ask(message: string): Promise<Heard[]> {
    const answer = await this.post({ message });
    assert.equal(answer.status, 200);
    return await Array.fromAsync(heard(answer));
  }

  async again(): Promise<Heard[]> {
    const answer = await this.post({ action: "regenerate" });
    assert.equal(answer.status, 200);
    return await Array.fromAsync(heard(answer));
  }

  async stop(): Promise<void> {
    const answer = await this.fetch(`/api/chat/${TOOL}/stop`, { method: "POST" });
    assert.equal(answer.status, 204);
  }

  /** The conversation as stored. */
  async stored(): Promise<Exported[]> {
    const answer = await this.fetch(`/chat/${TOOL}/export?format=json`);
    const { messages }: { messages: Exported[] } = await answer.json();
    return messages;
  }
}

/** The events of an answer as they come. */
export async function* heard(answer: Response): AsyncGenerator<Heard> {
  assert.match(answer.headers.get("content-type") ?? "", /^text\/event-stream/);
  const text = new TextDecoder();
  const sse = new SseDecoder();
  for await (const bytes of answer.body ?? []) {
    for (const event of sse.push(text.decode(bytes, { stream: true }))) {
      const fields: Record<string, unknown> = JSON.parse(event.data);
      yield { ...event, fields };
    }
  }
}

/** The text of a reply's deltas. */
export function textOf(events: readonly Heard[]): string {
  return events.filter(({ event }) => event === "delta").map(({ fields }) => fields.text).join("");
}
