import fc from "fast-check";
import { messagePrice } from "@/lib/whatsapp/outbox/message_price.ts";
import { channelCost, readsToPay } from "@/lib/whatsapp/outbox/channel_cost.ts";
import { maxDeliveryCost } from "@/lib/whatsapp/outbox/destination.ts";
import { append } from "@/lib/whatsapp/outbox/outgoing.ts";
import { newPhone } from "@/lib/whatsapp/people.ts";
import { phoneKeys } from "@/lib/whatsapp/records.ts";
import { checkLedger } from "@/lib/metering/ledger_check.ts";
import { monthOf } from "@/lib/metering/ledger.ts";
import { parseUsd } from "@/lib/shared/money.ts";
import { assert, assertEquals } from "../support/assert.ts";
import { openPhones, type PhoneWorld } from "../support/phones.ts";
import { until } from "../support/wait.ts";
import { openWorld, type World } from "../support/world.ts";

const FEE = parseUsd("0.005");
const NUMBERS = ["+4915112345678", "+41791234567", "+12025550123", "KE.9aZ7", "ZZ.9aZ7"];

async function freeReplies({ services: { settings } }: World, freeReplies: number) {
  await settings.save({
    who: "ada@example.org",
    group: "budgets",
    seen: settings.current.version,
    edit: (now) => ({ ...now, budgets: { ...now.budgets, freeReplies } }),
  });
}

async function costs({ world: { deps: { store } } }: PhoneWorld): Promise<bigint[]> {
  const entries = (await Array.fromAsync(store.ledger.all())).flat();
  return entries.filter(({ provider }) => provider === "twilio").map(({ usd }) => usd);
}

Deno.test("a message in costs Twilio's fee, one out WhatsApp's rate of its country on top, the first of a month none", async () => {
  await using phones = await openPhones();
  await freeReplies(phones.world, 1);
  const { store, calendar, clock } = phones.world.deps;
  const idle = () => until("all work done", async () => (await store.phones.work()).length === 0);
  const ada = phones.twilio.phone("+4915112345678");
  for (let i = 0; i < 3; i++) {
    await ada.says("HELP");
    await idle();
  }
  const booked = await costs(phones);
  const dear = FEE + parseUsd("0.055");
  const sent = ada.texts().length;
  assertEquals(booked.filter((usd) => usd === FEE).length, 3 + 1);
  assertEquals(booked.filter((usd) => usd === dear).length, sent - 1);
  assertEquals(booked.length, 3 + sent);
  const replies = phoneKeys.replies(monthOf(calendar.dayOf(clock())));
  assertEquals((await store.kv.get(replies)).value, sent);
  assertEquals((await checkLedger(store)).difference, null);
});

Deno.test("an unsent message is taken out of the ledger and of the month's free ones", async () => {
  await using phones = await openPhones();
  await freeReplies(phones.world, 2);
  const { store, calendar, clock } = phones.world.deps;
  const idle = () => until("all work done", async () => (await store.phones.work()).length === 0);
  const replies = phoneKeys.replies(monthOf(calendar.dayOf(clock())));
  const ada = phones.twilio.phone("+4915112345678");
  await ada.says("HELP");
  await idle();
  const before = (await store.kv.get(replies)).value;
  phones.twilio.fault(ada.number, { kind: "refuse", status: 400, code: 63024 });
  await ada.says("HELP");
  await idle();
  assertEquals((await store.kv.get(replies)).value, before);
  assertEquals((await checkLedger(store)).difference, null);
});

Deno.test("a message never costs more than was held for it, by any country, price and number of free ones", async () => {
  await using world = await openWorld();
  const { store, clock, calendar } = world.deps;
  const { transactions, customPrices } = store;
  const amount = fc.bigInt(0n, 10n ** 9n);
  let turn = 0;
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom(...NUMBERS),
      fc.nat(4),
      fc.nat(4),
      fc.integer({ min: 1, max: 5 }),
      fc.option(amount, { nil: null }),
      fc.option(amount, { nil: null }),
      async (number, free, counted, chunks, fee, rate) => {
        await customPrices.remove("twilio", "message");
        await customPrices.remove("whatsapp", "all");
        const from = 0;
        if (fee !== null) {
          await customPrices.set("twilio", "message", { from, tokens: null, unit: fee });
        }
        if (rate !== null) {
          await customPrices.set("whatsapp", "all", { from, tokens: null, unit: rate });
        }
        await customPrices.refresh(clock());
        await freeReplies(world, free);
        const price = messagePrice(world.deps, number);
        assertEquals(price.fee, fee ?? FEE);
        if (rate !== null) assertEquals(price.unit, price.fee + rate);
        const held = maxDeliveryCost({
          ...price,
          free,
          chunks,
          way: "answer",
          number,
          from,
          upTo: 1,
          question: "",
          simulated: false,
          template: false,
        });
        const cost = await channelCost({ ...world.deps, bus: world.services.bus }, number, null);
        const replies = phoneKeys.replies(monthOf(calendar.dayOf(clock())));
        const booked = await transactions.run([replies, ...readsToPay(cost)], (tx) => {
          tx.set(replies, counted);
          const messages = Array.from({ length: chunks }, (_, i) => ({
            kind: "reply" as const,
            body: `${i}`,
          }));
          const phone = newPhone("a", "en", 0);
          const after = append(tx, number, phone, messages, { cost, cause: `t${turn++}` });
          return after.spent;
        });
        assert.ok(booked <= held, `${booked} > ${held}`);
        const gratis = BigInt(Math.min(chunks, Math.max(0, free - counted)));
        assertEquals(booked, gratis * price.fee + (BigInt(chunks) - gratis) * price.unit);
      },
    ),
    { numRuns: 40 },
  );
});
