import type { Page } from "playwright-core";
import { texts } from "@/lib/locales/whatsapp/texts.ts";
import { TwilioSimulator } from "@/tests/simulators/twilio.ts";
import type { Phone } from "@/tests/simulators/twilio_phone.ts";
import { assert, assertEquals } from "@/tests/support/assert.ts";
import { assertAccessibleInAllLooks } from "@/tests/support/axe.ts";
import { browserSuite } from "@/tests/support/browser.ts";
import {
  openChat,
  openMenu,
  questions,
  replies,
  say,
  settled,
  TOOL,
} from "@/tests/support/chat_page.ts";
import { offer } from "@/tests/support/phones.ts";
import { scan } from "@/tests/support/qr_scanner.ts";
import type { Server } from "@/tests/support/server.ts";
import { until } from "@/tests/support/wait.ts";
import { openWorld } from "@/tests/support/world.ts";

const PUBLIC_URL = "http://helper.example";
const { linkDone, unlinked, takenOver, handedBack } = texts("en");
const WHO = "ada@example.org";

const folder = await Deno.makeTempDir({ prefix: "obt-helper-whatsapp-" });
const kvPath = `${folder}/kv.sqlite`;
{
  await using world = await openWorld({ path: kvPath });
  await offer(world, TOOL);
}
const twilio = await TwilioSimulator.start();
const env = {
  ...twilio.env(),
  PUBLIC_URL,
  WHATSAPP_DEBOUNCE_MS: "50",
  MOCK_PACE_MS: "0",
  RATE_LIMIT_LINKING_PER_5MIN: "1000",
  RATE_LIMIT_WHATSAPP_PER_MINUTE: "1000",
};
const { test } = browserSuite({ kvPath, env });
Deno.test.afterAll(async () => {
  await twilio.close();
  await Deno.remove(folder, { recursive: true });
});

let people = 0;

/** A phone with an unused number. */
function newPhone(server: Server): Phone {
  twilio.connect(server.url, PUBLIC_URL);
  return twilio.phone(`+4179000${String(++people).padStart(4, "0")}`);
}

/** The address and message in the page's QR code. */
async function scanned(page: Page): Promise<URL> {
  const folded = page.getByText("WhatsApp is on another phone");
  if (await folded.isVisible()) await folded.click();
  const image = page.locator("svg.link-qr:visible");
  const { width = 0 } = await image.boundingBox() ?? {};
  assert.ok(width >= 200, `A camera needs it large; it has ${width} px`);
  const [, , size = 0] = (await image.getAttribute("viewBox") ?? "").split(" ").map(Number);
  const text = scan({ size, path: await image.locator("path").getAttribute("d") ?? "" });
  assert.ok(text !== null, "A scanner reads the QR code");
  return new URL(text);
}

/** Links the page's visitor with a phone through the pages. */
async function link(page: Page, server: Server, phone: Phone): Promise<void> {
  await openChat(page, server.url);
  await openMenu(page);
  await page.getByRole("link", { name: "Continue on WhatsApp" }).click();
  const address = await scanned(page);
  assertEquals(address.origin + address.pathname, `https://wa.me/${twilio.number.slice(1)}`);
  await phone.says(address.searchParams.get("text") ?? "");
  await page.getByText("Linked with").waitFor();
  await phone.waitFor(1);
  assert.ok(phone.texts().at(-1)?.includes(linkDone), phone.texts().join());
}

