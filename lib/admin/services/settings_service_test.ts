import { alertWebhook } from "../../alerts/webhook.ts";
import { currentLimits } from "../../limits/limits_in_force.ts";
import { alertingOf } from "../../metering/budgets_in_force.ts";
import { retentionDays } from "../../settings/retention_days.ts";
import { DEFAULT_SETTINGS, type Settings } from "../../settings/rules/settings.ts";
import { openStore } from "../../stores.ts";
import { assert, assertEquals, assertRejects } from "@/tests/support/assert.ts";
import { scratch } from "@/tests/support/scratch.ts";
import { openWorld } from "@/tests/support/world.ts";
import { SettingsChanged } from "./settings_service.ts";

const ADA = "ada@example.org", GRACE = "grace@example.org";

function chatAt(limit: number | null) {
  return (now: Settings) => ({ ...now, limits: { ...now.limits, chatPerMinute: limit } });
}

Deno.test("settings_in_force take the environment's values where nothing is set", async () => {
  await using world = await openWorld({
    env: {
      RATE_LIMIT_CHAT_PER_MINUTE: "7",
      RATE_LIMIT_LINKING_PER_5MIN: "3",
      COST_ALERT_SESSION_USD: "0.25",
      ALERT_WEBHOOK_URL: "https://hooks.example.org/a",
    },
  });
  const { deps, services } = world;
  assertEquals(services.settings.current, { ...DEFAULT_SETTINGS, retentionDays: 30 });
  assertEquals(currentLimits(deps), {
    chat: { limit: 7, windowMs: 60_000 },
    whatsapp: { limit: 10, windowMs: 60_000 },
    linking: { limit: 3, windowMs: 300_000 },
    admin: { limit: 50, windowMs: 300_000 },
  });
  assertEquals(alertingOf(deps), { sessionAt: 250_000_000n, shares: [50, 80, 100] });
  assertEquals(alertWebhook(deps), "https://hooks.example.org/a");
  assertEquals(retentionDays(deps), 30);
});

Deno.test("SettingsService.save() takes effect at once, is stored and is audited with both sides", async () => {
  await using files = await scratch();
  const path = files.store;
  {
    await using world = await openWorld({ path });
    const { settings, audit } = world.services;
    await settings.save({ who: ADA, group: "limits", seen: 0, edit: chatAt(4) });
    assertEquals(currentLimits(world.deps).chat.limit, 4);
    const { entries } = await audit.list(
      { action: "settings", who: "", thing: "", from: "", to: "" },
      "",
    );
    const [entry] = entries;
    assertEquals(entry && { who: entry.who, thing: entry.thing, changes: entry.changes }, {
      who: ADA,
      thing: "settings:limits",
      changes: [{ field: "chatPerMinute", before: "", after: "4" }],
    });
  }
  await using again = await openWorld({ path });
  assertEquals(again.services.settings.current.limits.chatPerMinute, 4);
  assertEquals(again.services.settings.current.changes.limits?.by, ADA);
});

Deno.test("SettingsService.save() refuses a group that another admin changed meanwhile", async () => {
  await using world = await openWorld();
  const { settings } = world.services;
  await settings.save({ who: ADA, group: "limits", seen: 0, edit: chatAt(4) });
  await settings.save({
    who: GRACE,
    group: "retention",
    seen: 0,
    edit: (now) => ({ ...now, retentionDays: 20 }),
  });
  const refused = await assertRejects(() =>
    settings.save({ who: GRACE, group: "limits", seen: 0, edit: chatAt(9) })
  );
  assert.ok(refused instanceof SettingsChanged);
  assertEquals(refused.change.by, ADA);
  assertEquals(refused.current.limits.chatPerMinute, 4);
  await settings.save({ who: GRACE, group: "limits", seen: 2, edit: chatAt(9) });
  const { version, limits, retentionDays } = settings.current;
  assertEquals([version, limits.chatPerMinute, retentionDays], [3, 9, 20]);
});

Deno.test("SettingsService.save() accepts one of twenty concurrent changes and refuses the others", async () => {
  await using world = await openWorld();
  const { settings } = world.services;
  const all = await Promise.allSettled(
    Array.from(
      { length: 20 },
      (_, i) =>
        settings.save({ who: `${i}@example.org`, group: "limits", seen: 0, edit: chatAt(i + 1) }),
    ),
  );
  assertEquals(all.filter(({ status }) => status === "fulfilled").length, 1);
  assertEquals(settings.current.version, 1);
});

Deno.test("SettingsService.save() writes nothing without a difference, or for invalid values", async () => {
  await using world = await openWorld();
  const { settings } = world.services;
  await settings.save({ who: ADA, group: "limits", seen: 0, edit: chatAt(null) });
  await assertRejects(
    () => settings.save({ who: ADA, group: "limits", seen: 0, edit: chatAt(0) }),
    "limits.chatPerMinute",
  );
  assertEquals(settings.current, { ...DEFAULT_SETTINGS, retentionDays: 30 });
});

Deno.test("SettingsService.save() keeps the secret part of a webhook's address out of the audit log", async () => {
  await using world = await openWorld();
  const save = (webhookUrl: string, seen: number) =>
    world.services.settings.save({
      who: ADA,
      group: "alerts",
      seen,
      edit: (now) => ({ ...now, alerts: { ...now.alerts, webhookUrl } }),
    });
  await save("https://hooks.example.org/T0/SECRET1", 0);
  await save("https://hooks.example.org/T0/SECRET2", 1);
  const { entries } = await world.services.audit.list(
    { action: "settings", who: "", thing: "", from: "", to: "" },
    "",
  );
  assertEquals(entries.length, 2);
  const text = JSON.stringify(entries);
  assert.ok(text.includes("https://hooks.example.org/…") && !text.includes("SECRET"), text);
});

Deno.test("StoredSettings.refresh() reads the changes of another process", async () => {
  await using files = await scratch();
  const path = files.store;
  await using world = await openWorld({ path });
  const other = await openStore({ path, report: () => {} });
  await world.services.settings.save({ who: ADA, group: "limits", seen: 0, edit: chatAt(4) });
  assertEquals(other.settings.current.limits.chatPerMinute, null);
  await other.settings.refresh();
  assertEquals(other.settings.current.limits.chatPerMinute, 4);
  await other.close();
});
