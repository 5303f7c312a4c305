import { z } from "zod";
import { auditKeys } from "../audit/records.ts";
import { chatKeys } from "../chat/records.ts";
import { meteringKeys } from "../metering/records.ts";
import { storeKeys } from "../store/records.ts";
import { checkLedger } from "../metering/ledger_check.ts";
import type { ReviewFilter } from "../shared/views/review_view.ts";
import { ask, repliesOf, setReview, TOOL } from "@/tests/support/asking.ts";
import { assert, assertEquals, assertRejects } from "@/tests/support/assert.ts";
import { scratch } from "@/tests/support/scratch.ts";
import { openWorld, type World } from "@/tests/support/world.ts";
import { pseudonymOf } from "../people/pseudonym.ts";

const ADA = "ada@example.org", GRACE = "grace@example.org";
const ANY: ReviewFilter = {
  tool: "",
  channel: "",
  from: "",
  to: "",
  rating: "",
  unreviewed: false,
  text: "",
};

const ANYTHING = z.unknown().transform(() => "something");

const rowsOf = async (world: World, filter: Partial<ReviewFilter> = {}, cursor = "") =>
  (await world.services.review.list(ADA, { ...ANY, ...filter }, cursor)).rows;
const words = async (world: World, filter: Partial<ReviewFilter> = {}) =>
  (await rowsOf(world, filter)).map((row) => row.words);

async function audited(world: World, action = "conversation"): Promise<string[]> {
  const { entries } = await world.services.audit.list(
    { action, who: "", thing: "", from: "", to: "" },
    "",
  );
  return entries.map((entry) => `${entry.who} ${entry.action} ${entry.thing}`);
}

/** A world whose clock advances with every read. */
async function opened(env: Record<string, string> = {}) {
  let now = Date.parse("2026-06-15T09:00:00Z");
  const world = await openWorld({ env, clock: () => ++now });
  return Object.assign(world, { pass: (ms: number) => void (now += ms) });
}

Deno.test("ReviewService: while it is off nothing is listed, read, exported or judged, nor kept for later", async () => {
  await using world = await opened();
  const { review } = world.services;
  await ask(world, "secret words");
  const { value: head } = await world.deps.store.kv.get(chatKeys.head("v1", TOOL));
  const id = head?.conversation ?? "";
  const refused = "review.closed";
  await assertRejects(() => review.list(ADA, ANY, ""), refused);
  await assertRejects(() => review.read(ADA, id, null), refused);
  await assertRejects(() => review.export(ADA, id, "md"), refused);
  await assertRejects(() => review.remove(ADA, id), refused);
  await assertRejects(() => review.mark(ADA, id, true), refused);
  await assertRejects(async () => await review.exportAll(ADA, ANY, "").next(), refused);
  assertEquals([review.noticeIn("en"), await review.kept()], [null, 0]);
  await setReview(world, true);
  assertEquals(await rowsOf(world), [], "What was sent before is not listed");
  await assertRejects(() => review.read(ADA, id, null), refused);
});

Deno.test("settleTurn() reads and writes nothing for review while it is off, and one record more while it is on", async () => {
  const used = async (on: boolean) => {
    await using world = await opened();
    if (on) await setReview(world, true);
    await ask(world, "first");
    const { transactions } = world.deps.store;
    const before = transactions.counts.reads;
    await ask(world, "second", { visitor: "v2" });
    const listed = (await left(world)).filter((key) => key.startsWith("review"));
    return { reads: transactions.counts.reads - before, listed: listed.length };
  };
  const off = await used(false), on = await used(true);
  assertEquals([off.listed, on.listed], [0, 4]);
  assertEquals(on.reads - off.reads, 1);
});

