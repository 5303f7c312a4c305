import fc from "fast-check";
import { checkLedger } from "@/lib/metering/ledger_check.ts";
import { RANGES } from "@/lib/shared/views/report_view.ts";
import { type LedgerEntry, meteringKeys } from "@/lib/metering/records.ts";
import { Admin, openAdminSite } from "../support/admin.ts";
import { assert, assertEquals } from "../support/assert.ts";
import { openWorld, type World } from "../support/world.ts";

const TOOLS = ["general-assistant", "code-helper"];
const HOUR = 3_600_000;
let requests = 0;

function test(name: string, fn: () => Promise<void>): void {
  // The build of the pages leaves a process behind.
  Deno.test({ name, fn, sanitizeOps: false, sanitizeResources: false });
}

async function ask(world: World, tool: string, message: string, channel: "web" | "api" = "web") {
  const request = `costs-${++requests}`;
  const { live } = await world.services.chat.startTurn({
    visitor: request,
    tool,
    request,
    channel,
    action: { kind: "send", message },
    rateLimitKey: null,
  });
  await live?.ended(5_000);
}

async function entriesOf(world: World): Promise<LedgerEntry[]> {
  return (await Array.fromAsync(world.deps.store.ledger.all())).flat();
}

const sum = (entries: readonly LedgerEntry[]) => entries.reduce((all, { usd }) => all + usd, 0n);

test("reports add up to the ledger, for any turns over days and time zones", async () => {
  const turn = fc.record({
    hoursAgo: fc.integer({ min: 0, max: 33 * 24 }),
    tool: fc.constantFrom(...TOOLS),
    channel: fc.constantFrom("web" as const, "api" as const),
    fails: fc.boolean(),
    tokens: fc.integer({ min: 1, max: 60 }),
  });
  const zones = ["UTC", "Asia/Kathmandu", "America/New_York", "Pacific/Kiritimati"];
  await fc.assert(
    fc.asyncProperty(
      fc.array(turn, { minLength: 1, maxLength: 12 }),
      fc.constantFrom(...zones),
      async (turns, TIME_ZONE) => {
        // Daylight saving ended in New York two weeks before.
        const now = Date.UTC(2026, 10, 15, 3, 30);
        let at = now;
        await using world = await openWorld({ env: { TIME_ZONE }, clock: () => at });
        for (const { hoursAgo, tool, channel, fails, tokens } of turns) {
          at = now - hoursAgo * HOUR;
          const how = fails ? "[[mock:error=500]]" : `[[mock:tokens=${tokens}]]`;
          await ask(world, tool, `Say something ${how}`, channel);
        }
        at = now;
        const entries = await entriesOf(world);
        const { calendar } = world.deps;
        for (const days of RANGES) {
          const { report } = await world.services.costs.report(days);
          const within = entries.filter(({ day }) => day >= report.from && day <= report.to);
          const total = sum(within);
          assertEquals([report.total.spent, report.total.messages], [total, within.length]);
          for (const part of ["tools", "models", "channels"] as const) {
            const lines = report[part];
            assertEquals(lines.reduce((all, { figures }) => all + figures.spent, 0n), total, part);
          }
          for (const spans of [report.byDay, report.byHour]) {
            assertEquals(spans.reduce((all, { spent }) => all + spent, 0n), total);
            assertEquals(spans.reduce((all, { messages }) => all + messages, 0), within.length);
          }
          const asked = turns.filter(({ hoursAgo }) =>
            calendar.dayOf(now - hoursAgo * HOUR) >= report.from
          );
          const failed = asked.filter(({ fails }) => fails).length;
          assertEquals(report.total.errors, failed);
          assertEquals(report.total.errorRate, asked.length === 0 ? null : failed / asked.length);
          for (const [hour, span] of report.byHour.entries()) {
            const inHour = asked.filter(({ hoursAgo, fails }) =>
              !fails && calendar.hourOf(now - hoursAgo * HOUR) === hour
            );
            assertEquals(span.messages, inHour.length, `${hour} h in ${TIME_ZONE}`);
          }
        }
        assertEquals((await checkLedger(world.deps.store)).difference, null);
      },
    ),
    { numRuns: 8 },
  );
});

test("the ledger's check finds hours that do not add up", async () => {
  await using world = await openWorld();
  await ask(world, "general-assistant", "hello");
  const { store, calendar, clock } = world.deps;
  const key = meteringKeys.hours(calendar.dayOf(clock()), "tool", "general-assistant");
  await store.transactions.run([key], (tx) => {
    const hours = tx.get(key);
    assert.ok(hours?.whole);
    tx.set(key, { ...hours, channels: {} });
  });
  assert.match((await checkLedger(store)).difference ?? "", /`spent` of its channels is 0/);
});

/** A site with ten days of use; its first tool's name looks like a spreadsheet formula. */
async function filled(env: Record<string, string> = {}) {
  const site = await openAdminSite({ RATE_LIMIT_CHAT_PER_MINUTE: "1000", ...env });
  const { store } = site.world.deps;
  const tool = await store.tools.get("general-assistant");
  assert.ok(tool);
  await store.tools.put({ ...tool, name: "=HYPERLINK(1)", model: "gpt-4o", ceiling: 30_000_000n });
  const now = site.clock.now;
  for (let daysAgo = 9; daysAgo >= 0; daysAgo--) {
    site.clock.now = now - daysAgo * 24 * HOUR;
    for (let i = 0; i < 3; i++) {
      await ask(site.world, "general-assistant", "[[mock:tokens=500]] long");
    }
    await ask(site.world, "code-helper", "[[mock:error=500]]", "api");
  }
  site.clock.now = now;
  return { ...site, admin: await Admin.signIn(site) };
}

