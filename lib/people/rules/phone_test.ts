import fc from "fast-check";
import { assert, assertEquals } from "@/tests/support/assert.ts";
import {
  displayAddress,
  maskPhone,
  otherSpellings,
  parsePhone,
  parseWhatsAppAddress,
  phoneSchema,
  whatsAppAddress,
} from "./phone.ts";

Deno.test("parseWhatsAppAddress() accepts Twilio's addresses and nothing else", () => {
  assertEquals(parseWhatsAppAddress("whatsapp:+15551234567"), "+15551234567");
  for (
    const wrong of [
      "+15551234567",
      "whatsapp:15551234567",
      "whatsapp:+05551234567",
      "whatsapp:+1555",
      "whatsapp:+15551234567 ",
      "whatsapp:+15551234567\n",
      "whatsapp:+1555123456789012",
      "WhatsApp:+15551234567",
      "whatsapp:+١٥٥٥١٢٣٤٥٦٧",
      "sms:+15551234567",
      "",
    ]
  ) assertEquals(parseWhatsAppAddress(wrong), null, wrong);
});

const phone = fc.tuple(fc.integer({ min: 1, max: 9 }), fc.stringMatching(/^\d{6,14}$/))
  .map(([first, rest]) => `+${first}${rest}`);

Deno.test("parseWhatsAppAddress() reverses whatsAppAddress(), and maskPhone() shows at most the country and four digits", () => {
  fc.assert(fc.property(phone, (number) => {
    assert.ok(phoneSchema.safeParse(number).success);
    assertEquals(parseWhatsAppAddress(whatsAppAddress(number)), number);
    const mask = maskPhone(number);
    const [, country = "", last = ""] = /^\+(\d{1,3}) ••• ••• (?:••)?(\d{2,4})$/.exec(mask) ?? [];
    assert.ok(number.startsWith(`+${country}`) && number.endsWith(last), mask);
    assert.ok(number.length - 1 - country.length - last.length >= 2, mask);
  }));
});

Deno.test("maskPhone() knows countries of one, two and three digits, and masks non-numbers fully", () => {
  assertEquals(maskPhone("+15551234567"), "+1 ••• ••• 4567");
  assertEquals(maskPhone("+254712345678"), "+254 ••• ••• 5678");
  assertEquals(maskPhone("+6281234567890"), "+62 ••• ••• 7890");
  assertEquals(maskPhone("+6901234"), "+690 ••• ••• ••34");
  assertEquals(maskPhone("whatsapp:+15551234567"), "•••");
});

Deno.test("maskPhone() shows the country and the last four characters of a WhatsApp id", () => {
  assertEquals(maskPhone("US.13491208655302741918"), "US ••• ••• 1918");
  assertEquals(maskPhone("BR.ENT.11815799212886844830"), "BR ••• ••• 4830");
  assertEquals(maskPhone("US.ABC123"), "US ••• ••• C123");
  assertEquals(maskPhone("us.13491208655302741918"), "•••");
});

Deno.test("otherSpellings() knows Mexico's 1, Argentina's 9 and Brazil's ninth digit, both ways", () => {
  const pairs = [
    ["+525598765432", "+5215598765432"],
    ["+541123456789", "+5491123456789"],
    ["+551187654321", "+5511987654321"],
  ] as const;
  for (const [one, other] of pairs) {
    assertEquals(otherSpellings(one), [other]);
    assertEquals(otherSpellings(other), [one]);
  }
  // Brazilian landlines have no ninth digit; other countries have one spelling.
  for (const one of ["+551133334444", "+41791234567", "+521234", "+15551234567"]) {
    assertEquals(otherSpellings(one), []);
  }
  fc.assert(fc.property(phone, (number) => {
    for (const other of otherSpellings(number)) {
      assert.ok(phoneSchema.safeParse(other).success && other !== number);
      assert.ok(otherSpellings(other).includes(number), `${number} → ${other}`);
    }
  }));
});

Deno.test("displayAddress() prefers a number to an id", () => {
  assertEquals(displayAddress(["US.1", "+15551234567", "+15550000000"]), "+15551234567");
  assertEquals(displayAddress(["US.1", "US.2"]), "US.1");
  assertEquals(displayAddress([]), "");
});

Deno.test("parsePhone() accepts a number as people type it", () => {
  for (
    const typed of [
      "+1 (555) 123-4567",
      "001 555 123 4567",
      "1.555.123.4567",
      "\u202a+1 555‑123‑4567\u202c",
    ]
  ) {
    assertEquals(parsePhone(typed), "+15551234567", typed);
  }
  for (const typed of ["", "0555 123456", "call me", "+1 555 1234567 ext 5"]) {
    assertEquals(parsePhone(typed), null, typed);
  }
});
