import { deepStrictEqual as equal, ok } from "node:assert/strict";
import { HttpClient } from "../platform/http_client.ts";
import { type Part, ProviderError } from "./provider.ts";
import type { EventReader } from "./reply_stream.ts";
import { streamReply } from "./streaming_call.ts";

/** A fictitious protocol: events named `say`, `think` and `bye` (with tokens), texts as data. */
class AcmeReader implements EventReader {
  thinking = 0;
  generated = false;
  done = false;
  failure: ProviderError | null = null;
  #tokens: number | null = null;

  get complete(): boolean {
    return this.done;
  }

  read(data: string, event: string): string {
    if (event === "bye") this.#tokens = Number(data);
    if (event === "bye") this.done = true;
    if (event === "trouble") this.failure = new ProviderError("busy", "Acme is busy");
    if (event === "think") this.thinking += data.length;
    this.generated ||= event === "say" || event === "think";
    return event === "say" ? data : "";
  }

  document(data: string): string {
    this.done = true;
    return String(JSON.parse(data).text);
  }

  rest(): string {
    return "";
  }

  ending(_clean: boolean, otherwise: () => ProviderError): Part[] | ProviderError {
    if (this.failure) return this.failure;
    return this.done ? [...this.usage(), { type: "end", reason: "stop" }] : otherwise();
  }

  usage(): Part[] {
    if (this.#tokens === null) return [];
    return [{ type: "usage", usage: { input: 1, cached: 0, output: this.#tokens, reasoning: 0 } }];
  }
}

const http = new HttpClient();
const LIMITS = { firstMs: 1_000, idleMs: 300, totalMs: 3_000 };

/** Calls a server that sends this body, then ends, cuts or keeps the response open. */
async function ask(
  body: string,
  end: "ends" | "breaks" | "stays" = "ends",
  type = "text/event-stream",
) {
  const server = Deno.serve({ port: 0, hostname: "127.0.0.1", onListen: () => {} }, () => {
    const stream = new ReadableStream<Uint8Array>({
      start(controller) {
        controller.enqueue(new TextEncoder().encode(body));
        if (end === "ends") controller.close();
        if (end === "breaks") setTimeout(() => controller.error(new Error("cut")), 50);
      },
    });
    return new Response(stream, { headers: { "content-type": type } });
  });
  const url = new URL(`http://127.0.0.1:${server.addr.port}/`);
  const call = {
    company: "Acme",
    limits: LIMITS,
    open: (signal: AbortSignal) =>
      http.send({ url, method: "POST", headers: {}, body: "?", signal }),
    reader: () => new AcmeReader(),
  };
  const parts: Part[] = [];
  try {
    for await (const part of streamReply(call, new AbortController().signal)) parts.push(part);
    return { parts, error: null };
  } catch (error) {
    ok(error instanceof ProviderError, String(error));
    return { parts, error };
  } finally {
    await server.shutdown();
  }
}

const event = (name: string, data: string) => `event: ${name}\ndata: ${data}\n\n`;

Deno.test("streamReply() gives thinking, text, usage and end in any protocol", async () => {
  const { parts, error } = await ask(
    event("think", "hmm") + event("say", "Hello") + event("bye", "7"),
  );
  equal(error, null);
  equal(parts, [
    { type: "thinking", bytes: 3 },
    { type: "text", text: "Hello" },
    { type: "usage", usage: { input: 1, cached: 0, output: 7, reasoning: 0 } },
    { type: "end", reason: "stop" },
  ]);
});

Deno.test("streamReply() reads a document in place of a stream", async () => {
  const { parts } = await ask('{"text":"Hi"}', "ends", "application/json");
  equal(parts, [{ type: "text", text: "Hi" }, { type: "end", reason: "stop" }]);
});

Deno.test("streamReply() names the company in failures of the call", async () => {
  const cases: [Parameters<typeof ask>, fault: string, message: RegExp, maySpend: boolean][] = [
    [[event("say", "Hel"), "ends"], "broken", /^Acme's stream ended/, true],
    [[event("say", "Hel"), "breaks"], "broken", /^Acme's stream ended/, true],
    [[event("say", "Hel"), "stays"], "timeout", /^Acme sent nothing more/, true],
    [[": comment\n\n", "stays"], "timeout", /^Acme sent no first token/, true],
    [["<html>", "ends", "text/html"], "broken", /^Acme answered 200 with text\/html/, true],
    [[event("trouble", ""), "stays"], "busy", /^Acme is busy/, false],
  ];
  for (const [given, fault, message, maySpend] of cases) {
    const { error } = await ask(...given);
    equal([error?.fault, error?.maySpend], [fault, maySpend], given[0]);
    ok(message.test(error?.message ?? ""), error?.message);
  }
});

Deno.test("streamReply() reports a call without a connection as not billed", async () => {
  const call = {
    company: "Acme",
    limits: LIMITS,
    open: (signal: AbortSignal) =>
      http.send({ url: new URL("http://127.0.0.1:1/"), method: "GET", headers: {}, signal }),
    reader: () => new AcmeReader(),
  };
  const error = await Array.fromAsync(streamReply(call, new AbortController().signal))
    .then(() => null, (error) => error);
  ok(error instanceof ProviderError);
  equal([error.fault, error.maySpend], ["down", false]);
  equal(error.message, "No connection to Acme (ECONNREFUSED)");
});
