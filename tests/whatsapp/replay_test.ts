import { DatabaseSync } from "node:sqlite";
import { storeKeys } from "@/lib/store/records.ts";
import { phoneKeys } from "@/lib/whatsapp/records.ts";
import { TwilioSimulator } from "@/tests/simulators/twilio.ts";
import { newSid } from "@/tests/simulators/twilio_phone.ts";
import { assert, assertEquals } from "@/tests/support/assert.ts";
import { openPhones } from "@/tests/support/phones.ts";
import { scratch } from "@/tests/support/scratch.ts";
import { until } from "@/tests/support/wait.ts";

const ADA = "+41791234567";
const MONTH = 31 * 24 * 3_600_000;

/** Expiry of each record whose key contains a text; -1 for records without one. */
function ends(path: string, text: string): number[] {
  const database = new DatabaseSync(path, { readOnly: true });
  try {
    const rows = database.prepare("SELECT k, expiration_ms FROM kv").all();
    return rows.flatMap(({ k, expiration_ms: end }) => {
      const key = k instanceof Uint8Array ? String.fromCharCode(...k) : "";
      return key.includes(text) ? [Number(end)] : [];
    });
  } finally {
    database.close();
  }
}

Deno.test("a request of Twilio's replayed after a month is a duplicate, as its claim does not expire", async () => {
  await using files = await scratch();
  await using twilio = await TwilioSimulator.start();
  const clock = { ahead: 0 };
  const sid = newSid("SM");
  await using phones = await openPhones({
    path: files.store,
    twilio,
    clock: () => Date.now() + clock.ahead,
  });
  const { store } = phones.world.deps;
  const ada = twilio.phone(ADA);
  const idle = () => until("all work done", async () => (await store.phones.work()).length === 0);
  await ada.says("What is a prime?", { sid });
  await ada.waitFor(2);
  await idle();
  const claims = ends(files.store, `claimed\0\x02${sid}`);
  assertEquals(claims, [-1]);
  clock.ahead = MONTH;
  const before = await store.phones.get(ADA);
  const [answer] = await ada.says("What is a prime?", { sid });
  assertEquals(answer?.status, 200);
  await idle();
  assertEquals(await store.phones.get(ADA), before);
  assertEquals(twilio.sends, 2);
});

Deno.test("messages with expired claims are restored at the start, from the ledger", async () => {
  await using files = await scratch();
  await using twilio = await TwilioSimulator.start();
  const path = files.store;
  const ada = twilio.phone(ADA);
  const sids = [newSid("SM"), newSid("SM")];
  {
    await using _ = await openPhones({ path, twilio });
    for (const [i, sid] of sids.entries()) {
      await ada.says("help", { sid });
      await ada.waitFor(i + 1);
    }
  }
  // A store of an earlier version, a month later.
  const kv = await Deno.openKv(path);
  for (const sid of sids) await kv.delete(phoneKeys.claimed(sid).path);
  await kv.set(storeKeys.schema().path, 1);
  kv.close();
  await using phones = await openPhones({ path, twilio });
  for (const sid of sids) await ada.says("help", { sid });
  const { store } = phones.world.deps;
  await until("all work done", async () => (await store.phones.work()).length === 0);
  assertEquals(twilio.sends, 2);
  await ada.says("help");
  await ada.waitFor(3);
  const { value: version } = await store.kv.get(storeKeys.schema());
  assert.ok(version !== null && version > 1);
});
