import { deepStrictEqual as equal, ok } from "node:assert/strict";
import {
  ALPHABETS,
  MESSAGE_WORDS,
  type MessageMode,
  startAnthropic,
} from "../../../tests/simulators/anthropic_messages.ts";
import type { OpenAiBodies } from "../../../tests/simulators/openai_bodies.ts";
import { HttpClient } from "../../platform/http_client.ts";
import { type Part, ProviderError, type ProviderFault } from "../provider.ts";
import type { Usage } from "../rules/prices.ts";
import { anthropic } from "./anthropic.ts";

const http = new HttpClient();
/** What is no matter of time is not hurried: a busy machine takes its time. */
const PATIENT = { firstMs: 9_000, idleMs: 9_000, totalMs: 20_000 };
const BRIEF = { firstMs: 250, idleMs: 200, totalMs: 1_500 };
const WORDS = MESSAGE_WORDS.join("");
const COUNTS = { input: 12, cached: 4, output: 5, reasoning: 0 };
const USAGE = used(COUNTS);
const STOP: Part = { type: "end", reason: "stop" };
const LENGTH: Part = { type: "end", reason: "length" };

function used(usage: Usage): Part {
  return { type: "usage", usage };
}

const thought = (bytes: number): Part => ({ type: "thinking", bytes });

const request = (mode: string) => ({
  model: "claude-haiku-5-5",
  messages: [{ role: "user" as const, content: `Hi [[fault:${mode}]]` }],
  temperature: 0.5,
  effort: null,
  maxTokens: 50,
});

/** Runs one test against its own server; ends when every connection is closed. */
function check(name: string, run: (server: OpenAiBodies) => Promise<void>): void {
  Deno.test(name, async () => {
    // Loads the SDK first, so that the first test's time does not include it.
    await import("@anthropic-ai/sdk");
    await using server = startAnthropic();
    await run(server);
  });
}

async function outcome(url: string, mode: string, limits = PATIENT) {
  const start = performance.now();
  let text = "";
  const rest: Part[] = [];
  let error: ProviderError | undefined;
  try {
    const provider = anthropic({ apiKey: "sk-secret", baseUrl: url, limits, http });
    for await (const part of provider.stream(request(mode), new AbortController().signal)) {
      if (part.type === "text") text += part.text;
      else rest.push(part);
    }
  } catch (thrown) {
    ok(thrown instanceof ProviderError, String(thrown));
    ok(!/secret|Hi |Hello/.test(thrown.message), thrown.message);
    error = thrown;
  }
  return { text, rest, error, ms: performance.now() - start };
}

const answers: [mode: MessageMode, text: string, rest: Part[]][] = [
  ["ok", WORDS, [USAGE, STOP]],
  ["thinking", WORDS, [thought(13), used({ ...COUNTS, reasoning: 3 }), STOP]],
  ["omitted", WORDS, [USAGE, STOP]],
  ["redacted", WORDS, [thought(8), USAGE, STOP]],
  ["pings", WORDS, [USAGE, STOP]],
  ["alphabets", ALPHABETS, [USAGE, STOP]],
  ["crlf", WORDS, [USAGE, STOP]],
  ["novel", WORDS, [USAGE, STOP]],
  ["document", WORDS, [thought(2), USAGE, STOP]],
  ["length", WORDS, [USAGE, LENGTH]],
  ["context", WORDS, [USAGE, LENGTH]],
  ["pause", WORDS, [USAGE, LENGTH]],
  ["tool", WORDS, [thought(11), USAGE, STOP]],
  ["twice", WORDS, [USAGE, STOP]],
  ["cache", WORDS, [used({ ...COUNTS, input: 42, written: 30, writtenHour: 6 }), STOP]],
  ["nousage", WORDS, [STOP]],
  ["nostop", WORDS, [USAGE, STOP]],
];
for (const [mode, text, rest] of answers) {
  check(`anthropic() streams the answer: ${mode}`, async ({ url }) => {
    const result = await outcome(url, mode);
    equal([result.error, result.text, result.rest], [undefined, text, rest]);
  });
}

interface Expected {
  fault: ProviderFault;
  text?: string;
  rest?: Part[];
  status?: number;
  retryAfterMs?: [least: number, most: number];
  retryable: boolean;
  maySpend: boolean;
  /** A part of its message. */
  says?: RegExp;
  atLeastMs?: number;
  limits?: typeof PATIENT;
}

const BEGUN = "Hello from";
const RETRY = { retryable: true, maySpend: false };
const FINAL = { retryable: false, maySpend: false };
const BILLED = { retryable: true, maySpend: true };
const BILLED_FINAL = { retryable: false, maySpend: true };