Deno.test("ReviewService shows only messages sent while it was on; switching it off hides all at once", async () => {
  await using world = await opened();
  const { review } = world.services;
  await ask(world, "before, private");
  await setReview(world, true, "We read along.");
  assertEquals(review.noticeIn("en"), "We read along.");
  await ask(world, "while it was on");
  await ask(world, "a try", { visitor: "preview:ada:1", channel: "preview" });
  await ask(world, "a try", { visitor: "preview:ada:2" });
  const [row, ...others] = await rowsOf(world);
  assert.ok(row);
  assertEquals([others, row.words, row.messages], [[], "while it was on", 4]);
  assert.ok(row.simulated && row.spent > 0n && row.who === pseudonymOf("v1"));
  const read = await review.read(ADA, row.id, null);
  assertEquals([read.hidden, read.messages.map(({ seq }) => seq)], [2, [2, 3]]);
  assertEquals(await words(world, { text: "private" }), []);
  for (const format of ["md", "json"] as const) {
    const file = (await Array.fromAsync(await review.export(ADA, row.id, format))).join("");
    assert.ok(file.includes("while it was on") && !file.includes("private"), format);
  }
  await setReview(world, false);
  await ask(world, "after, private");
  await assertRejects(() => review.read(ADA, row.id, null), "review.closed");
  assertEquals(await review.kept(), 1);
  await setReview(world, true);
  const again = await review.read(ADA, row.id, null);
  assertEquals(again.messages.map(({ seq }) => seq), [2, 3]);
});

Deno.test("ReviewService.list() filters, searches without case and accents, and pages by cursor", async () => {
  await using world = await opened({ TIME_ZONE: "Africa/Nairobi" });
  await setReview(world, true);
  await ask(world, "Über Ägypten <b>&", { visitor: "a" });
  world.pass(48 * 3_600_000);
  await ask(world, "second", { visitor: "b", tool: "code-helper", channel: "api" });
  for (let i = 0; i < 30; i++) await ask(world, `crowd ${i}`, { visitor: `c${i}` });
  assertEquals(await words(world, { text: "uber AGYPTEN" }), ["Über Ägypten <b>&"]);
  const [hit] = await rowsOf(world, { text: "agypten" });
  assertEquals(hit?.excerpt, { before: "Über ", found: "Ägypten", after: " <b>&" });
  assertEquals(await words(world, { text: "<script>%00' OR 1=1 --" }), []);
  assertEquals(await words(world, { tool: "code-helper" }), ["second"]);
  assertEquals(await words(world, { channel: "api" }), ["second"]);
  assertEquals(await words(world, { from: "2026-06-15", to: "2026-06-15" }), ["Über Ägypten <b>&"]);
  assertEquals(await words(world, { from: "2026-06-18" }), []);
  assertEquals((await rowsOf(world, { from: "nonsense", to: "9999-99-99" })).length, 25);
  const seen: string[] = [];
  let cursor: string | null = "";
  for (let pages = 0; cursor !== null && pages < 5; pages++) {
    const page: { rows: { words: string }[]; next: string | null } = await world.services.review
      .list(ADA, ANY, cursor);
    seen.push(...page.rows.map((row) => row.words));
    cursor = page.next;
    // A conversation that continues meanwhile moves to the front and is not seen twice.
    if (pages === 0) await ask(world, "new", { visitor: "newcomer" });
  }
  assertEquals([cursor, seen.length, new Set(seen).size], [null, 32, 32]);
  assertEquals([seen[0], seen.at(-1)], ["crowd 29", "Über Ägypten <b>&"]);
  for (const forged of ["x", "-1.a", "1.a/b", "1e9.a", "999999999999999.a", "\0", "1.\u0000"]) {
    const { rows } = await world.services.review.list(ADA, ANY, forged);
    assertEquals(rows.length, 25, JSON.stringify(forged));
  }
  assertEquals((await world.services.review.list(ADA, ANY, "0.a")).rows, []);
});

