import fc from "fast-check";
import { assert, assertEquals } from "@/tests/support/assert.ts";
import {
  type CodeTried,
  LINK_CODE_MS,
  LINK_CODE_TRIES,
  type LinkOffer,
  offerHolds,
  tryCode,
} from "./link_offer.ts";

const T0 = 1_800_000_000_000;
const fresh: LinkOffer = { hash: "right", tries: 0, expiresAt: T0 + LINK_CODE_MS, usedBy: null };

Deno.test("tryCode() accepts the right code once, within ten minutes", () => {
  const first = tryCode(fresh, "right", "a", T0 + LINK_CODE_MS - 1);
  assertEquals([first.tried, first.offer?.usedBy], ["right", "a"]);
  assertEquals(tryCode(first.offer, "right", "a", T0).tried, "wrong");
  assertEquals(tryCode(fresh, "right", "a", T0 + LINK_CODE_MS).tried, "expired");
  assertEquals(tryCode(null, "right", "a", T0), { tried: "wrong", offer: null });
});

Deno.test("tryCode() in any order never links twice, after five wrong codes, or after expiry", () => {
  const tries = fc.array(
    fc.record({ right: fc.boolean(), after: fc.integer({ min: 0, max: LINK_CODE_MS / 3 }) }),
    { maxLength: 20 },
  );
  fc.assert(fc.property(tries, (tries) => {
    let offer: LinkOffer = fresh, now = T0, wrong = 0, linked = 0;
    for (const { right, after } of tries) {
      now += after;
      const allowed = linked === 0 && wrong < LINK_CODE_TRIES && now < T0 + LINK_CODE_MS;
      assertEquals(offerHolds(offer, now), allowed);
      const result: { tried: CodeTried; offer: LinkOffer | null } = tryCode(
        offer,
        right ? "right" : "other",
        "a",
        now,
      );
      assertEquals(result.tried === "right", right && allowed);
      if (result.tried === "right") linked++;
      if (!right) wrong++;
      offer = result.offer ?? offer;
    }
    assert.ok(linked <= 1);
  }));
});
