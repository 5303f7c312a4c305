import { exportMarkdown } from "@/lib/chat/history/export.ts";
import { ledgerVerify } from "@/lib/commands/ledger_verify.ts";
import { readConfig } from "@/lib/config.ts";
import { MIGRATIONS } from "@/lib/migrations.ts";
import { migrate } from "@/lib/store/migrations.ts";
import { storeKeys } from "@/lib/store/records.ts";
import { openStore } from "@/lib/stores.ts";
import { EMAIL } from "./support/admin.ts";
import { TOOL } from "./support/asking.ts";
import { assert, assertEquals } from "./support/assert.ts";
import { openPhones } from "./support/phones.ts";
import { scratch } from "./support/scratch.ts";
import { type Shown, shownBefore, storeOfBefore } from "./support/stored_before.ts";
import { until } from "./support/wait.ts";
import type { World } from "./support/world.ts";

const MINUTE = 60_000;
const ANY = {
  tool: "",
  channel: "",
  from: "",
  to: "",
  rating: "" as const,
  unreviewed: false,
  text: "",
};

function test(name: string, fn: () => Promise<void>): void {
  // The build of the pages leaves a process behind.
  Deno.test({ name, fn, sanitizeOps: false, sanitizeResources: false });
}

/** Opens the previous version's records with this version, ten minutes after they were written. */
async function opened(path: string, { at }: Shown) {
  const began = performance.now();
  const clock = () => at + 10 * MINUTE + Math.floor(performance.now() - began);
  return await openPhones({ path, clock, tools: [] });
}

async function verify(path: string): Promise<string> {
  const lines: string[] = [];
  const code = await ledgerVerify(readConfig({ KV_PATH: path }), (line) => lines.push(line));
  assertEquals(code, 0, lines.join("\n"));
  return lines.join("\n");
}

async function migratesNothing(path: string): Promise<void> {
  const store = await openStore({ path, report: () => {} });
  const version = MIGRATIONS.steps.length + 1;
  assertEquals((await store.kv.get(storeKeys.schema())).value, version);
  const again = () => Promise.reject(new Error("It was migrated before"));
  await migrate(store.kv, { steps: MIGRATIONS.steps.map(() => again), begin: again });
  await store.close();
}

test("a store of the version before opens, migrates once, and its books are right", async () => {
  await using files = await scratch();
  const shown = await shownBefore();
  await storeOfBefore(files.store);
  const reports: string[] = [];
  await (await openStore({ path: files.store, report: (line) => reports.push(line) })).close();
  assertEquals(reports, []);
  await migratesNothing(files.store);
  const { entries, totals } = shown.ledger;
  assertEquals(
    await verify(files.store),
    `Equal: ${totals} sums are those of ${entries} entries`,
  );
});

test("a store of the version before: what was under way is settled, sent or deleted", async () => {
  await using files = await scratch();
  const shown = await shownBefore();
  await storeOfBefore(files.store);
  {
    await using phones = await opened(files.store, shown);
    const { services, deps: { store, calendar } } = phones.world;
    const { web, phone, waiting } = shown.left;
    for (const { visitor, tool } of [web, phone]) {
      const head = await until("the turn to be settled", async () => {
        const head = await store.conversations.head(visitor, tool);
        return head?.running === null && head;
      });
      assert.ok(head.last?.replied && head.last.failure !== null && head.spent > 0n);
      const { messages } = await services.pages.chat(visitor, tool, null);
      assertEquals(messages.slice(-2).map(({ role }) => role), ["user", "assistant"]);
      assertEquals(messages.at(-1)?.reply?.reason, "interrupted");
    }
    // The hold of a transcript that never came is released too; it is not retried, as its file is
    // gone.
    const [total] = await until("nothing to be held", async () => {
      const days = await store.ledger.days("organisation", "all", [calendar.dayOf(shown.at)]);
      return days[0]?.holds === 0 && days;
    });
    assertEquals(total?.held, 0n);
    const { messages } = await services.pages.chat(phone.visitor, phone.tool, null);
    const sent = await phones.twilio.phone(phone.number).waitFor(1);
    assert.ok(messages.at(-1)?.text.startsWith(sent[0]?.body.slice(0, 20) ?? "-"));
    assert.ok(await phones.twilio.phone(waiting).waitFor(1));
    assertEquals(await left(files.store, ["erasing"]), []);
    assertEquals(await left(files.store, ["message", "0mfcutoff0000000000001"]), []);
  }
  await migratesNothing(files.store);
  await verify(files.store);
});

