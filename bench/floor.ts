/*
 * Floor "c", the least work of a plain chat proxy in Deno: every chunk of the upstream's body
 * through one JS stream, one limit check and one ledger commit in KV.
 * `deno run -A --unstable-kv floor.ts PORT UPSTREAM_PORT KV_FILE`
 */
const [port, upstream, file] = Deno.args;
const kv = await Deno.openKv(file);
const decoder = new TextDecoder();
const MINUTE = 60_000;

interface Usage {
  prompt_tokens: number;
  completion_tokens: number;
}

async function admit(client: string): Promise<boolean> {
  const key = ["limit", client, Math.floor(Date.now() / MINUTE)];
  for (let attempt = 0; attempt < 10; attempt++) {
    const entry = await kv.get<number>(key);
    if ((entry.value ?? 0) >= 1_000_000) return false;
    const counted = kv.atomic().check(entry)
      .set(key, (entry.value ?? 0) + 1, { expireIn: 2 * MINUTE });
    if ((await counted.commit()).ok) return true;
  }
  return false;
}

async function settle(client: string, usage: Usage): Promise<void> {
  const day = new Date().toISOString().slice(0, 10);
  const cost = BigInt(usage.prompt_tokens * 150 + usage.completion_tokens * 600);
  const { prompt_tokens: input, completion_tokens: output } = usage;
  const result = await kv.atomic()
    .set(["ledger", day, crypto.randomUUID()], { at: Date.now(), client, input, output, cost })
    .sum(["tool", day], cost)
    .sum(["total", day], cost)
    .commit();
  if (!result.ok) throw new Error("not settled");
}

/** Usage comes in the last event but one. */
function usageIn(tail: string): Usage {
  const found = /"usage":\{"prompt_tokens":(\d+),"completion_tokens":(\d+)/.exec(tail);
  return { prompt_tokens: Number(found?.[1]), completion_tokens: Number(found?.[2]) };
}

function relay(source: ReadableStream<Uint8Array>, end: (usage: Usage) => Promise<void>) {
  const reader = source.getReader();
  let tail = new Uint8Array(0);
  return new ReadableStream<Uint8Array>({
    async pull(controller) {
      const { value, done } = await reader.read();
      if (done) {
        await end(usageIn(decoder.decode(tail)));
        return controller.close();
      }
      if (value.length >= 1024) tail = value.slice(-2048);
      else {
        const kept = tail.subarray(-1024);
        tail = new Uint8Array(kept.length + value.length);
        tail.set(kept);
        tail.set(value, kept.length);
      }
      controller.enqueue(value);
    },
    cancel: (reason) => reader.cancel(reason),
  }, { highWaterMark: 0 });
}

Deno.serve({ port: Number(port), hostname: "127.0.0.1", onListen: () => {} }, async (request) => {
  if (request.method === "GET") return new Response("ok");
  const { message } = await request.json();
  const client = request.headers.get("x-forwarded-for") ?? "";
  if (!await admit(client)) return new Response("limit", { status: 429 });
  const answer = await fetch(`http://127.0.0.1:${upstream}/v1/chat/completions`, {
    method: "POST",
    headers: { "content-type": "application/json", authorization: "Bearer x" },
    body: JSON.stringify({
      model: "gpt-6-luna",
      messages: [{ role: "system", content: "You are helpful." }, {
        role: "user",
        content: message,
      }],
      stream: true,
      stream_options: { include_usage: true },
    }),
  });
  if (!answer.body) throw new Error("no answer");
  return new Response(relay(answer.body, (usage) => settle(client, usage)), {
    headers: { "content-type": "text/event-stream; charset=utf-8", "cache-control": "no-cache" },
  });
});
