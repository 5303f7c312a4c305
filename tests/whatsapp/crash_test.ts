import { chatKeys } from "@/lib/chat/records.ts";
import { fileStore } from "@/tests/money/stores.ts";
import { FAULTS } from "@/tests/simulators/twilio_faults.ts";
import { assert, assertEquals } from "@/tests/support/assert.ts";
import { ADA, openCrashing } from "@/tests/support/crashing_phones.ts";
import { TUTOR } from "@/tests/support/phones.ts";
import { until } from "@/tests/support/wait.ts";

Deno.test("killed between acknowledgement and turn: answered after the restart, once", async () => {
  await using file = await fileStore();
  await using crash = await openCrashing(file.path, { WHATSAPP_DEBOUNCE_MS: "1000" });
  const { ada, kill, start, idle } = crash;
  const [answer] = await ada.says("What is a prime?");
  assertEquals(answer?.status, 200);
  await kill();
  await start();
  await ada.waitFor(2);
  await idle();
  assertEquals(ada.texts().length, 2);
});

Deno.test("killed in a turn before its first word: asked again, one reply; the lost request's prompt is estimated", async () => {
  await using file = await fileStore();
  await using crash = await openCrashing(file.path);
  const { ada, kill, start, idle, store, own } = crash;
  await ada.says("[[mock:slow=1500]] What is a prime?");
  await until(
    "the turn",
    async () => (await store.conversations.head(await own(), TUTOR))?.running,
  );
  await kill();
  await start();
  await ada.waitFor(2, 30_000);
  await idle();
  const head = await store.conversations.head(await own(), TUTOR);
  const { messages } = await store.conversations.page(
    { conversation: head?.conversation ?? "" },
    100,
    100,
  );
  assertEquals(messages.map(({ message }) => message.role), ["user", "assistant"]);
  assertEquals(head?.branches, undefined, "Asked again, it is no other version");
  assertEquals(ada.texts().length, 2);
  const entries = (await Array.fromAsync(store.ledger.all())).flat();
  const replies = entries.filter(({ provider }) => provider === "mock");
  assertEquals(replies.map(({ output, basis }) => [output > 0, basis]), [
    [false, "estimated"],
    [true, "reported"],
  ]);
});

Deno.test("killed in the middle of a reply: the partial text is sent, marked as interrupted", async () => {
  await using file = await fileStore();
  await using crash = await openCrashing(file.path);
  const { ada, kill, start, idle, store, own } = crash;
  await ada.says("[[mock:tokens=300]][[mock:pace=30]] What is a prime?");
  await until("the turn", async () => {
    const running = (await store.conversations.head(await own(), TUTOR))?.running;
    if (!running) return false;
    const { value } = await store.kv.get(chatKeys.progress(running.turn));
    return (value?.text ?? "").length > 20;
  });
  await kill();
  await start();
  await ada.waitFor(2, 30_000);
  await idle();
  assertEquals(ada.texts().length, 2);
  assert.match(ada.texts()[1] ?? "", /broke off/);
});

Deno.test("killed after Twilio accepted a message without an answer: it is found, not sent again", async () => {
  await using file = await fileStore();
  await using crash = await openCrashing(file.path);
  const { ada, kill, start, idle, rows, twilio } = crash;
  twilio.fault(ADA, FAULTS.timeoutAfterAcceptance);
  await ada.says("help");
  await ada.waitFor(1);
  await kill();
  await start();
  await until("it is found", async () => (await rows())[0]?.state === "taken", 30_000);
  await idle();
  assertEquals([twilio.sends, ada.texts().length], [1, 1]);
});

Deno.test("killed with a reply waiting: the rest is sent after the restart, in order, once", async () => {
  await using file = await fileStore();
  await using crash = await openCrashing(file.path);
  const { ada, kill, start, idle, rows, twilio } = crash;
  await ada.says("help");
  await ada.waitFor(1);
  twilio.fault(ADA, FAULTS.accept, FAULTS.unavailable);
  await ada.says("[[mock:tokens=900]] long");
  await until(
    "a part waits",
    async () => (await rows()).some(({ tries, state }) => tries > 0 && state === "waiting"),
  );
  await kill();
  await start();
  await idle();
  assertEquals(ada.texts(), (await rows()).map(({ body }) => body));
  assert.ok(ada.texts().length > 3);
});

Deno.test("SIGTERM in a turn: nothing is lost, and unanswered messages are answered by the next process", async () => {
  await using file = await fileStore();
  await using crash = await openCrashing(file.path);
  const { ada, start, idle, store, own } = crash;
  await ada.says("[[mock:slow=20000]] What is a prime?");
  await until(
    "the turn",
    async () => (await store.conversations.head(await own(), TUTOR))?.running,
  );
  await crash.end();
  await start();
  await until(
    "it is begun again",
    async () => ((await store.phones.get(ADA))?.tries ?? 0) > 0,
    30_000,
  );
  await ada.says("stop");
  await idle();
});
