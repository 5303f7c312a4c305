import type { OpenAI } from "openai";
import { z } from "zod";
import { HttpClient } from "../../platform/http_client.ts";
import { OpenAiFailures, refusalOf } from "./errors.ts";
import { OPENAI_URL } from "./request.ts";
import { ProviderError } from "../provider.ts";
import {
  type Recording,
  takesHints,
  type Transcriber,
  type Transcript,
  type TranscriptionHints,
} from "../audio/transcriber.ts";

export interface OpenAiTranscriberOptions {
  /** None for servers that take anybody. */
  apiKey: string | undefined;
  /** Address of a compatible API, version included; OpenAI's by default. */
  baseUrl?: string;
  model: string;
  /** Of the whole call; 60 s by default. */
  timeoutMs?: number;
  /** By default a client without proxies. */
  http?: HttpClient;
}

const failures = new OpenAiFailures("OpenAI");
const isNumber = (value: unknown) => typeof value === "number";

const answer = z.object({
  text: z.string(),
  // Any number: its plausibility is judged where it is booked.
  usage: z.object({ type: z.string(), seconds: z.custom<number>(isNumber).optional() }).nullish()
    .catch(null),
});

/** OpenAI's transcriptions through the official SDK, which is loaded at the first call. */
export function openAiTranscriber(options: OpenAiTranscriberOptions): Transcriber {
  let loading: Promise<OpenAI> | undefined;
  const client = () =>
    loading ??= connect(options).catch((error) => {
      loading = undefined;
      throw error;
    });
  return {
    name: "openai",
    model: options.model,
    simulated: false,
    async transcribe(recording, signal) {
      if (signal.aborted) throw new ProviderError("down", "Aborted before the request");
      const limit = AbortSignal.timeout(options.timeoutMs ?? 60_000);
      try {
        return await ask(
          await client(),
          options.model,
          recording,
          AbortSignal.any([signal, limit]),
        );
      } catch (error) {
        if (limit.aborted) {
          throw new ProviderError("timeout", "OpenAI sent no transcript within the time limit");
        }
        if (signal.aborted) throw new ProviderError("broken", "The transcription was aborted");
        throw failures.of(causeOf(error));
      }
    },
  };
}

async function connect(
  { apiKey = "none", baseUrl = OPENAI_URL, http = new HttpClient() }: OpenAiTranscriberOptions,
) {
  const { OpenAI } = await import("openai");
  return new OpenAI({
    apiKey,
    baseURL: baseUrl,
    logLevel: "off",
    // A retry would be billed again; the caller decides.
    maxRetries: 0,
    // Else the SDK reads them from the environment, which only lib/config.ts may.
    organization: null,
    project: null,
    adminAPIKey: null,
    webhookSecret: null,
    fetch: async (url, init) => {
      const form = new Response(init?.body);
      const headers = new Headers(init?.headers);
      headers.set("content-type", form.headers.get("content-type") ?? "");
      const body = new Uint8Array(await form.arrayBuffer());
      const answer = await http.fetch(url, { ...init, headers, body });
      if (!answer.ok) throw failures.refused(answer, await refusalOf(answer));
      return answer;
    },
  });
}

async function ask(
  client: OpenAI,
  model: string,
  { type, bytes, hints }: Recording,
  signal: AbortSignal,
): Promise<Transcript> {
  const name = `voice.${type.slice(type.indexOf("/") + 1)}`;
  const file = new File([bytes], name, { type });
  const asked = { file, model, response_format: "json", ...hintsFor(model, hints) } as const;
  const read = answer.safeParse(await client.audio.transcriptions.create(asked, { signal }));
  if (!read.success) {
    throw new ProviderError("broken", "OpenAI's answer is not a transcript", {
      generated: true,
    });
  }
  const { text, usage } = read.data;
  return { text: text.trim(), seconds: usage?.seconds ?? null };
}

/** The fields of hints; none for models that would refuse them. */
function hintsFor(model: string, hints: TranscriptionHints | undefined) {
  if (hints === undefined || !takesHints(model)) return {};
  const [languages, keywords] = [[...hints.languages], [...hints.keywords]];
  return {
    ...(languages.length > 0 ? { languages } : {}),
    ...(keywords.length > 0 ? { keywords } : {}),
  };
}

/** The error that the SDK wrapped. */
function causeOf(error: unknown): unknown {
  return error instanceof Error && error.cause instanceof ProviderError ? error.cause : error;
}