test("the dashboard shows today's figures, ceilings, alerts and the days before", async () => {
  await using site = await filled({ ORGANISATION_CEILING_USD: "0.05" });
  const { transactions } = site.world.deps.store;
  await transactions.run(
    [],
    (tx) =>
      tx.set(meteringKeys.alert("2026-06-15", "tool general-assistant 50"), {
        at: site.clock.now,
        scope: "tool",
        name: "general-assistant",
        percent: 50,
        spent: 10n,
        ceiling: 20n,
      }),
  );
  const html = await (await site.admin.get("/admin")).text();
  const { today, tools, alerts, trend } = await site.world.services.dashboard();
  assertEquals([today.messages, today.errors, today.errorRate], [3, 1, 0.25]);
  assertEquals(trend.map(({ messages }) => messages), [0, 0, 0, 0, ...Array(10).fill(3)]);
  assertEquals(tools.find(({ id }) => id === "general-assistant")?.percent, 38);
  assertEquals(alerts.length, 1);
  assert.match(html, /=HYPERLINK\(1\) has come to 50% of the day/);
  assert.match(html, /<dt>Errors<\/dt><dd class="value">25%<\/dd>/);
  assert.match(html, /role="img" aria-label="Spent a day\. \$0\.\d+ in all/);
  assert.doesNotMatch(html, /NaN|undefined|Infinity|style="/);
});

test("the dashboard lists figures first, then one line per tool for its expensive conversations", async () => {
  await using site = await openAdminSite();
  const { transactions } = site.world.deps.store;
  for (const [i, spent] of [300_000_000n, 1_250_000_000n, 300_000_000n].entries()) {
    await transactions.run([], (tx) =>
      tx.set(meteringKeys.alert("2026-06-15", `session ${i}`), {
        at: site.clock.now + i,
        scope: "session",
        name: "math-tutor",
        percent: 300,
        spent,
        ceiling: 100_000_000n,
      }));
  }
  const html = await (await (await Admin.signIn(site)).get("/admin")).text();
  assert.match(
    html,
    /3 conversations with Math Tutor passed the limit for an alert\. The most expensive has cost \$1\.25\./,
  );
  assert.match(html, /data-alerts="3"/);
  assertEquals(html.match(/data-level="near"/g)?.length, 1);
  assert.doesNotMatch(html, /data-level="bad"/);
  assert.ok(html.indexOf("<dt>Spent today</dt>") < html.indexOf('id="alerts"'));
});

test("the costs page shows report, forecast, advice and calculator in each range", async () => {
  await using site = await filled();
  for (const [query, name] of [["", "7 days"], ["?days=1", "Today"], ["?days=30", "30 days"]]) {
    const answer = await site.admin.get(`/admin/costs${query}`);
    assertEquals(answer.status, 200);
    const html = await answer.text();
    assert.match(html, new RegExp(`aria-current="page">${name}</a>`));
    for (const part of ["By tool", "By model or service", "By channel", "Saving"]) {
      assert.ok(html.includes(`<h2>${part}</h2>`), part);
    }
    assert.match(html, /Let =HYPERLINK\(1\) answer with gpt-6-luna/);
    assert.match(html, /<dt>End of June 2026<\/dt><dd class="value">≈ \$\d/);
    assert.doesNotMatch(html, /NaN|undefined|Infinity|style="/);
  }
});

test("the calculator matches the documentation, and says what it leaves out", async () => {
  await using site = await openAdminSite();
  const admin = await Admin.signIn(site);
  const page = async (query: string) => await (await admin.get(`/admin/costs?${query}`)).text();
  const html = await page("messages=4000&input=900&cached=0&output=300");
  assert.match(html, /gpt-4o-mini [^]*?\$0\.0003<[^]*?\$1\.26<[^]*?\$37\.80</);
  for (const bad of ["input=-1", "messages=1e9", "cached=901", "output=", "input=99999999"]) {
    const [name = "", value = ""] = bad.split("=");
    const query = new URLSearchParams({ messages: "1", [name]: value });
    const refused = await page(`${query}`);
    assert.match(refused, /id="calculator-problem" class="pad err" role="alert"/, bad);
  }
});

test("the CSV has every day and part, opens as UTF-8, and runs no formula", async () => {
  await using site = await filled();
  const answer = await site.admin.get("/admin/costs/csv?days=30");
  assertEquals(answer.headers.get("content-type"), "text/csv; charset=utf-8");
  const disposition = answer.headers.get("content-disposition");
  assertEquals(disposition, 'attachment; filename="costs-2026-06-15-30-days.csv"');
  const bytes = await answer.bytes();
  assertEquals([...bytes.slice(0, 3)], [0xef, 0xbb, 0xbf]);
  const lines = new TextDecoder().decode(bytes).trimEnd().split("\r\n");
  assert.match(lines[0] ?? "", /^Day,Of,Id,Name,Spent \(USD\)/);
  const rows = lines.slice(1).map((line) => line.split(","));
  const tools = rows.filter(([, scope, id]) => scope === "tool" && id === "general-assistant");
  assertEquals(tools.length, 10);
  assert.ok(tools.every(([, , , name]) => name === "'=HYPERLINK(1)"));
  const all = rows.filter(([, scope]) => scope === "organisation");
  assertEquals(all.reduce((sum, row) => sum + Number(row[6]), 0), 30);
});