test("WhatsApp end to end: link, talk on both sides, take over, unlink", async ({ page, server }) => {
  const phone = newPhone(server);
  await link(page, server, phone);
  await page.getByRole("link", { name: /General Assistant/ }).click();
  await page.locator("html.js").waitFor({ state: "attached" });

  // A message on WhatsApp appears on the open page.
  await phone.says("Hello from my phone");
  const began = performance.now();
  const question = page.locator("article.question", { hasText: "Hello from my phone" });
  await question.waitFor();
  const took = performance.now() - began;
  assert.ok(took < 1_000, `It was on the page after ${Math.round(took)} ms`);
  await settled(page, 1);
  assert.ok(await question.getByText("via WhatsApp").isVisible());
  assertEquals((await phone.waitFor(2)).length, 2);

  // A message on the page: the reply goes to WhatsApp too.
  await say(page, "Hello from the web");
  await settled(page, 2);
  const mirrored = (await phone.waitFor(3)).at(-1)?.body ?? "";
  assert.match(mirrored, /^You asked about \*Hello from the web\*/, "The reply, not the question");
  await page.reload();
  assertEquals(await questions(page), ["Hello from my phone", "Hello from the web"]);
  assertEquals(await page.getByText("via WhatsApp").count(), 1);

  // An admin takes over, in another process.
  await using office = await openWorld({ env, path: kvPath });
  const { whatsapp } = office.services;
  const id = await whatsapp.idOf(phone.number) ?? "";
  await whatsapp.takeOver(id, WHO, 30);
  assertEquals((await phone.waitFor(4)).at(-1)?.body, takenOver);
  await phone.says("Is anybody there?");
  await page.locator("article.question", { hasText: "Is anybody there?" }).waitFor();
  assertEquals((await whatsapp.say(id, "I am Ada of the team.", WHO)).kind, "waiting");
  assertEquals(
    (await phone.waitFor(5)).at(-1)?.body,
    texts("en").fromHuman("I am Ada of the team."),
  );
  await page.locator("article.reply .prose", { hasText: "I am Ada of the team." }).waitFor();
  // A second message in a row arrives as well.
  await whatsapp.say(id, "How can I help?", WHO);
  await page.locator("article.reply .prose", { hasText: "How can I help?" }).waitFor();
  assertEquals((await phone.waitFor(6)).length, 6);
  await whatsapp.handBack(id, WHO);
  assertEquals((await phone.waitFor(7)).at(-1)?.body, handedBack);
  await phone.says("And now?");
  await phone.waitFor(8);
  await page.locator("article.question", { hasText: "And now?" }).waitFor();

  // Unlinking on the page tells the phone and separates the two.
  await openMenu(page);
  await page.getByRole("link", { name: "Linked with WhatsApp" }).click();
  await page.getByRole("button", { name: "Unlink" }).click();
  await page.getByRole("button", { name: "Show my code" }).or(page.locator(".link-qr:visible"))
    .waitFor();
  assertEquals((await phone.waitFor(9)).at(-1)?.body, unlinked);
  await phone.says("Only for me");
  await phone.waitFor(10);
  await openChat(page, server.url);
  assert.ok(!(await questions(page)).includes("Only for me"));
  assertEquals(phone.received().length, 10, "Nothing was said twice");
});

test("a WhatsApp message to another process appears on the open page within two seconds", async ({ page, server }) => {
  const phone = newPhone(server);
  await link(page, server, phone);
  await openChat(page, server.url);
  await using other = await openWorld({ env, path: kvPath });
  let messages = 0;
  const shown = async (text: string, send: (text: string) => Promise<unknown>) => {
    const began = performance.now();
    await send(text);
    await page.locator("article.question", { hasText: text }).waitFor();
    const took = performance.now() - began;
    await settled(page, ++messages);
    return took;
  };
  const elsewhere = (text: string) =>
    other.services.whatsapp.receive({
      sid: `SM${crypto.randomUUID().replaceAll("-", "")}`,
      from: phone.number,
      text,
      media: [],
      type: "text",
    });
  // The server has seen the other process once this is on the page.
  await shown("Are you there?", elsewhere);
  const took: number[] = [];
  for (const text of ["One", "Two", "Three"]) {
    // What a message to the page's own server takes is the machine's part.
    const here = await shown(`${text} here`, (text) => phone.says(text));
    took.push(await shown(`${text} elsewhere`, elsewhere) - here);
  }
  assert.ok(Math.max(...took) < 2_000, `It took ${took.map(Math.round).join(", ")} ms longer`);
});

test("linking by number: the code from WhatsApp is typed on the page", async ({ page, server, expect }) => {
  expect(/400/);
  const phone = newPhone(server);
  await phone.says("HELP");
  await phone.waitFor(1);
  await page.goto(`${server.url}/chat/${TOOL}`);
  await page.goto(`${server.url}/chat/${TOOL}/whatsapp?way=number`);
  await page.getByLabel(/WhatsApp number/).fill("123");
  await page.getByRole("button", { name: "Send me a code" }).click();
  await page.getByRole("alert").getByText("That is no phone number").waitFor();
  await page.getByLabel(/WhatsApp number/).fill(phone.number.replace("+41", "0041 "));
  await page.keyboard.press("Enter");
  const message = (await phone.waitFor(2)).at(-1)?.body ?? "";
  const [, code = ""] = /\b([2-9A-Z]{4}-[2-9A-Z]{4})\b/.exec(message) ?? [];
  await page.getByLabel(/code from the message/).waitFor();
  assert.ok(!(await page.content()).includes(code), "No answer tells the code that was sent");
  await page.getByLabel(/code from the message/).fill("2345-ABCD");
  await page.getByRole("button", { name: "Link", exact: true }).click();
  await page.getByRole("alert").getByText("That code is not right").waitFor();
  await page.getByLabel(/code from the message/).fill(code.toLowerCase().replace("-", " "));
  await page.getByRole("button", { name: "Link", exact: true }).click();
  await page.getByText("Linked with").waitFor();
});