Deno.test("ReviewService: each administrator has their own verdict; people's ratings and reviews can be filtered", async () => {
  await using world = await opened();
  const { review, ratings } = world.services;
  await setReview(world, true);
  await ask(world, "rated", { visitor: "v1" });
  await ask(world, "plain", { visitor: "v2" });
  const [reply] = await repliesOf(world);
  assert.ok(reply);
  const rate = (verdict: "up" | "down" | null) =>
    ratings.rate({ visitor: "v1", tool: TOOL, message: reply.id, verdict, address: null });
  await rate("down");
  assertEquals(await words(world, { rating: "down" }), ["rated"]);
  assertEquals(await words(world, { rating: "none" }), ["plain"]);
  await rate("up");
  assertEquals(await words(world, { rating: "down" }), []);
  const [row] = await rowsOf(world, { rating: "up" });
  assert.ok(row && row.up === 1 && row.down === 0);
  const judged = { message: reply.id, number: 1, note: " Kind, but wrong. " };
  await review.judge(ADA, row.id, { ...judged, verdict: "bad" });
  await review.judge(GRACE, row.id, { ...judged, verdict: "good", note: "" });
  await assertRejects(
    () => review.judge(ADA, row.id, { ...judged, verdict: "good", number: 0 }),
    "review.closed",
  );
  const verdictsOf = async () =>
    (await review.read(ADA, row.id, null)).messages.flatMap((message) => message.verdicts);
  assertEquals(await verdictsOf(), [
    { who: ADA, verdict: "bad", note: "Kind, but wrong." },
    { who: GRACE, verdict: "good", note: "" },
  ]);
  await review.judge(ADA, row.id, { ...judged, verdict: null });
  assertEquals((await verdictsOf()).map(({ who }) => who), [GRACE]);
  await review.mark(GRACE, row.id, true);
  assertEquals(await words(world, { unreviewed: true }), ["plain"]);
  assertEquals((await rowsOf(world, { rating: "up" }))[0]?.reviewedBy, [GRACE]);
  await ask(world, "goes on");
  assertEquals(await words(world, { unreviewed: true }), ["rated", "plain"]);
  assertEquals((await rowsOf(world))[0]?.up, 1);
});

Deno.test("ReviewService logs each read, export, verdict and deletion, without any text", async () => {
  await using world = await opened();
  const { review } = world.services;
  await setReview(world, true);
  await ask(world, "Geheimnis");
  const [row] = await rowsOf(world, { text: "geheimnis" });
  assert.ok(row);
  await review.read(GRACE, row.id, null);
  await Array.fromAsync(await review.export(ADA, row.id, "json"));
  const lines = (await Array.fromAsync(review.exportAll(GRACE, ANY, ""))).join("").split("\n");
  assertEquals(JSON.parse(lines[0] ?? "").id, row.id);
  assertEquals(JSON.parse(lines[1] ?? ""), { end: true, conversations: 1, next: null });
  const [reply] = await repliesOf(world);
  const judged = { message: reply?.id ?? "", number: 1, note: "Geheimnis" };
  await review.judge(ADA, row.id, { ...judged, verdict: "bad" });
  await review.mark(ADA, row.id, true);
  await review.remove(GRACE, row.id);
  const thing = `conversation:${row.id}`;
  assertEquals(await audited(world), [
    `${GRACE} conversation.delete ${thing}`,
    `${ADA} conversation.review ${thing}`,
    `${ADA} conversation.rate ${thing}`,
    `${GRACE} conversation.export ${thing}`,
    `${ADA} conversation.export ${thing}`,
    `${GRACE} conversation.read ${thing}`,
    `${ADA} conversation.list conversations`,
  ]);
  const log = await world.deps.store.kv.list({ prefix: ["audit"] }, () => auditKeys.audit(0, ""));
  assert.ok(!/geheimnis/i.test(JSON.stringify(log)));
  assert.ok(!world.logged.some((line) => /geheimnis/i.test(JSON.stringify(line))));
});

/** All keys of conversations in a store, as texts. */
async function left(world: World): Promise<string[]> {
  const families = ["head", "archive", "message", "rating", "review", "review_order", "verdict"];
  const found = await Promise.all(
    [...families, "erasing", "progress"].map((family) =>
      world.deps.store.kv.list(
        { prefix: [family] },
        () => ({ ...storeKeys.processes(), schema: ANYTHING }),
      )
    ),
  );
  return found.flat().map(({ path }) => path.join(" "));
}

