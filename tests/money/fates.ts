import { lastOfJoined } from "@/lib/llm/rules/prompt.ts";
import type { Usage } from "@/lib/llm/rules/prices.ts";
import { type ModelRequest, type Part, type Provider, ProviderError } from "@/lib/llm/provider.ts";
import { promptTokenBound } from "@/lib/llm/tokens.ts";

/** The fate of a chat at the provider. */
export type Fate =
  | "reported"
  | "unreported"
  /** Nothing was generated: refused, too many requests, no connection. */
  | "refused"
  | "busy"
  | "down"
  /** Nothing came in time, though it may have been generated. */
  | "timeout"
  /** Broke off within the text, before or after the usage was reported. */
  | "broken"
  | "broken-late"
  /** Text, then silence until the reply is stopped. */
  | "stopped"
  /** Complete, with impossible figures. */
  | "lied"
  | "empty"
  | "empty-unreported";

const SHARES: [Fate, number][] = [
  ["reported", 50],
  ["unreported", 14],
  ["refused", 5],
  ["busy", 3],
  ["down", 3],
  ["timeout", 4],
  ["broken", 6],
  ["broken-late", 3],
  ["stopped", 6],
  ["lied", 6],
  ["empty", 3],
  ["empty-unreported", 3],
];

/** Random numbers in [0, 1), the same for the same seed (mulberry32). */
export function randomFrom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** One provider call and its reported usage, to be compared with the books. */
export interface Call {
  question: string;
  fate: Fate;
  model: string;
  maxTokens: number;
  /** The bound of the prompt's tokens that should be held. */
  promptTokens: number;
  /** The reported usage, if it is possible. */
  usage: Usage | null;
  text: string;
}

/** A provider that draws each question's fate from the seed, and records each call. */
export function fatefulProvider(seed: number, calls: Call[]): Provider {
  return {
    name: "mock",
    simulated: true,
    stream: (request, signal) => reply(seed, request, signal, calls),
  };
}

/** The random numbers of a question. */
export function diceOf(seed: number, question: string): () => number {
  let hash = seed;
  for (const letter of question) hash = Math.imul(hash, 31) + letter.charCodeAt(0) | 0;
  const random = randomFrom(hash);
  random();
  return random;
}

export function fateOf(random: () => number): Fate {
  let left = random() * SHARES.reduce((sum, [, share]) => sum + share, 0);
  for (const [fate, share] of SHARES) {
    left -= share;
    if (left < 0) return fate;
  }
  return "reported";
}

async function* reply(
  seed: number,
  request: ModelRequest,
  signal: AbortSignal,
  calls: Call[],
): AsyncGenerator<Part> {
  // An unanswered earlier question is joined with this one.
  const question = lastOfJoined(request.messages.at(-1)?.content ?? "");
  const random = diceOf(seed, question);
  const fate = fateOf(random);
  const promptTokens = promptTokenBound(request.messages);
  const { model, maxTokens } = request;
  const call: Call = { question, fate, model, maxTokens, promptTokens, usage: null, text: "" };
  calls.push(call);
  await pause(random() < 0.7 ? 0 : random() * 30);

  if (fate === "refused" || fate === "busy" || fate === "down" || fate === "timeout") {
    throw new ProviderError(fate, "as the test wants");
  }
  const usage = usageOf(random, call, fate);
  if (!fate.startsWith("empty")) {
    const words = 1 + Math.floor(random() * 12);
    for (let word = 0; word < words; word++) {
      call.text += `word${word} `;
      yield { type: "text", text: `word${word} ` };
      if (random() < 0.2) await pause(random() * 5);
    }
  }
  if (fate === "stopped") return await silence(signal);
  if (fate === "broken") throw new ProviderError("broken", "early", { generated: true });
  if (fate !== "unreported" && fate !== "empty-unreported") {
    if (fate === "lied") yield { type: "usage", usage: lieOf(random, usage) };
    else {
      call.usage = usage;
      yield { type: "usage", usage };
    }
  }
  if (fate === "broken-late") throw new ProviderError("broken", "late", { generated: true });
  yield { type: "end", reason: "stop" };
}

/** The fewest tokens of a text of that many bytes. */
const least = (bytes: number) => Math.ceil(bytes / 128);

/** A usage with one impossible figure. */
function lieOf(random: () => number, usage: Usage): Usage {
  const lies: Partial<Usage>[] = [
    { input: 0 },
    { output: 0 },
    { input: 0, cached: 0, output: 0, reasoning: 0 },
    { input: 1e12 },
    { output: 1e12 },
    { input: NaN },
    { output: Infinity },
    { output: -7 },
    { cached: usage.input + 1 },
    { reasoning: usage.output + 1 },
  ];
  return { ...usage, ...lies[Math.floor(random() * lies.length)] };
}

/** The fewest tokens of the longest text. */
const FEWEST = least(12 * "word00 ".length);

/** Any possible usage of a call, from nearly nothing to its worst case. */
function usageOf(random: () => number, call: Call, fate: Fate): Usage {
  const most = random() < 0.1;
  const few = least(call.promptTokens);
  const input = most
    ? call.promptTokens
    : few + Math.floor(random() * (call.promptTokens + 1 - few));
  const cached = most ? 0 : Math.floor(random() * (input + 1));
  const output = fate === "empty"
    ? 0
    : most
    ? call.maxTokens
    : FEWEST + Math.floor(random() * (call.maxTokens + 1 - FEWEST));
  return { input, cached, output, reasoning: Math.floor(random() * (output + 1)) };
}

function pause(ms: number): Promise<void> {
  return ms === 0 ? Promise.resolve() : new Promise((done) => setTimeout(done, ms));
}

function silence(signal: AbortSignal): Promise<void> {
  return new Promise((done) => {
    if (signal.aborted) done();
    else signal.addEventListener("abort", () => done(), { once: true });
  });
}
