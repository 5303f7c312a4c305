import { countKept, keptKinds } from "@/lib/admin/kept_records.ts";
import { chatKeys } from "@/lib/chat/records.ts";
import { KEPT_TEXTS } from "@/lib/locales/admin/kept.ts";
import { memoryKeys } from "@/lib/memory/records.ts";
import { KEPT_KINDS, type KeptKind, type KeptRow } from "@/lib/shared/views/admin_view.ts";
import { Admin, cookieOf, EMAIL, openAdminSite } from "@/tests/support/admin.ts";
import { assert, assertEquals } from "@/tests/support/assert.ts";
import { TOOL } from "@/tests/support/chat_page.ts";
import type { Site } from "@/tests/support/site.ts";

const DAY = 24 * 60 * 60_000;

function figures(rows: readonly KeptRow[], kind: KeptKind) {
  return rows.find((row) => row.kind === kind)?.figures;
}

/** Has a message answered; returns the visitor's cookie. */
async function ask(site: Site, cookie = ""): Promise<string> {
  const answer = await site.fetch("/api/chat", {
    method: "POST",
    headers: { "content-type": "application/json", cookie },
    body: JSON.stringify({ toolId: TOOL, message: "Hello?" }),
  });
  assertEquals(answer.status, 200);
  await answer.text();
  return cookieOf(answer) ?? cookie;
}

Deno.test("countKept() counts each kind and finds its oldest; keptKinds() follows the settings", async () => {
  await using site = await openAdminSite();
  const { services, deps } = site.world;
  const began = site.clock.now;
  await ask(site);
  site.clock.now += 10 * DAY;
  await ask(site, await ask(site));
  const rows = await countKept(deps);
  assertEquals(figures(rows, "conversations"), { count: 2, oldest: began });
  assertEquals(figures(rows, "messages"), { count: 6, oldest: began });
  assertEquals(figures(rows, "ledger")?.count, 3);
  assertEquals(figures(rows, "people"), { count: 0, oldest: null });
  assertEquals(figures(rows, "files"), { count: 0, oldest: null });

  await services.settings.save({
    who: EMAIL,
    group: "retention",
    seen: services.settings.current.version,
    edit: (now) => ({ ...now, retentionDays: 7 }),
  });
  const [conversations] = keptKinds(deps);
  assertEquals(conversations, { kind: "conversations", days: 7, figures: null });
});

Deno.test("countKept() counts more records than a batch holds, and the notes inside of one", async () => {
  await using site = await openAdminSite();
  const { deps: { store }, deps } = site.world;
  const at = site.clock.now - DAY;
  for (let from = 0; from < 1_200; from += 300) {
    await store.transactions.run([], (tx) => {
      for (let n = from; n < from + 300; n++) {
        tx.set(chatKeys.message("c1", n), {
          id: `m${n}`,
          turn: `t${n}`,
          role: "user",
          text: "Hello?",
          at: at + n,
          channel: "web",
          reply: null,
        });
      }
    }, 100_000);
  }
  const note = { terms: [], language: null, by: "person" as const };
  await store.transactions.run([], (tx) =>
    tx.set(memoryKeys.memory("v1", "math-tutor"), {
      notes: [
        { ...note, conversation: "c1", text: "Likes fractions", at },
        { ...note, conversation: "c2", text: "", at: at - DAY },
        { ...note, conversation: "c3", text: "Is in class 7", at: at - 5 },
      ],
      forgottenAt: 0,
      revision: 1,
    }));
  const rows = await countKept(deps);
  assertEquals(figures(rows, "messages"), { count: 1_200, oldest: at });
  assertEquals(figures(rows, "notes"), { count: 2, oldest: at - 5 });
});

Deno.test("/admin/kept says how long each kind is kept, and counts only when it is asked to", async () => {
  await using site = await openAdminSite();
  await ask(site);
  const admin = await Admin.signIn(site);
  const first = await (await admin.get("/admin/kept")).text();
  for (const kind of KEPT_KINDS) assert.ok(first.includes(KEPT_TEXTS[kind].title), kind);
  assert.match(first, /Conversations[^]*?30 days[^]*?>–</);
  assert.match(first, /Entries of the ledger[^]*?No limit/);
  const counted = await admin.post("/admin/kept", { csrf: await admin.token(), action: "count" });
  assertEquals(counted.status, 200);
  const html = await counted.text();
  assert.match(html, /Messages and replies<\/th>[^]*?data-l="Number"[^>]*>2</);
  assert.match(html, /Conversations<\/th>[^]*?data-l="Number"[^>]*>1</);
  assert.match(html, /Conversations<\/th>[^]*?<time datetime="2026-06-15T09:00:00.000Z">/i);
  assert.notEqual((await admin.post("/admin/kept", { action: "count" })).status, 200);
});
