import { assert, assertEquals } from "../support/assert.ts";
import { Admin, openAdminSite } from "../support/admin.ts";
import { offer, TUTOR } from "../support/phones.ts";

const HOME = "/admin/whatsapp";
const SIMULATOR = `${HOME}/simulator`;

function test(name: string, fn: () => Promise<void>): void {
  // The build of the pages leaves a process behind.
  Deno.test({ name, fn, sanitizeOps: false, sanitizeResources: false });
}

async function html(admin: Admin, path: string): Promise<string> {
  const answer = await admin.get(path);
  assertEquals(answer.status, 200, path);
  return await answer.text();
}

/** Says something on the admin's own phone; the page that follows. */
async function say(admin: Admin, text: string): Promise<string> {
  const answer = await admin.post(SIMULATOR, {
    csrf: await admin.token(),
    action: "send",
    text,
  });
  assertEquals([answer.status, answer.headers.get("location")], [303, `${SIMULATOR}#message`]);
  return await html(admin, SIMULATOR);
}

/** The bot's bubbles, oldest first. */
function saidByBot(page: string): string[] {
  return [...page.matchAll(/<li class="ours">([^]*?)<\/li>/g)].map(([, bubble = ""]) =>
    bubble.replace(/<[^>]+>/g, " ").replace(/\s+/g, " ").trim()
  );
}

test("without Twilio's keys the overview names each that is missing, and the simulator works", async () => {
  await using site = await openAdminSite({ TWILIO_PHONE_NUMBER: "+41791234567" });
  const admin = await Admin.signIn(site);
  const overview = await html(admin, HOME);
  assert.match(overview, /WhatsApp is off/);
  for (const key of ["TWILIO_ACCOUNT_SID", "TWILIO_AUTH_TOKEN", "PUBLIC_URL"]) {
    assert.match(overview, new RegExp(`<code>${key}</code>`));
  }
  assert.doesNotMatch(overview, /<code>TWILIO_PHONE_NUMBER<\/code>|Test the connection/);
  assert.match(await html(admin, HOME), /No tool answers on WhatsApp yet/);
  await offer(site.world, TUTOR);
  const page = await say(admin, "help");
  assert.equal(saidByBot(page).length > 0, true, page);
});
