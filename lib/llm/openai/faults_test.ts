import { deepStrictEqual as equal, ok } from "node:assert/strict";
import { type OpenAiFaults, startOpenAiFaults } from "../../../tests/simulators/openai_faults.ts";
import { HttpClient } from "../../platform/http_client.ts";
import { openAi } from "./openai.ts";
import { type Part, ProviderError, type ProviderFault } from "../provider.ts";

const http = new HttpClient();
/** What is no matter of time is not hurried: a busy machine takes its time. */
const PATIENT = { firstMs: 9_000, idleMs: 9_000, totalMs: 20_000 };
const BRIEF = { firstMs: 250, idleMs: 200, totalMs: 600 };
/** For replies that begin and do not end. */
const BRIEF_ONCE_BEGUN = { ...BRIEF, firstMs: 5_000 };
const WORDS = "Hello from the simulator.";
const USAGE = {
  type: "usage" as const,
  usage: { input: 12, cached: 4, output: 5, reasoning: 2 },
};
const STOP: Part = { type: "end", reason: "stop" };

const request = (fault: string) => ({
  model: "gpt-4o-mini",
  messages: [{ role: "user" as const, content: `Hi [[fault:${fault}]]` }],
  temperature: 0.5,
  effort: null,
  maxTokens: 50,
});

/** Runs one test against its own server; ends when every connection is closed. */
function check(name: string, run: (server: OpenAiFaults) => Promise<void>): void {
  Deno.test({ name, sanitizeOps: true, sanitizeResources: true, fn: () => serve(run) });
}

async function serve(run: (server: OpenAiFaults) => Promise<void>): Promise<void> {
  // Loads the SDK first, so that the first test's time does not include it.
  await import("openai");
  const server = await startOpenAiFaults();
  try {
    await run(server);
  } finally {
    await server.close();
    // Time for kept connections to notice that the server is gone.
    await pause(60);
  }
}

interface Outcome {
  text: string;
  rest: Part[];
  error: ProviderError | undefined;
  ms: number;
}

async function outcome(url: string, fault: string, limits = PATIENT): Promise<Outcome> {
  const start = performance.now();
  const result: Outcome = { text: "", rest: [], error: undefined, ms: 0 };
  try {
    const never = new AbortController().signal;
    const provider = openAi({ apiKey: "sk-secret", baseUrl: url, limits, http });
    for await (const part of provider.stream(request(fault), never)) {
      if (part.type === "text") result.text += part.text;
      else result.rest.push(part);
    }
  } catch (error) {
    ok(error instanceof ProviderError, String(error));
    ok(!/secret|Hi |Hello/.test(error.message), error.message);
    result.error = error;
  }
  result.ms = performance.now() - start;
  return result;
}

const answers: [mode: string, text: string, rest: Part[]][] = [
  ["ok", WORDS, [USAGE, STOP]],
  ["burst", WORDS, [USAGE, STOP]],
  ["utf8", "Grüße, Ελλάδα, שלום, مرحبا, 日本語, 한국어, 👩‍👩‍👧‍👦 🎉.", [USAGE, STOP]],
  ["nodone", WORDS, [STOP]],
  ["nousage", WORDS, [STOP]],
  ["badusage", WORDS, [{ type: "usage", usage: { ...USAGE.usage, cached: 99 } }, STOP]],
  ["length", WORDS, [USAGE, { type: "end", reason: "length" }]],
  ["refusal", "No.", [USAGE, STOP]],
  ["slow=100", WORDS, [USAGE, STOP]],
];
for (const [mode, text, rest] of answers) {
  check(`openAi() streams the answer: ${mode}`, async ({ url }) => {
    const result = await outcome(url, mode);
    equal([result.error, result.text, result.rest], [undefined, text, rest]);
  });
}

interface Expected {
  fault: ProviderFault;
  text?: string;
  status?: number;
  retryAfter?: [number, number];
  maySpend: boolean;
  atLeastMs?: number;
  limits?: typeof PATIENT;
}