test("mirroring to WhatsApp is chosen by keyboard: question and reply, then nothing", async ({ page, server }) => {
  const phone = newPhone(server);
  await link(page, server, phone);
  const first = page.getByRole("radio").first();
  await first.focus();
  await page.keyboard.press("ArrowDown");
  await page.getByRole("button", { name: "Save" }).focus();
  await page.keyboard.press("Enter");
  await page.locator('input[value="both"][checked]').waitFor();
  await openChat(page, server.url);
  await say(page, "Both please");
  await settled(page, 1);
  const both = (await phone.waitFor(3)).slice(-2).map(({ body }) => body);
  assertEquals(both[0], texts("en").fromWeb("Both please"));

  await page.goto(`${server.url}/chat/${TOOL}/whatsapp`);
  await page.getByRole("radio", { name: /Nothing/ }).check();
  await page.getByRole("button", { name: "Save" }).click();
  await page.locator('input[value="off"][checked]').waitFor();
  await openChat(page, server.url);
  await say(page, "Only here");
  await settled(page, 2);
  await phone.says("HELP");
  const heard = (await phone.waitFor(4)).map(({ body }) => body);
  assertEquals(heard.length, 4);
  assert.ok(!heard.join().includes("Only here"));
});

for (
  const [width, first, folded] of [[390, ".primary", true], [1280, ".link-qr", false]] as const
) {
  test(
    `the code's page at ${width} px shows ${first} first, without JavaScript`,
    async ({ page, server }) => {
      newPhone(server);
      await page.setViewportSize({ width, height: 800 });
      await page.goto(`${server.url}/chat/${TOOL}`);
      await page.goto(`${server.url}/chat/${TOOL}/whatsapp`);
      const ways = page.locator(".link-ways :is(.primary, .link-qr):visible");
      assertEquals(await ways.count(), 1);
      assert.ok(await page.locator(`.link-ways ${first}`).isVisible());
      const other = page.getByText("WhatsApp is on another phone");
      assertEquals(await other.isVisible(), folded);
      const open = page.getByRole("link", { name: /^Open WhatsApp/ });
      assertEquals(await open.getAttribute("href"), (await scanned(page)).href);
    },
    { javaScriptEnabled: false },
  );
}

test(
  "no JavaScript: the page with the code refreshes until it is linked",
  async ({ page, server }) => {
    const phone = newPhone(server);
    await page.goto(`${server.url}/chat/${TOOL}`);
    await openMenu(page);
    await page.getByRole("link", { name: "Continue on WhatsApp" }).click();
    const shown = await page.locator(".link-code b").textContent();
    await page.waitForEvent("load", { timeout: 15_000 });
    assertEquals(await page.locator(".link-code b").textContent(), shown, "It is the same code");
    await phone.says(`LINK ${shown}`);
    await page.getByText("Linked with").waitFor({ timeout: 15_000 });
    await page.getByRole("button", { name: "Unlink" }).click();
    await page.locator(".link-qr:visible").or(page.getByRole("button", { name: "Show my code" }))
      .waitFor();
  },
  { javaScriptEnabled: false },
);

test("axe finds nothing on the pages about WhatsApp, in all looks", async ({ page, server }) => {
  const phone = newPhone(server);
  await openChat(page, server.url);
  await assertAccessibleInAllLooks(page, "chat");
  await page.goto(`${server.url}/chat/${TOOL}/whatsapp`);
  await assertAccessibleInAllLooks(page, "code");
  const code = (await scanned(page)).searchParams.get("text") ?? "";
  await page.goto(`${server.url}/chat/${TOOL}/whatsapp?way=number`);
  await assertAccessibleInAllLooks(page, "by number");
  await page.getByLabel(/WhatsApp number/).fill(phone.number);
  await page.keyboard.press("Enter");
  await page.getByLabel(/code from the message/).waitFor();
  await assertAccessibleInAllLooks(page, "sent");
  await phone.says(code);
  await phone.waitFor(1);
  await page.goto(`${server.url}/chat/${TOOL}/whatsapp`);
  await page.getByText("Linked with").waitFor();
  await assertAccessibleInAllLooks(page, "linked");
  await openChat(page, server.url);
  await phone.says("Hello from my phone");
  await settled(page, 1);
  await assertAccessibleInAllLooks(page, "linked chat");
  await phone.says("UNLINK");
  await phone.waitFor(3);
  await phone.says("YES");
  await until("the link to end", async () => {
    await page.goto(`${server.url}/chat/${TOOL}/whatsapp`);
    return await page.getByText("it was ended on the phone").isVisible();
  });
  await assertAccessibleInAllLooks(page, "ended");
  assertEquals((await replies(page)).length, 0);
}, { bypassCSP: true, reducedMotion: "reduce" });
