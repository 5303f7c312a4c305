import { newMessageSid } from "@/lib/whatsapp/simulated.ts";
import { FAULTS, type TwilioFault } from "../simulators/twilio_faults.ts";
import { Admin, EMAIL, PASSWORD } from "../support/admin.ts";
import { assert, assertEquals } from "../support/assert.ts";
import { openPhones, PUBLIC_URL } from "../support/phones.ts";
import type { Site } from "../support/site.ts";
import { textOf } from "../support/page_text.ts";
import { until } from "../support/wait.ts";
import { openWorld } from "../support/world.ts";
import { scratch } from "../support/scratch.ts";

const HOME = "/admin/whatsapp";

/** The program with a simulated Twilio and a signed-in admin. */
async function open(path?: string) {
  const phones = await openPhones({
    ...(path === undefined ? {} : { path }),
    env: {
      ADMIN_PASSWORD: PASSWORD,
      ALLOWED_ADMIN_EMAILS: EMAIL,
      RATE_LIMIT_ADMIN_PER_5MIN: "1000",
      WHATSAPP_DEBOUNCE_MS: "0",
    },
  });
  const { twilio, site } = phones;
  const admin = await Admin.signIn(site);
  return {
    twilio,
    site,
    admin,
    page: async (path: string) => await (await admin.get(HOME + path)).text(),
    [Symbol.asyncDispose]: () => phones[Symbol.asyncDispose](),
  };
}

/** Sends a message whose answer meets a fault; the address of the person's page. */
async function asks(site: Site, number: string, text = "help"): Promise<string> {
  const { whatsapp } = site.world.services;
  const message = { sid: newMessageSid(), from: number, text, media: [], type: "text" };
  await whatsapp.receive(message);
  const id = await whatsapp.idOf(number);
  assert.ok(id);
  return `/people/${id}`;
}

/** Waits until the page shows text beside the latest message to a person. */
async function shows(page: (path: string) => Promise<string>, path: string, what: RegExp) {
  let seen = "";
  try {
    await until(String(what), async () => {
      seen = textOf(await page(path));
      return what.test(seen) || null;
    }, 30_000);
  } catch {
    assert.match(seen, what);
  }
}

function test(name: string, fn: () => Promise<void>): void {
  // The build of the pages leaves a process behind.
  Deno.test({ name, fn, sanitizeOps: false, sanitizeResources: false });
}

interface Case {
  what: string;
  fault: TwilioFault;
  /** The text beside the message: its state, meaning and remedy. */
  shown: RegExp;
  /** The mark beside the person, if any. */
  marked?: RegExp;
}

/** Faults after which a message has failed for good. */
const ENDING: Case[] = [
  {
    what: "400, a number that is none",
    fault: FAULTS.badRequest,
    shown: /Refused Answer.*The recipient's number is not valid\..*Check the number.*Error 21211/,
  },
  {
    what: "21610, opted out at Twilio",
    fault: FAULTS.optedOut,
    shown: /Refused Answer.*The person opted out \(STOP\)\..*sending START.*Error 21610/,
    marked: /Opted out.*You cannot write now/,
  },
  {
    what: "63016, the window closed by Twilio's clock",
    fault: FAULTS.windowClosed,
    shown: /Refused Answer.*More than 24 hours had passed.*TWILIO_TEMPLATE_SID.*Error 63016/,
    marked: /24-hour window Closed.*You cannot write now/,
  },
  {
    what: "63016, told after Twilio took it",
    fault: FAULTS.failsClosed,
    shown: /Not delivered Answer.*More than 24 hours had passed.*Error 63016/,
    marked: /24-hour window Closed/,
  },
  {
    what: "21408, a country that is not enabled",
    fault: FAULTS.countryClosed,
    shown: /Refused Answer.*may not send to this country.*Geo permissions.*Error 21408/,
  },
];

test("each final fault is shown with its meaning, with the person and in the list of all", async () => {
  await using all = await open();
  const { twilio, site, page } = all;
  for (const [i, { what, fault, shown, marked }] of ENDING.entries()) {
    const number = `+4179000000${i}`;
    twilio.fault(number, fault);
    const path = await asks(site, number);
    await shows(page, path, shown);
    const seen = textOf(await page(path));
    assert.match(seen, /1 not delivered/, what);
    if (marked) assert.match(seen, marked, what);
    assertEquals(twilio.sends, i + 1, `${what}: sent once, never again`);
  }
  const list = textOf(await page("/faults"));
  for (const { what, fault } of ENDING) {
    assert.match(list, new RegExp(`Error ${"code" in fault ? fault.code : ""}`), what);
  }
  assert.match(textOf(await page("/opt-outs")), /One person\. \+41 ••• ••• 0001/);
  assert.match(textOf(await page("/people?filter=failing")), /\+41 ••• ••• 0000/);
  assert.doesNotMatch(list + await page("/people"), /\+4179/);
});