const TIMEOUT = { fault: "timeout" as const, maySpend: true };
const faults: Record<string, Expected> = {
  "400": { fault: "refused", status: 400, maySpend: false },
  "401": { fault: "refused", status: 401, maySpend: false },
  "403": { fault: "refused", status: 403, maySpend: false },
  "404": { fault: "refused", status: 404, maySpend: false },
  "429=7": { fault: "busy", status: 429, retryAfter: [7_000, 7_000], maySpend: false },
  "429-date=9": { fault: "busy", status: 429, retryAfter: [6_000, 9_000], maySpend: false },
  "500": { fault: "down", status: 500, maySpend: false },
  "503": { fault: "down", status: 503, maySpend: false },
  html: { fault: "broken", status: 200, maySpend: true },
  malformed: { fault: "broken", text: "Hello from", maySpend: true },
  cut: { fault: "broken", text: "Hello from", maySpend: true },
  hangup: { fault: "broken", maySpend: true },
  error: { fault: "down", text: "Hello from", maySpend: true },
  "error-first": { fault: "down", maySpend: false },
  "error-rate": { fault: "busy", maySpend: false },
  stall: { ...TIMEOUT, text: "Hello from", atLeastMs: 190, limits: BRIEF_ONCE_BEGUN },
  mute: { ...TIMEOUT, atLeastMs: 240, limits: BRIEF },
  silent: { ...TIMEOUT, atLeastMs: 240, limits: BRIEF },
  "slow=900": { ...TIMEOUT, atLeastMs: 240, limits: BRIEF },
  "long=50": { ...TIMEOUT, atLeastMs: 590, limits: BRIEF_ONCE_BEGUN },
};
for (const [mode, expected] of Object.entries(faults)) {
  check(`openAi() throws on the fault: ${mode}`, async (server) => {
    const { error, text, rest, ms } = await outcome(server.url, mode, expected.limits);
    equal(error?.fault, expected.fault);
    equal(error?.maySpend, expected.maySpend);
    equal(error?.details.status, expected.status);
    equal(rest, []);
    if (expected.text !== undefined) equal(text, expected.text);
    const [least = 0, most = 0] = expected.retryAfter ?? [];
    const after = error?.details.retryAfterMs ?? 0;
    ok(after >= least && after <= most, `retry after ${after} ms`);
    ok(ms >= (expected.atLeastMs ?? 0) && ms < 6_000, `took ${ms} ms`);
    equal(server.requests.length, 1);
    if (expected.fault === "timeout" || expected.fault === "broken") {
      // A response with complete framing may leave its connection for the next request.
      const whole = mode === "html" || mode === "malformed";
      await waitFor(() => server.openSockets() === 0 || whole);
    }
  });
}

Deno.test("openAi() reports a refused connection as down and not billed", async () => {
  const free = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const url = `http://127.0.0.1:${free.addr.port}/v1`;
  free.close();
  const { error } = await outcome(url, "ok");
  equal([error?.fault, error?.maySpend], ["down", false]);
});

Deno.test("openAi() reports an unknown host as down", async () => {
  const { error } = await outcome("http://no-such-host.invalid/v1", "ok");
  equal(error?.fault, "down");
});

check("openAi() closes the connection on an early return", async (server) => {
  const provider = openAi({ apiKey: "k", baseUrl: server.url });
  for await (const part of provider.stream(request("long"), new AbortController().signal)) {
    if (part.type === "text") break;
  }
  await waitFor(() => server.openSockets() === 0);
});

check(
  "openAi() ends at once and closes the connection on a return while a part is awaited",
  async (server) => {
    const provider = openAi({ apiKey: "k", baseUrl: server.url });
    const stream = provider.stream(request("mute"), new AbortController().signal);
    const reader = stream[Symbol.asyncIterator]();
    const waiting = reader.next();
    await waitFor(() => server.requests.length === 1);
    await reader.return?.();
    equal((await waiting).done, true);
    await waitFor(() => server.openSockets() === 0);
  },
);

for (const mode of ["long", "stall", "silent", "mute"]) {
  check(
    `openAi() ends silently and closes the connection on an abort: ${mode}`,
    async (server) => {
      const provider = openAi({ apiKey: "k", baseUrl: server.url });
      const abort = new AbortController();
      const timer = setTimeout(() => abort.abort(), 100);
      const ends: Part[] = [];
      for await (const part of provider.stream(request(mode), abort.signal)) {
        if (part.type !== "text") ends.push(part);
      }
      clearTimeout(timer);
      equal(ends, []);
      await waitFor(() => server.openSockets() === 0);
    },
  );
}

check("openAi() sends nothing when the signal is aborted already", async (server) => {
  const provider = openAi({ apiKey: "k", baseUrl: server.url });
  for await (const _ of provider.stream(request("ok"), AbortSignal.abort())) ok(false);
  equal(server.requests.length, 0);
});

check("openAi() reuses a connection, and replaces one that the server closed", async (server) => {
  for (let i = 0; i < 3; i++) equal((await outcome(server.url, "ok")).error, undefined);
  equal(server.acceptedSockets(), 1);
  for (let i = 0; i < 5; i++) equal((await outcome(server.url, "close")).error, undefined);
});

check("openAi() streams many replies at once", async (server) => {
  const all = await Promise.all(
    Array.from({ length: 200 }, () => outcome(server.url, "ok")),
  );
  equal(all.filter(({ text, error }) => text !== WORDS || error).length, 0);
});

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

async function waitFor(condition: () => boolean): Promise<void> {
  const until = performance.now() + 5_000;
  while (!condition()) {
    ok(performance.now() < until, "not within five seconds");
    await pause(5);
  }
}