test("a store of the version before: people, reviewers and admins find everything unchanged", async () => {
  await using files = await scratch();
  const shown = await shownBefore();
  await storeOfBefore(files.store);
  await using phones = await opened(files.store, shown);
  await conversationsStand(phones.world, shown);
  await reviewsStand(phones.world, shown);
  await settingsStand(phones.world, shown);
  const page = await phones.site.fetch(`/chat/${TOOL}`, { headers: { cookie: shown.cookie } });
  assert.match(await page.text(), /Over the wire[^]*Hello from the phone/);
});

async function conversationsStand({ services }: World, shown: Shown): Promise<void> {
  for (const { visitor, tool, ...before } of shown.conversations) {
    const pieces = exportMarkdown(
      { id: tool, name: tool },
      new Date(0),
      services.pages.whole(visitor, tool),
    );
    assertEquals((await Array.fromAsync(pieces)).join(""), before.exported);
    const archived = await services.history.list(visitor, tool);
    assertEquals(
      archived.map(({ title, head: { conversation, next, spent } }) => ({
        title,
        id: conversation,
        next,
        spent: String(spent),
      })),
      before.archived,
    );
    if (before.messages === null) continue;
    const { messages, cost, failure } = await services.pages.chat(visitor, tool, null);
    assertEquals(messages, before.messages);
    assertEquals({ session: cost.session, turn: cost.turn }, before.cost);
    assertEquals(failure !== null, before.failed);
  }
}

async function reviewsStand({ services, deps }: World, shown: Shown): Promise<void> {
  const { rows } = await services.review.list(EMAIL, ANY, "");
  const settled = rows.filter(({ id }) => shown.reviewed.some((before) => before.id === id));
  assertEquals(settled.map(({ id }) => id), shown.reviewed.map(({ id }) => id));
  for (const before of shown.reviewed) {
    const read = await services.review.read(EMAIL, before.id, null);
    assertEquals(read.row, before.row);
    // A field since then: which model a reply stood in for.
    const messages = before.messages.map((message) => ({ ...message, insteadOf: null }));
    assertEquals(read.messages, messages);
    assertEquals([read.replaced, read.hidden], [before.replaced, before.hidden]);
    const file = await Array.fromAsync(await services.review.export(EMAIL, before.id, "json"));
    assertEquals(file.join(""), before.exported);
  }
  assertEquals(await deps.store.ratings.between("2026-01-01", "2027-01-01"), shown.rated);
}

async function settingsStand({ services, deps: { store } }: World, shown: Shown): Promise<void> {
  const { tools } = await store.tools.snapshot();
  assertEquals(
    tools.map(({ id, name, version, active }) => ({ id, name, version, active })),
    shown.tools,
  );
  assertEquals((await services.tools.bin.list()).map(({ tool }) => tool.id), shown.bin);
  const versions = await store.tools.versions("math-tutor", 50);
  assertEquals(versions.map(({ tool, how }) => [tool.version, how]), shown.versions);
  const { version, changes, organisation, limits: all, retentionDays, review } =
    services.settings.current;
  // A limit that came since has its default.
  const { mediaMegabytes, ...limits } = all;
  assertEquals(mediaMegabytes, null);
  assertEquals(
    { version, changes, organisation, limits, retentionDays, review },
    shown.settings,
  );
  assertEquals([...store.customPrices.list().keys()], shown.prices);
  assertEquals((await services.settings.alerts.list()).length, shown.alerts);
  for (const id of shown.pictures) {
    assertEquals((await services.pages.picture("v1", id)).type, "image/png");
  }
  for (const number of shown.phones) assert.ok(await services.whatsapp.idOf(number));
}

async function left(path: string, prefix: Deno.KvKey): Promise<Deno.KvKey[]> {
  using kv = await Deno.openKv(path);
  return await Array.fromAsync(kv.list({ prefix }), ({ key }) => key);
}
