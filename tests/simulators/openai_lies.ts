import { lastOfJoined } from "@/lib/llm/rules/prompt.ts";
/**
 * Simulates OpenAI's chat completions and transcriptions with texts and usage that the test sets,
 * by the content of the question.
 */
export interface OpenAiLies extends AsyncDisposable {
  /** Base URL for an OpenAI client. */
  url: string;
  /** Sets the answer to questions that contain `part`. */
  tell(part: string, lie: ChatLie): void;
  /** Sets the answer to transcriptions: a complete JSON body. */
  hear(body: string): void;
  /** Numbers of chat completions and transcriptions requested. */
  readonly asked: { chats: number; recordings: number };
}

export interface ChatLie {
  /** Texts of the deltas, one event each. */
  deltas?: readonly string[];
  /** The usage of its event, as JSON; none by default. */
  usage?: string;
  /** The last event's finish reason; null to close without one. */
  reason?: string | null;
}

const HONEST: Required<Pick<ChatLie, "deltas" | "usage">> = {
  deltas: ["An honest", " answer."],
  usage: '{"prompt_tokens":300,"completion_tokens":5,"total_tokens":305}',
};

/** Starts the server on a free local port. */
export function startOpenAiLies(): OpenAiLies {
  const lies = new Map<string, ChatLie>();
  const asked = { chats: 0, recordings: 0 };
  let recording = '{"text":"What was said."}';

  async function chat(request: Request): Promise<Response> {
    asked.chats++;
    const { messages }: { messages: { content: unknown }[] } = await request.json();
    const question = JSON.stringify(lastOfJoined(String(messages.at(-1)?.content)));
    const found = lies.entries().find(([part]) => question.includes(part));
    return new Response(streamOf(found?.[1] ?? HONEST), {
      headers: { "content-type": "text/event-stream" },
    });
  }

  const server = Deno.serve({ hostname: "127.0.0.1", port: 0, onListen: () => {} }, (request) => {
    const { pathname } = new URL(request.url);
    if (pathname === "/v1/chat/completions") return chat(request);
    if (pathname !== "/v1/audio/transcriptions") return new Response(null, { status: 404 });
    asked.recordings++;
    return request.body?.cancel().then(() =>
      new Response(recording, { headers: { "content-type": "application/json" } })
    ) ?? new Response(null, { status: 400 });
  });
  return {
    url: `http://127.0.0.1:${server.addr.port}/v1`,
    tell: (part, lie) => void lies.set(part, lie),
    hear: (body) => void (recording = body),
    asked,
    [Symbol.asyncDispose]: () => server.shutdown(),
  };
}

/** The events of an answer; small ones are written together, as a fast server does. */
function streamOf({ deltas = [], usage, reason = "stop" }: ChatLie): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder();
  function* pieces() {
    let piece = "";
    for (const content of deltas) {
      piece += event({ choices: [{ index: 0, delta: { content }, finish_reason: null }] });
      if (piece.length < 16_000) continue;
      yield piece;
      piece = "";
    }
    if (reason !== null) {
      piece += event({ choices: [{ index: 0, delta: {}, finish_reason: reason }] });
      if (usage !== undefined) piece += `data: {"choices":[],"usage":${usage}}\n\n`;
      piece += "data: [DONE]\n\n";
    }
    yield piece;
  }
  const rest = pieces();
  return new ReadableStream({
    pull(controller) {
      const { value, done } = rest.next();
      if (done) controller.close();
      else controller.enqueue(encoder.encode(value));
    },
  });
}

function event(fields: Record<string, unknown>): string {
  return `data: ${JSON.stringify({ object: "chat.completion.chunk", ...fields })}\n\n`;
}
