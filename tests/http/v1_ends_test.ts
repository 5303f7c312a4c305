import OpenAI from "openai";
import type { LedgerEntry } from "@/lib/metering/records.ts";
import { meteringKeys } from "@/lib/metering/records.ts";
import { createCalendar } from "@/lib/platform/calendar.ts";
import { idIn, keysAt, onStore, sdk } from "@/tests/support/api_keys.ts";
import { assert, assertEquals } from "@/tests/support/assert.ts";
import { httpSuite } from "@/tests/support/http_suite.ts";
import { NOON_ZONE } from "@/tests/support/noon.ts";
import { costsOf, startServer } from "@/tests/support/server.ts";
import { until } from "@/tests/support/wait.ts";

const TOOL = "recipe-helper";
const test = httpSuite();

const asking = (content: string) => ({
  model: TOOL,
  messages: [{ role: "user" as const, content }],
});

/** The entries of a key. */
async function entriesOf(path: string, key: string): Promise<LedgerEntry[]> {
  const all = await onStore(path, (store) => Array.fromAsync(store.ledger.all()));
  return all.flat().filter((entry) => entry.key === idIn(key));
}

async function entryOf(path: string, key: string): Promise<LedgerEntry> {
  return await until("the entry", async () => (await entriesOf(path, key))[0]);
}

/** Spent and held amounts of a key's month. */
async function monthOf(path: string, key: string) {
  const month = createCalendar(NOON_ZONE).dayOf(Date.now()).slice(0, 7);
  const record = meteringKeys.budget(month, "api_key", idIn(key), "");
  return await onStore(path, async (store) => (await store.kv.get(record)).value);
}

async function errorOf(asked: Promise<unknown>): Promise<InstanceType<typeof OpenAI.APIError>> {
  const error = await asked.then(() => null, (error: unknown) => error);
  assert.ok(error instanceof OpenAI.APIError, String(error));
  return error;
}

test("a client that leaves stops the call, and what was written is paid for", async (server) => {
  const keys = keysAt(server.kvPath);
  const long = "An essay [[mock:tokens=900]] [[mock:pace=20]]";
  {
    const key = await keys.make();
    const stream = await sdk(server.url, key).chat.completions.create(
      { ...asking(long), stream: true },
    );
    let read = 0;
    for await (const _ of stream) if (++read === 10) break;
    const { basis, output, usd } = await entryOf(server.kvPath, key);
    assert.ok(basis === "partial" && output > 0 && output < 300, `${basis} ${output}`);
    assertEquals(await monthOf(server.kvPath, key), { spent: usd, held: 0n });
  }
  {
    const key = await keys.make();
    const leave = new AbortController();
    const asked = sdk(server.url, key).chat.completions.create(asking(long), {
      signal: leave.signal,
    });
    setTimeout(() => leave.abort(), 800);
    await asked.catch(() => {});
    const { basis, output, usd } = await entryOf(server.kvPath, key);
    assert.ok(basis === "partial" && output > 0 && output < 300, `${basis} ${output}`);
    assertEquals(await monthOf(server.kvPath, key), { spent: usd, held: 0n });
  }
});

test("a failure before the text has its status, one after it ends the stream with an error and no [DONE]", async (server) => {
  const key = await keysAt(server.kvPath).make();
  const client = sdk(server.url, key);
  for (const stream of [false, true] as const) {
    const down = await errorOf(
      client.chat.completions.create({ ...asking("[[mock:error=500]]"), stream }, {
        maxRetries: 0,
      }),
    );
    assertEquals([down.status, down.type, down.code], [
      503,
      "server_error",
      "service_unavailable",
    ]);
    const busy = await errorOf(
      client.chat.completions.create({ ...asking("[[mock:error=429]]"), stream }, {
        maxRetries: 0,
      }),
    );
    assertEquals([busy.status, busy.headers?.get("retry-after")], [503, "2"]);
    const before = client.answers.length;
    const refused = await errorOf(
      client.chat.completions.create({ ...asking("[[mock:error=400]]"), stream }),
    );
    assertEquals([refused.status, client.answers.length - before], [503, 1]);
  }
  const cut = await errorOf(
    client.chat.completions.create(asking("Hello there [[mock:cut]]"), { maxRetries: 0 }),
  );
  assertEquals(cut.status, 503);
  const answer = await fetch(`${server.url}/v1/chat/completions`, {
    method: "POST",
    headers: { authorization: `Bearer ${key}`, "content-type": "application/json" },
    body: JSON.stringify({ ...asking("Hello there [[mock:cut]]"), stream: true }),
  });
  const text = await answer.text();
  assertEquals([answer.status, answer.headers.get("content-type")], [
    200,
    "text/event-stream; charset=utf-8",
  ]);
  const events = text.trim().split("\n\n").map((line) => JSON.parse(line.replace(/^data: /, "")));
  assert.ok(events.length > 2 && !text.includes("[DONE]"));
  const { error } = events.at(-1);
  assertEquals([error.type, error.code, error.param], [
    "server_error",
    "service_unavailable",
    null,
  ]);
  assert.match(error.message, /ended the reply too early/);
  const stream = await client.chat.completions.create(
    { ...asking("Hello there [[mock:cut]]"), stream: true },
  );
  const thrown = await errorOf(Array.fromAsync(stream));
  assert.match(thrown.message, /ended the reply too early/);
  // Written text is paid for; a reply that never began is not.
  assertEquals((await entriesOf(server.kvPath, key)).length, 3);
  assertEquals((await monthOf(server.kvPath, key))?.held, 0n);
});