Deno.test("DataDeletion deletes a conversation with all its records and keeps its ledger entries", async () => {
  await using world = await opened();
  const { review, ratings, costs } = world.services;
  await setReview(world, true);
  await ask(world, "one");
  await ask(world, "two");
  const [reply] = await repliesOf(world);
  assert.ok(reply);
  await ratings.rate({
    visitor: "v1",
    tool: TOOL,
    message: reply.id,
    verdict: "up",
    address: null,
  });
  const [row] = await rowsOf(world);
  assert.ok(row);
  await review.judge(ADA, row.id, { message: reply.id, number: 1, verdict: "good", note: "" });
  await review.mark(ADA, row.id, true);
  const { report: before } = await costs.report(1);
  await review.remove(ADA, row.id);
  assertEquals(await left(world), []);
  assertEquals(await repliesOf(world), []);
  const { report: after } = await costs.report(1);
  assertEquals(after.total, before.total);
  assertEquals((await checkLedger(world.deps.store)).difference, null);
  await assertRejects(() => review.read(ADA, row.id, null), "review.closed");
});

Deno.test("DataDeletion during a turn ends and books the turn, and keeps none of its text", async () => {
  await using world = await opened({ MOCK_PACE_MS: "20" });
  await setReview(world, true);
  await ask(world, "one");
  await ask(world, "In detail please [[mock:tokens=400]]", { wait: false });
  const [row] = await rowsOf(world);
  assert.ok(row);
  await new Promise((done) => setTimeout(done, 300));
  await world.services.review.remove(ADA, row.id);
  const { store } = world.deps;
  for (let i = 0; i < 200; i++) {
    const running = await store.kv.list(
      { prefix: ["running"] },
      () => meteringKeys.running("", ""),
    );
    if (running.length === 0) break;
    await new Promise((done) => setTimeout(done, 25));
  }
  assertEquals(await left(world), []);
  const { entries, difference } = await checkLedger(store);
  assertEquals([entries, difference], [2, null]);
  const { held } = await world.services.costSummary(TOOL);
  assertEquals(held, 0);
  await ask(world, "anew");
  assertEquals((await repliesOf(world)).length, 1);
});

Deno.test("Visitors.delete() deletes all of one visitor's records and no others, and resumes after an interruption", async () => {
  await using files = await scratch();
  const path = files.store;
  {
    await using world = await openWorld({ path });
    await setReview(world, true);
    for (const tool of [TOOL, "code-helper"]) {
      for (const text of ["first", "second"]) {
        await ask(world, text, { tool });
        await world.services.history.putAside("v1", tool);
      }
      await ask(world, "third", { tool });
    }
    await ask(world, "other's", { visitor: "v2" });
    const [row] = await rowsOf(world);
    assert.ok(row);
    // As a process that ended in the middle leaves it.
    const { transactions } = world.deps.store;
    await transactions.run([], (tx) => {
      tx.set(chatKeys.erasing("cut-off"), { messages: 3 });
      tx.set(chatKeys.message("cut-off", 2), {
        id: "m",
        turn: "t",
        role: "user",
        text: "left behind",
        at: 0,
        channel: "web",
        reply: null,
      });
    });
  }
  await using world = await openWorld({ path });
  assert.ok(!(await left(world)).some((key) => key.includes("cut-off")), "finished at the start");
  assertEquals(await world.services.visitors.delete("v1"), { erased: 6, done: true });
  assertEquals(await world.services.visitors.delete("v1"), { erased: 0, done: true });
  const keysLeft = await left(world);
  // Compares whole key parts: a random id may contain these letters.
  assertEquals(keysLeft.filter((key) => key.split(" ").includes("v1")), []);
  assertEquals(keysLeft.map((key) => key.split(" ")[0]).sort(), [
    "head",
    "message",
    "message",
    "review",
    "review_order",
  ]);
  assertEquals((await rowsOf(world)).map((row) => row.words), ["other's"]);
  assertEquals((await checkLedger(world.deps.store)).difference, null);
});

Deno.test("pseudonymOf() is deterministic and contains no id or number", () => {
  const id = "kP2J0c0YbS6iQx3F0o1rWm8uYw5v2n9Tq7a4e6Lh1dA";
  assertEquals(pseudonymOf(id), pseudonymOf(id));
  assert.match(pseudonymOf(id), /^Visitor [A-Z2-9]{6}$/);
  assert.ok(pseudonymOf(id) !== pseudonymOf(`${id}x`));
  for (const number of ["+254712345678", "whatsapp:+254712345678"]) {
    assertEquals(pseudonymOf(number), "WhatsApp …78");
  }
});
