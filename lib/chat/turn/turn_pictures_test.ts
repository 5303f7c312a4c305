import { type OpenAiSenses, startOpenAiSenses } from "@/tests/simulators/openai_senses.ts";
import { ask, TOOL } from "@/tests/support/asking.ts";
import { assert, assertEquals, assertRejects } from "@/tests/support/assert.ts";
import { SAMPLES } from "@/tests/support/media_samples.ts";
import { jpegFile } from "@/tests/support/picture_files.ts";
import { openWorld, type World } from "@/tests/support/world.ts";
import { mediaKeys } from "../../media/records.ts";
import { meteringKeys } from "../../metering/records.ts";
import { checkLedger } from "../../metering/ledger_check.ts";

const PNG = { type: "image/png", bytes: SAMPLES.png };
const JPEG = { type: "image/jpeg", bytes: SAMPLES.jpeg };

function worldOf(openai: OpenAiSenses): Promise<World> {
  return openWorld({ env: { OPENAI_API_KEY: "sk-test", OPENAI_BASE_URL: openai.url } });
}

const send = (message: string, ...images: (typeof PNG)[]) => ({
  action: { kind: "send" as const, message, images },
});

/** Pictures of each message in the latest request, as the first letters of their types. */
function seen(openai: OpenAiSenses): string[] {
  const body = openai.asked.at(-1);
  assert.ok(Array.isArray(body?.messages));
  return body.messages.map((message) =>
    [...JSON.stringify(message).matchAll(/"url":"data:image\/(.)/g)].map(([, type]) => type)
      .join("")
  );
}

Deno.test("TurnPictures: a picture goes to the model at low detail, with its question, and is booked as reported", async () => {
  await using openai = startOpenAiSenses();
  await using world = await worldOf(openai);
  Object.assign(openai.usage, { prompt: 2_900, completion: 5 });
  await ask(world, "", send("What is this?", PNG));
  const body = openai.asked[0];
  assert.ok(Array.isArray(body?.messages));
  assertEquals(body.messages.at(-1), {
    role: "user",
    content: [
      { type: "text", text: "What is this?" },
      {
        type: "image_url",
        image_url: {
          url: `data:image/png;base64,${btoa(String.fromCharCode(...SAMPLES.png))}`,
          detail: "low",
        },
      },
    ],
  });
  const [entry] = (await Array.fromAsync(world.deps.store.ledger.all())).flat();
  // 2,900 × $0.10 and 5 × $0.50 a million.
  assertEquals([entry?.usd, entry?.images, entry?.input], [292_500n, 1, 2_900]);
  assertEquals((await checkLedger(world.deps.store)).difference, null);
});

Deno.test("beginTurn() holds the worst case of a turn's pictures", async () => {
  await using openai = startOpenAiSenses();
  await using world = await worldOf(openai);
  openai.pace.slow = 200;
  const held = async (...images: (typeof PNG)[]) => {
    const visitor = crypto.randomUUID();
    const { live } = await world.services.chat.startTurn({
      visitor,
      tool: TOOL,
      request: visitor,
      channel: "whatsapp",
      rateLimitKey: null,
      ...send("What is this?", ...images),
    });
    const head = await world.deps.store.conversations.head(visitor, TOOL);
    const running = head?.running;
    assert.ok(running);
    const { value } = await world.deps.store.kv.get(
      meteringKeys.running(running.process, running.turn),
    );
    await live?.ended(5_000);
    assert.ok(value);
    return value.hold.amount;
  };
  const without = await held();
  // gpt-6-luna takes at most 308 tokens for each, perhaps all written to its cache.
  assertEquals(await held(PNG, JPEG) - without, 2n * 308n * 125n);
});

Deno.test("beginTurn() holds for a picture of known size, at the tool's detail, which is sent", async () => {
  await using openai = startOpenAiSenses();
  await using world = await worldOf(openai);
  const tool = await world.deps.store.tools.get(TOOL);
  assert.ok(tool);
  const photo = { type: "image/jpeg", bytes: jpegFile(4_032, 3_024), width: 4_032, height: 3_024 };
  const holds: bigint[] = [];
  for (const pictureDetail of ["low", "high"] as const) {
    const draft = { ...tool, pictureDetail };
    for (const images of [[], [photo]]) {
      openai.pace.slow = 200;
      const visitor = crypto.randomUUID();
      const { live } = await world.services.chat.startTurn({
        visitor,
        tool: TOOL,
        draft,
        request: visitor,
        channel: "web",
        rateLimitKey: null,
        ...send("What is this?", ...images),
      });
      const head = await world.deps.store.conversations.head(visitor, TOOL);
      const running = head?.running;
      assert.ok(running);
      const key = meteringKeys.running(running.process, running.turn);
      holds.push((await world.deps.store.kv.get(key)).value?.hold.amount ?? 0n);
      await live?.ended(5_000);
    }
    assert.match(JSON.stringify(openai.asked.at(-1)), new RegExp(`"detail":"${pictureDetail}"`));
  }
  const [lowWithout = 0n, low = 0n, highWithout = 0n, high = 0n] = holds;
  // By OpenAI's formula 231, and at most 2,500 squares times 1.2; perhaps written to its cache.
  assertEquals([low - lowWithout, high - highWithout], [231n * 125n, 3_000n * 125n]);
});

Deno.test("TurnPictures.seen() sends the latest two pictures again with later questions, and no earlier ones", async () => {
  await using openai = startOpenAiSenses();
  await using world = await worldOf(openai);
  await ask(world, "", send("", PNG));
  assertEquals(seen(openai), ["", "p"]);
  await ask(world, "", send("And this?", JPEG, JPEG));
  assertEquals(seen(openai), ["", "p", "", "jj"]);
  await ask(world, "So?");
  assertEquals(seen(openai), ["", "", "", "jj", "", ""]);
  const text = JSON.stringify(openai.asked.at(-1));
  assert.match(text, /a picture, without a word/);
});

Deno.test("Chat.startTurn() sends a repeated or edited question with its pictures", async () => {
  await using openai = startOpenAiSenses();
  await using world = await worldOf(openai);
  await ask(world, "", send("What is this?", PNG));
  await ask(world, "", { action: { kind: "regenerate" } });
  assertEquals(seen(openai), ["", "p"]);
  await ask(world, "", { action: { kind: "edit", seq: 0, message: "What is that?" } });
  assertEquals(seen(openai), ["", "p"]);
  const { messages } = await world.services.pages.chat("v1", TOOL, null);
  assertEquals(messages.map(({ pictures }) => pictures), [1, undefined]);
  assert.match(messages[0]?.html ?? "", /<img src="\/api\/media\/[^"]+" alt="Picture"/);
});

Deno.test("TurnPictures: a model without vision gets no pictures, and none are stored for it", async () => {
  await using openai = startOpenAiSenses();
  await using world = await worldOf(openai);
  const tool = await world.deps.store.tools.get(TOOL);
  assert.ok(tool);
  const draft = { ...tool, model: "our-own-model" };
  const tokens = { input: 1n, cachedInput: 1n, output: 1n };
  const { customPrices } = world.deps.store;
  await customPrices.set("openai", "our-own-model", { from: 0, tokens, unit: null });
  await customPrices.refresh(Date.now());
  await assertRejects(() => ask(world, "", { ...send("Hm?", PNG), draft }), "picture.not_seen");
  assertEquals(openai.asked.length, 0);
  await ask(world, "", send("What is this?", PNG));
  await ask(world, "So?", { draft });
  assertEquals(seen(openai), ["", "", "", ""]);
});

Deno.test("TurnPictures.keepWith() stores no pictures of a turn that did not begin", async () => {
  await using openai = startOpenAiSenses();
  await using world = await worldOf(openai);
  const tool = await world.deps.store.tools.get(TOOL);
  assert.ok(tool);
  const draft = { ...tool, ceiling: 1n };
  await assertRejects(() => ask(world, "", { ...send("Hm?", PNG), draft }), "budget.used");
  const { store } = world.deps;
  for (const family of ["media", "media_piece", "media_of"]) {
    const rows = await store.kv.list({ prefix: [family] }, (path) =>
      mediaKeys.mediaPiece(
        String(path[1]),
        Number(path[2]),
      ));
    assertEquals(rows, [], family);
  }
});

Deno.test("DataDeletion deletes a conversation's pictures", async () => {
  await using openai = startOpenAiSenses();
  await using world = await worldOf(openai);
  await ask(world, "", send("What is this?", PNG, JPEG));
  const { store } = world.deps;
  const head = await store.conversations.head("v1", TOOL);
  assert.ok(head);
  const kept = await store.media.ofConversation(head.conversation);
  assertEquals(kept.length, 2);
  const all = kept.flatMap((each) => store.media.keysOf(head.conversation, each));
  assertEquals(await world.services.visitors.delete("v1"), { erased: 1, done: true });
  for (const key of all) assertEquals((await store.kv.get(key)).value, null, key.id);
  for (const { id } of kept) assertEquals(await store.media.file(id), null);
});
