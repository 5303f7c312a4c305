import type { ModelRequest, Provider } from "@/lib/llm/provider.ts";
import { checkLedger } from "@/lib/metering/ledger_check.ts";
import { assert, assertEquals } from "@/tests/support/assert.ts";
import { openPhones, type PhoneWorld, TUTOR } from "@/tests/support/phones.ts";
import { until } from "@/tests/support/wait.ts";

const ADA = "+41791234567";
const WRITER = "creative-writing";
const POEM = "Please write me a poem about the sea";

/** A model that answers routing requests as told, and repeats other questions. */
function router(route: string) {
  const asked: ModelRequest[] = [];
  const provider: Provider = {
    name: "mock",
    simulated: true,
    async *stream(request) {
      asked.push(request);
      const question = request.messages.at(-1)?.content ?? "";
      const text = question.startsWith("<message>") ? route : `About: ${question}`;
      yield { type: "text", text };
      yield { type: "usage", usage: { input: 50, cached: 0, output: 5, reasoning: 0 } };
      yield { type: "end", reason: "stop" };
    },
  };
  return { provider, asked };
}

const idle = ({ world }: PhoneWorld) =>
  until("all work done", async () => (await world.deps.store.phones.work()).length === 0);

/** A person in a conversation with the first of two tools. */
async function open(route: string) {
  const { provider, asked } = router(route);
  const phones = await openPhones({ tools: [TUTOR, WRITER], provider });
  const ada = phones.twilio.phone(ADA);
  await ada.says("use general assistant");
  await ada.waitFor(1);
  return { ...phones, ada, asked };
}

Deno.test("a question for another tool waits for YES, which asks it there; the suggestion is paid for", async () => {
  await using phones = await open(WRITER);
  const { ada, asked, world } = phones;
  await ada.says(POEM);
  const received = await ada.waitFor(2);
  assert.match(received[1]?.body ?? "", /looks like something for \*Creative Writing/);
  await ada.says("YES");
  await ada.waitFor(3);
  await idle(phones);
  assertEquals(ada.texts()[2], `About: ${POEM}`);
  assertEquals((await world.deps.store.phones.get(ADA))?.tool, WRITER);
  assertEquals(asked.length, 2);
  const system = asked[1]?.messages[0]?.content ?? "";
  assert.match(system, /only help within this scope[^]*What Creative Writing/);
  const entries = (await Array.fromAsync(world.deps.store.ledger.all())).flat();
  const calls = entries.filter(({ provider }) => provider === "mock");
  assertEquals(calls.map(({ tool }) => tool).sort(), [WRITER, TUTOR].sort());
  assertEquals((await checkLedger(world.deps.store)).difference, null);
  const held = await world.deps.store.ledger.between("2000", "2100");
  assert.ok(held.every(({ total }) => total.held === 0n));
});

Deno.test("NO, or the next message, asks the current tool, with the question", async () => {
  for (const [said, expected] of [["no", POEM], ["with whales", `${POEM}\nwith whales`]] as const) {
    await using phones = await open(WRITER);
    const { ada, world } = phones;
    await ada.says(POEM);
    await ada.waitFor(2);
    await ada.says(said);
    await ada.waitFor(3);
    await idle(phones);
    assertEquals(ada.texts()[2], `About: ${expected}`);
    assertEquals((await world.deps.store.phones.get(ADA))?.tool, TUTOR);
  }
});

Deno.test("an uncertain or short message, or a switched-off setting, suggests nothing", async () => {
  for (const route of ["stay", `I think ${WRITER}`, "no-such-tool", TUTOR]) {
    await using phones = await open(route);
    await phones.ada.says(POEM);
    await phones.ada.waitFor(2);
    await idle(phones);
    assertEquals(phones.ada.texts()[1], `About: ${POEM}`);
  }
  await using phones = await open(WRITER);
  await phones.ada.says("a poem");
  await phones.ada.waitFor(2);
  assertEquals(phones.asked.length, 1);
  const { settings } = phones.world.services;
  await settings.save({
    who: "ada@example.org",
    group: "whatsapp",
    seen: settings.current.version,
    edit: (now) => ({ ...now, whatsapp: { proposals: false } }),
  });
  await phones.ada.says(POEM);
  await phones.ada.waitFor(3);
  await idle(phones);
  assertEquals(phones.asked.length, 2);
});