const faults: Partial<Record<MessageMode, Expected>> = {
  "400": { fault: "refused", status: 400, ...FINAL },
  "401": { fault: "refused", status: 401, ...FINAL, says: /authentication_error, req_011$/ },
  "402": { fault: "account_empty", status: 402, ...RETRY },
  "403": { fault: "refused", status: 403, ...FINAL },
  "404": { fault: "refused", status: 404, ...FINAL },
  "413": { fault: "too_long", status: 413, ...FINAL },
  "429": { fault: "busy", status: 429, ...RETRY },
  "429-after": { fault: "busy", status: 429, retryAfterMs: [7_000, 7_000], ...RETRY },
  "429-spent": {
    fault: "account_empty",
    status: 429,
    // Closed until the next month begins.
    retryAfterMs: [1, 31 * 86_400_000],
    ...RETRY,
    says: /enforced_spend_limit_reached/,
  },
  "429-contract": { fault: "account_empty", status: 429, ...RETRY },
  "500": { fault: "down", status: 500, ...RETRY },
  "503": { fault: "down", status: 503, ...RETRY },
  "504": { fault: "down", status: 504, ...RETRY },
  "529": { fault: "busy", status: 529, ...RETRY },
  "400-limit": { fault: "account_empty", status: 400, ...RETRY },
  "400-long": { fault: "too_long", status: 400, ...FINAL },
  refusal: { fault: "filtered", rest: [USAGE], ...BILLED_FINAL, says: /cyber/ },
  withdrawal: { fault: "withdrawn", text: WORDS, rest: [USAGE], ...BILLED_FINAL, says: /cyber/ },
  wordless: { fault: "only_thinking", rest: [thought(7), USAGE], ...BILLED_FINAL },
  full: { fault: "too_long", rest: [USAGE], ...BILLED_FINAL },
  error: { fault: "down", text: BEGUN, ...BILLED, says: /api_error/ },
  overloaded: { fault: "busy", ...RETRY },
  strange: { fault: "broken", ...BILLED },
  cut: { fault: "broken", text: BEGUN, ...BILLED },
  unfinished: { fault: "broken", text: BEGUN, ...BILLED },
  malformed: { fault: "broken", text: BEGUN, ...BILLED },
  html: { fault: "broken", status: 200, ...BILLED },
  mute: { fault: "timeout", ...BILLED, atLeastMs: 240, limits: BRIEF },
};
for (const [mode, expected] of Object.entries(faults)) {
  check(`anthropic() throws on the fault: ${mode}`, async (server) => {
    const { error, text, rest, ms } = await outcome(server.url, mode, expected.limits);
    equal(
      [error?.fault, error?.retryable, error?.maySpend, error?.details.status],
      [expected.fault, expected.retryable, expected.maySpend, expected.status],
    );
    const [least, most] = expected.retryAfterMs ?? [0, 0];
    const after = error?.details.retryAfterMs ?? 0;
    ok(after >= least && after <= most, `retry after ${after} ms`);
    equal([text, rest], [expected.text ?? "", expected.rest ?? []]);
    if (expected.says) ok(expected.says.test(error?.message ?? ""), error?.message);
    ok(ms >= (expected.atLeastMs ?? 0) && ms < 6_000, `took ${ms} ms`);
    equal(server.requests.length, 1);
  });
}

Deno.test("anthropic() is not kept waiting by pings before the model begins", async () => {
  await using server = startAnthropic(() => ({
    body: "event: ping\ndata: {}\n\n".repeat(400),
    pieces: Array(200).fill(46),
    pauseMs: 20,
    stays: true,
  }));
  // The pings go on for four seconds.
  const { error, ms } = await outcome(server.url, "none", { ...BRIEF, totalMs: 20_000 });
  equal(error?.fault, "timeout");
  ok(ms < 3_500, `took ${ms} ms`);
});

Deno.test("anthropic() waits while the model thinks, though its thinking is not sent", async () => {
  const start = 'event: content_block_start\ndata: {"type":"content_block_start","index":0,' +
    '"content_block":{"type":"thinking","thinking":""}}\n\n';
  const ping = 'event: ping\ndata: {"type":"ping"}\n\n';
  const rest =
    'data: {"type":"content_block_delta","delta":{"type":"text_delta","text":"Yes"}}\n\n' +
    'data: {"type":"message_delta","delta":{"stop_reason":"end_turn"}}\n\n' +
    'data: {"type":"message_stop"}\n\n';
  await using server = startAnthropic(() => ({
    body: start + ping.repeat(20) + rest,
    pieces: [start.length, ...Array(20).fill(ping.length)],
    pauseMs: 80,
  }));
  // Its thinking takes longer than the wait for a first word, and than a silence may last.
  const limits = { firstMs: 1_000, idleMs: 1_000, totalMs: 20_000 };
  const { error, text } = await outcome(server.url, "none", limits);
  equal([error, text], [undefined, "Yes"]);
});