test("a long reply that is not streamed comes whole after its early beginning, and a late failure breaks it off", async (server) => {
  const client = sdk(server.url, await keysAt(server.kvPath).make());
  const asked = asking("Tell me [[mock:slow=6500]]");
  const whole = await client.chat.completions.create(asked);
  const plain = await client.chat.completions.create(asking("Tell me"));
  assertEquals(whole.choices, plain.choices);
  const error = await client.chat.completions.create(asking("[[mock:slow=6500]] [[mock:cut]]"))
    .then(() => null, (error: unknown) => error);
  assert.ok(error instanceof Error);
  assertEquals(client.answers.length, 3);
});

test("max_tokens shortens a reply, no more than the tool's allows; a stop sequence cuts it", async (server) => {
  const key = await keysAt(server.kvPath).make();
  const client = sdk(server.url, key);
  const short = await client.chat.completions.create(
    { ...asking("Tell me [[mock:tokens=500]]"), max_completion_tokens: 20, max_tokens: 400 },
  );
  assertEquals(short.choices[0]?.finish_reason, "length");
  assert.ok((short.usage?.completion_tokens ?? 99) <= 20);
  const most = await client.chat.completions.create(
    { ...asking("Tell me [[mock:tokens=9999]] [[mock:pace=0]]"), max_tokens: 1_000_000 },
  );
  assertEquals(most.choices[0]?.finish_reason, "length");
  const whole = await client.chat.completions.create(asking("Tell me"));
  const text = whole.choices[0]?.message.content ?? "";
  const stop = text.slice(20, 26);
  for (const stream of [false, true]) {
    const cut = stream
      ? (await Array.fromAsync(
        await client.chat.completions.create({ ...asking("Tell me"), stop, stream: true }),
      )).flatMap(({ choices }) => choices.map(({ delta }) => delta.content ?? "")).join("")
      : (await client.chat.completions.create({ ...asking("Tell me"), stop })).choices[0]?.message
        .content;
    assertEquals(cut, text.slice(0, text.indexOf(stop)));
  }
});

Deno.test("SIGKILL during a reply: the next process books its worst case and releases the hold, SIGTERM settles it", async () => {
  let path = "";
  let key = "";
  let held = 0n;
  const long = {
    ...asking("An essay [[mock:tokens=900]] [[mock:pace=30]]"),
    stream: true as const,
  };
  const folder = await Deno.makeTempDir();
  try {
    path = `${folder}/kv.sqlite`;
    {
      await using server = await startServer({ kvPath: path });
      key = await keysAt(path).make();
      const stream = await sdk(server.url, key).chat.completions.create(long);
      for await (const _ of stream) break;
    }
    // Left by the loop's end: settled. The next one is killed while it is read.
    await using server = await startServer({ kvPath: path });
    const first = (await entriesOf(path, key)).length;
    const stream = await sdk(server.url, key).chat.completions.create(long);
    const reader = stream[Symbol.asyncIterator]();
    await reader.next();
    held = (await monthOf(path, key))?.held ?? 0n;
    assert.ok(held > 0n);
    server.kill("SIGKILL");
    await server.exited;
    await reader.next().catch(() => {});
    await using next = await startServer({ kvPath: path });
    const entries = await until("the recovery", async () => {
      const found = await entriesOf(path, key);
      return found.length > first && found;
    });
    assertEquals(entries.at(-1)?.basis, "estimated");
    assertEquals((await monthOf(path, key))?.held, 0n);
    assertEquals(Number((await costsOf(next.url, TOOL)).held), 0);

    const last = await sdk(next.url, key).chat.completions.create(long);
    const reading = Array.fromAsync(last);
    await until("the hold", async () => (await monthOf(path, key))?.held);
    next.kill("SIGTERM");
    const error = await errorOf(reading);
    assert.match(error.message, /restarting/);
    await next.exited;
    assertEquals((await monthOf(path, key))?.held, 0n);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});
