import { chatKeys, type ConversationHead, type Message } from "@/lib/chat/records.ts";
import { setArchive } from "@/lib/chat/history/archive.ts";
import { assert } from "@/tests/support/assert.ts";
import { TOOL } from "@/tests/support/chat_page.ts";
import { OwnPerson } from "@/tests/support/own_person.ts";
import { openSite, type Site } from "@/tests/support/site.ts";

const ROUNDS = 100;

/** Stores archived conversations of a visitor. */
async function lay(site: Site, visitor: string, count: number, messages: number): Promise<void> {
  const now = Date.now();
  for (let i = 0; i < count; i++) {
    const conversation = `laid${visitor.slice(-6)}${String(i).padStart(4, "0")}`;
    const head: ConversationHead = {
      conversation,
      next: messages,
      turns: messages / 2,
      spent: 0n,
      running: null,
      last: null,
      updatedAt: now - (i + 1) * 1_000,
    };
    await site.world.deps.store.transactions.run([], (tx) => {
      setArchive(tx, visitor, TOOL, { title: `Conversation ${i}`, head });
      for (let n = 0; n < messages; n++) {
        const message: Message = {
          id: `${conversation}${n}`,
          turn: conversation,
          role: n % 2 === 0 ? "user" : "assistant",
          text: `message ${n} of conversation ${i}`,
          at: now,
          channel: "web",
          reply: null,
        };
        tx.set(chatKeys.message(conversation, n), message);
      }
    }, 20_000);
  }
}

/** The least times of two requests, in ms; other work only adds to them, in turn to both alike. */
async function least(...runs: (() => Promise<string>)[]): Promise<[number, number]> {
  const best = runs.map(() => Infinity);
  for (let i = 0; i < ROUNDS; i++) {
    for (const [which, run] of runs.entries()) {
      const begin = performance.now();
      await run();
      best[which] = Math.min(best[which] ?? Infinity, performance.now() - begin);
    }
  }
  const [first = NaN, second = NaN] = best;
  return [first, second];
}

Deno.test("GET /history with 200 conversations and a repeated search in them cost at most 1.5 times those with 2", async () => {
  await using site = await openSite();
  const people = [];
  for (const [count, messages] of [[2, 4], [200, 4]] as const) {
    const person = new OwnPerson(site);
    await person.say("begins");
    const rows = await site.world.deps.store.kv.stored({ prefix: ["head"] }, 10);
    const visitor = rows.map(({ key }) => String(key[1])).sort().at(-1) ?? "";
    await lay(site, visitor, count, messages);
    people.push({ person, visitor });
  }
  const [few, many] = people;
  assert.ok(few && many);
  assert.match(await many.person.html("/history"), /Conversation 18/);
  const [small, large] = await least(
    () => few.person.html("/history"),
    () => many.person.html("/history"),
  );
  assert.ok(large < 1.5 * small, `${large.toFixed(2)} ms, and ${small.toFixed(2)} ms for 2`);
  const [inFew, inMany] = await least(
    () => few.person.html("/history?q=conversation+1"),
    () => many.person.html("/history?q=conversation+199"),
  );
  // To read the list takes twice as long, the words as well eight times.
  assert.ok(
    inMany < 1.5 * inFew,
    `search: ${inMany.toFixed(2)} ms, and ${inFew.toFixed(2)} ms in 2`,
  );
  // deno-lint-ignore no-console -- figures to read, in the output of the tests
  console.log(
    `list: ${small.toFixed(2)} ms for 2, ${large.toFixed(2)} ms for 200; search: ${
      inFew.toFixed(2)
    } ms in 2, ${inMany.toFixed(2)} ms in 200`,
  );
});