test("429 and 63018 are shown as waiting, and the message goes out once Twilio takes it", async () => {
  await using all = await open();
  const { twilio, site, page } = all;
  const waits: [number: string, fault: TwilioFault, shown: RegExp][] = [
    ["+41790000011", FAULTS.tooMany, /Waits for another try.*takes no more requests.*Error 20429/],
    ["+41790000012", FAULTS.tooFast, /Waits for another try.*rate limit.*Error 63018/],
    ["+41790000013", FAULTS.unavailable, /Waits for another try/],
  ];
  for (const [number, fault, shown] of waits) {
    twilio.always(number, fault);
    const path = await asks(site, number);
    await shows(page, path, shown);
    assert.match(textOf(await page(path)), /1 waiting/);
    twilio.always(number, null);
    await shows(page, path, /Accepted Answer/);
    assert.doesNotMatch(textOf(await page(path)), /Waits|not delivered|Error \d/);
    assertEquals(twilio.messages.to(number).length, 1);
  }
});

test("63018 reported after acceptance is shown as waiting to be sent again, not as lost", async () => {
  await using all = await open();
  const { twilio, site, page } = all;
  twilio.fault("+41790000014", FAULTS.failsTooFast);
  const path = await asks(site, "+41790000014");
  await shows(
    page,
    path,
    /Waits for another try Answer.*it is sent again after a wait.*Error 63018/,
  );
  const seen = textOf(await page(path));
  assert.match(seen, /1 waiting/);
  assert.doesNotMatch(seen, /not delivered/);
  assert.match(textOf(await page("/faults")), /Error 63018/);
});

test("401 pauses all sending: the overview and the waiting messages say so and why", async () => {
  await using files = await scratch();
  const path = files.store;
  await using all = await open(path);
  const { twilio, site, page } = all;
  assert.match(textOf(await page("")), /WhatsApp is on/);
  twilio.always("*", FAULTS.unauthorized);
  const person = await asks(site, "+41790000021");
  await shows(
    page,
    "",
    /Nothing is sent at the moment.*refused the account's keys.*TWILIO_AUTH_TOKEN/,
  );
  await shows(page, person, /Waiting Answer.*refused the account's keys.*Error 20003/);
  const tested = await all.admin.post(HOME, { csrf: await all.admin.token(), action: "test" });
  assert.match(textOf(await tested.text()), /Right Twilio takes our keys/);
  assertEquals(twilio.messages.to("+41790000021").length, 0);
  await using other = await openWorld({ path, env: { ...twilio.env(), PUBLIC_URL } });
  assertEquals((await other.services.whatsappAdmin.overview()).paused?.code, 20003);
});

test("500 is shown as unknown; an admin decides, and no message arrives twice", async () => {
  await using all = await open();
  const { twilio, site, admin, page } = all;
  const numbers = ["+41790000031", "+41790000032", "+41790000033"] as const;
  const choices = ["retry", "mark-sent", "drop"] as const;
  const after = [/Accepted Answer/, /Accepted Answer/, /Not sent Answer/];
  for (const [i, number] of numbers.entries()) {
    twilio.fault(number, FAULTS.serverError);
    const path = await asks(site, number);
    await shows(page, path, /Not known Answer.*nobody knows whether it was sent/);
    assert.match(textOf(await page("/faults")), /Not known/);
    const action = choices[i] ?? "";
    const fields = { csrf: await admin.token(), action, n: "0" };
    const answer = await admin.post(HOME + path, fields);
    assertEquals(answer.status, 303, action);
    await shows(page, path, after[i] ?? /./);
    const again = await admin.post(HOME + path, fields);
    assertEquals(again.status, 409, "Said twice it is done once");
    assertEquals(twilio.messages.to(number).length, i === 0 ? 1 : 0);
  }
});

test("a message that Twilio accepted without an answer is found and shown as accepted, once", async () => {
  await using all = await open();
  const { twilio, site, page } = all;
  const faults = [
    ["+41790000041", FAULTS.cutAnswer],
    ["+41790000042", FAULTS.resetAfter],
    ["+41790000043", FAULTS.gatewayTimeout],
    ["+41790000044", FAULTS.timeoutAfterAcceptance],
  ] as const;
  await Promise.all(faults.map(async ([number, fault]) => {
    twilio.fault(number, fault);
    const path = await asks(site, number);
    await shows(page, path, /Accepted Answer/);
    assertEquals(twilio.messages.to(number).length, 1);
  }));
});
