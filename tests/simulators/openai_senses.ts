/**
 * Simulates OpenAI's chat completions and transcriptions; records requests and returns prescribed
 * transcripts.
 */
export interface OpenAiSenses extends AsyncDisposable {
  /** Base URL for an OpenAI client. */
  url: string;
  /** Sets the answer to transcriptions. */
  hear(how: Partial<Hearing>): void;
  /** Recordings received, with the form's other fields. */
  heard: HeardRequest[];
  /** Bodies of chat completions received. */
  asked: Record<string, unknown>[];
  /** Chat completions under way, and the most at a time. */
  readonly load: { now: number; most: number };
  /** Milliseconds before chat completions are answered; mutable. */
  readonly pace: { slow: number };
  /** The usage that chat completions report; mutable. */
  readonly usage: { prompt: number; completion: number; audio: number };
  /** Status of the answers to chat completions; mutable. */
  readonly refusal: { status: number };
}

export interface Hearing {
  text: string;
  /** Status of the answer; 200 by default. */
  status: number;
  /** Duration as whisper-1 reports it; null for the token counts of other models. */
  seconds: number | null;
  /** Body sent instead of a transcript. */
  body: string | null;
  /** Milliseconds before the answer. */
  slow: number;
}

export interface HeardRequest {
  model: string;
  name: string;
  type: string;
  bytes: Uint8Array<ArrayBuffer>;
  /** Hints of its languages and terms. */
  languages: string[];
  keywords: string[];
  /** Status of the answer. */
  status: number;
}

export function startOpenAiSenses(): OpenAiSenses {
  const hearing: Hearing = {
    text: "What was said.",
    status: 200,
    seconds: null,
    body: null,
    slow: 0,
  };
  const heard: HeardRequest[] = [];
  const asked: Record<string, unknown>[] = [];
  const usage = { prompt: 100, completion: 5, audio: 0 };
  const refusal = { status: 200 };
  const pace = { slow: 0 };
  const load = { now: 0, most: 0 };
  const waits = new Set<() => void>();
  const wait = (ms: number) =>
    new Promise<void>((done) => {
      const timer = setTimeout(done, ms);
      waits.add(() => {
        clearTimeout(timer);
        done();
      });
    });

  async function transcription(request: Request): Promise<Response> {
    const form = await request.formData();
    const file = form.get("file");
    if (!(file instanceof File)) return new Response("no file", { status: 400 });
    heard.push({
      model: String(form.get("model")),
      name: file.name,
      type: file.type,
      bytes: new Uint8Array(await file.arrayBuffer()),
      languages: form.getAll("languages[]").map(String),
      keywords: form.getAll("keywords[]").map(String),
      status: hearing.status,
    });
    if (hearing.slow > 0) await wait(hearing.slow);
    if (hearing.status !== 200) {
      const error = { message: "secret text of the server", type: "t", code: "some_code" };
      return Response.json({ error }, { status: hearing.status });
    }
    if (hearing.body !== null) return new Response(hearing.body);
    const { text, seconds } = hearing;
    const tokens = { type: "tokens", input_tokens: 14, output_tokens: 4, total_tokens: 18 };
    return Response.json({
      text,
      usage: seconds === null ? tokens : { type: "duration", seconds },
    });
  }

  async function completion(request: Request): Promise<Response> {
    asked.push(await request.json());
    load.most = Math.max(load.most, ++load.now);
    if (pace.slow > 0) await wait(pace.slow);
    load.now--;
    if (refusal.status !== 200) {
      const error = { message: "secret text of the server", type: "t", code: "some_code" };
      return Response.json({ error }, { status: refusal.status });
    }
    const head = { id: "chatcmpl-1", object: "chat.completion.chunk", created: 1, model: "m" };
    const total = {
      prompt_tokens: usage.prompt,
      completion_tokens: usage.completion,
      ...(usage.audio > 0 ? { prompt_tokens_details: { audio_tokens: usage.audio } } : {}),
    };
    const chunks = [
      { choices: [{ index: 0, delta: { role: "assistant", content: "I see." } }] },
      { choices: [{ index: 0, delta: {}, finish_reason: "stop" }] },
      { choices: [], usage: { ...total, total_tokens: usage.prompt + usage.completion } },
    ].map((chunk) => `data: ${JSON.stringify({ ...head, ...chunk })}\n\n`);
    return new Response(`${chunks.join("")}data: [DONE]\n\n`, {
      headers: { "content-type": "text/event-stream" },
    });
  }

  const server = Deno.serve({ hostname: "127.0.0.1", port: 0, onListen: () => {} }, (request) => {
    const { pathname } = new URL(request.url);
    if (pathname === "/v1/audio/transcriptions") return transcription(request);
    if (pathname === "/v1/chat/completions") return completion(request);
    return new Response(null, { status: 404 });
  });
  return {
    url: `http://127.0.0.1:${server.addr.port}/v1`,
    hear: (how) => void Object.assign(hearing, how),
    heard,
    asked,
    load,
    pace,
    usage,
    refusal,
    [Symbol.asyncDispose]: async () => {
      for (const end of waits) end();
      await server.shutdown();
    },
  };
}
