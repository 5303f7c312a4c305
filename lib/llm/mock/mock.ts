import { audioTokenBound } from "../rules/audio_input.ts";
import { bareName } from "../rules/model_ref.ts";
import { lastOfJoined, soundSecondsIn } from "../rules/prompt.ts";
import { type Directives, readDirectives } from "./directives.ts";
import { mockReply } from "./replies.ts";
import {
  type ModelRequest,
  type Part,
  type Provider,
  ProviderError,
  type ProviderKind,
} from "../provider.ts";
import { mockTranscriber } from "./transcriber.ts";
import { closable } from "../streaming_call.ts";
import { estimatePromptTokens, estimateTokens, pictureBound } from "../tokens.ts";

export interface MockOptions {
  /** Pause between two pieces in ms, 20 by default; 0 sends all at once. */
  paceMs?: number;
  /** Pause before the first piece in ms, 200 by default. */
  firstMs?: number;
  /** Time until a stalled reply fails in ms, 20,000 by default. */
  stallMs?: number;
  /** From 0 to below 1; varies the pauses by half, never the text. Constant by default. */
  random?: () => number;
  /** Whether `[[mock:…]]` in a question is obeyed (tests and demos); off by default. */
  directives?: boolean;
}

/** A provider with simulated replies that say so; nothing leaves the process. */
export function mock(options: MockOptions = {}): Provider {
  return {
    name: "mock",
    simulated: true,
    stream: (request, signal) => ({
      [Symbol.asyncIterator]: () =>
        closable(signal, ({ signal: stop }) => reply(request, options, stop)),
    }),
  };
}

/** The simulated provider with the configured pauses. */
export const MOCK: ProviderKind = {
  provider: ({ config: { MOCK_PACE_MS: paceMs } }) =>
    mock({ paceMs, ...(paceMs === 0 ? { firstMs: 0 } : {}), directives: true }),
  transcriber: ({ config }) => mockTranscriber(config.LLM_TRANSCRIPTION_MODEL),
};

async function* reply(
  request: ModelRequest,
  options: MockOptions,
  stop: AbortSignal,
): AsyncGenerator<Part, undefined, undefined> {
  const last = request.messages.findLast((message) => message.role === "user");
  const asked = lastOfJoined(last?.content ?? "");
  const { question, directives } = options.directives
    ? readDirectives(asked)
    : { question: asked, directives: {} };
  const { firstMs = 200, paceMs = 20, stallMs = 20_000, random = () => 0.5 } = options;
  const pace = directives.pace ?? paceMs;
  await pause(directives.slow ?? firstMs, stop);
  if (stop.aborted) return;
  if (directives.error !== undefined) throw simulatedError(directives.error);

  const { pieces, tokens, reason } = script(
    question,
    request.maxTokens,
    directives,
    last?.images?.length ?? 0,
    last?.sounds?.length ?? 0,
  );
  for (const [i, piece] of pieces.entries()) {
    if (i > 0) await pause(pace * (0.5 + random()), stop);
    if (stop.aborted) return;
    yield { type: "text", text: piece };
    if (directives.stall && i === 2) {
      await pause(stallMs, stop);
      if (stop.aborted) return;
      throw new ProviderError("timeout", "The simulated reply stalled", { generated: true });
    }
    if (directives.cut && i >= pieces.length / 2) {
      throw new ProviderError("broken", "The simulated reply was cut", { generated: true });
    }
  }
  const { pictureDetail = "low" } = request;
  const seconds = soundSecondsIn(request.messages);
  const audio = seconds === 0 ? 0 : audioTokenBound(bareName(request.model), seconds);
  const input = audio + estimatePromptTokens(
    request.messages,
    (image) => pictureBound(request, image, pictureDetail),
  );
  const usage = { input, cached: 0, output: tokens, reasoning: 0, ...(audio > 0 ? { audio } : {}) };
  if (!directives.nousage) yield { type: "usage", usage };
  yield { type: "end", reason };
}

/** The reply in pieces of one word, up to the allowed length. */
function script(
  question: string,
  maxTokens: number,
  { tokens: wanted }: Directives,
  pictures: number,
  recordings: number,
) {
  const seen = pictures === 0 ? "" : `(Pictures received: ${pictures})\n\n`;
  const heard = recordings === 0 ? "" : `(Recordings received: ${recordings})\n\n`;
  const words = (seen + heard + mockReply(question)).match(/\s*\S+/g) ?? [];
  const limit = Math.min(maxTokens, wanted ?? maxTokens);
  const pieces: string[] = [];
  let tokens = 0;
  for (let i = 0; i < words.length || wanted !== undefined; i++) {
    const word = i < words.length ? words[i] : ` ${words[i % words.length]?.trim()}`;
    if (word === undefined) break;
    const next = tokens + estimateTokens(word.trim());
    if (next > limit) break;
    tokens = next;
    pieces.push(word);
  }
  const whole = wanted === undefined ? pieces.length === words.length : wanted <= maxTokens;
  return { pieces, tokens, reason: whole ? "stop" as const : "length" as const };
}

function simulatedError(status: number): ProviderError {
  const message = `The simulated provider answered ${status}`;
  if (status === 429) return new ProviderError("busy", message, { status, retryAfterMs: 2_000 });
  return new ProviderError(status >= 500 ? "down" : "refused", message, { status });
}

/** Waits; an abort ends it at once. */
function pause(ms: number, stop: AbortSignal): Promise<void> {
  if (ms <= 0 || stop.aborted) return Promise.resolve();
  return new Promise((resolve) => {
    const done = () => {
      clearTimeout(timer);
      stop.removeEventListener("abort", done);
      resolve();
    };
    const timer = setTimeout(done, ms);
    stop.addEventListener("abort", done);
  });
}
