import { voiceNote } from "@/tests/support/voice_note.ts";

/** How requests for speech are answered. */
export interface Speaking {
  /** Status of the answer; 200 by default. */
  status: number;
  /** Body in place of a voice note. */
  body: string | Uint8Array<ArrayBuffer> | null;
  /** Seconds of the voice note. */
  seconds: number;
  /** Milliseconds before the answer. */
  slow: number;
  /** Breaks the answer off in the middle. */
  cut: boolean;
}

interface SpeechAsked {
  authorization: string | null;
  body: Record<string, unknown>;
}

/** Simulates a server with OpenAI's `/v1/audio/speech`, such as Kokoro's. */
export interface SpeechServer extends AsyncDisposable {
  /** Address without a path. */
  url: string;
  asked: SpeechAsked[];
  speak(how: Partial<Speaking>): void;
  /** Settings that name it. */
  env(): Record<string, string>;
}

export function startSpeechServer(): SpeechServer {
  const how: Speaking = { status: 200, body: null, seconds: 4, slow: 0, cut: false };
  const asked: SpeechAsked[] = [];
  const ending = new AbortController();

  async function speech(request: Request): Promise<Response> {
    asked.push({
      authorization: request.headers.get("authorization"),
      body: await request.json(),
    });
    const { status, body, seconds, slow, cut } = { ...how };
    if (slow > 0) {
      await new Promise<void>((done) => {
        const timer = setTimeout(done, slow);
        ending.signal.addEventListener("abort", () => {
          clearTimeout(timer);
          done();
        });
      });
    }
    if (status !== 200) {
      const error = { message: "secret text of the server", code: "some_code" };
      return Response.json({ error }, { status });
    }
    const note = voiceNote(seconds);
    if (!cut) return new Response(body ?? note, { headers: { "content-type": "audio/ogg" } });
    const half = new ReadableStream({
      start(stream) {
        stream.enqueue(note.subarray(0, note.length / 2));
        setTimeout(() => stream.error(new Error("cut")), 20);
      },
    });
    return new Response(half, { headers: { "content-type": "audio/ogg" } });
  }

  const server = Deno.serve(
    { hostname: "127.0.0.1", port: 0, onListen: () => {}, onError: () => new Response(null) },
    (request) =>
      new URL(request.url).pathname === "/v1/audio/speech" && request.method === "POST"
        ? speech(request)
        : new Response(null, { status: 404 }),
  );
  const url = `http://127.0.0.1:${server.addr.port}`;
  return {
    url,
    asked,
    speak: (change) => void Object.assign(how, change),
    env: () => ({
      LLM_SPEECH_URL: url,
      LLM_SPEECH_MODEL: "kokoro",
      LLM_SPEECH_VOICE: "af_heart,es=ef_dora",
    }),
    [Symbol.asyncDispose]: async () => {
      ending.abort();
      await server.shutdown();
    },
  };
}
