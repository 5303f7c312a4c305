import { readLinkCode } from "@/lib/whatsapp/linking/link_code.ts";
import { TwilioSimulator } from "@/tests/simulators/twilio.ts";
import { assert, assertEquals } from "@/tests/support/assert.ts";
import { EMAIL, PASSWORD } from "@/tests/support/admin.ts";
import { TOOL } from "@/tests/support/chat_page.ts";
import { offer } from "@/tests/support/phones.ts";
import { scratch } from "@/tests/support/scratch.ts";
import { startServer } from "@/tests/support/server.ts";
import { Visitor } from "@/tests/support/visitor.ts";
import { openWorld } from "@/tests/support/world.ts";

const PUBLIC_URL = "http://helper.example";
const PAGE = `/chat/${TOOL}/whatsapp`;
const CODE = /\b([2-9A-HJKMNP-TV-Z]{4}-[2-9A-HJKMNP-TV-Z]{4})\b/;

/** A visitor whose answers are recorded: headers and body. */
class Recorded extends Visitor {
  readonly answers: string[] = [];

  async read(path: string, init: RequestInit = {}): Promise<string> {
    const answer = await this.fetch(path, init);
    const text = `${path} ${answer.status} ${JSON.stringify([...answer.headers])}\n${await answer
      .text()}`;
    this.answers.push(text);
    return text;
  }

  /** Posts JSON, or a form to a page. */
  post2(path: string, fields: Record<string, string>): Promise<string> {
    if (!path.startsWith("/api/")) {
      return this.read(path, { method: "POST", body: new URLSearchParams(fields) });
    }
    const headers = { "content-type": "application/json" };
    return this.read(path, { method: "POST", headers, body: JSON.stringify(fields) });
  }
}

/** Random ids of records; the digits of one in a hundred look like a code. */
const UUIDS = /\b[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\b/g;

/** All contents of the store, as text, without ids of records. */
async function contents(path: string): Promise<string> {
  const kv = await Deno.openKv(path);
  try {
    const lines: string[] = [];
    for await (const { key, value } of kv.list({ prefix: [] })) {
      lines.push(Deno.inspect([key, value], { depth: 20, strAbbreviateSize: Infinity }));
    }
    return lines.join("\n").replaceAll(UUIDS, "id");
  } finally {
    kv.close();
  }
}

function codeIn(text: string): string {
  const [, code] = CODE.exec(text) ?? [];
  assert.ok(code, text);
  return code;
}

/** Whether a text contains a code, in any usual spelling. */
function isIn(text: string, code: string): boolean {
  const bare = readLinkCode(code) ?? "";
  assertEquals(bare.length, 8);
  return [code, bare].some((form) => text.toUpperCase().includes(form));
}

Deno.test("a link code is in no log, no answer but the requesting page's, and not in the store", async () => {
  await using files = await scratch();
  const kvPath = files.store;
  {
    await using world = await openWorld({ path: kvPath });
    await offer(world, TOOL);
  }
  await using twilio = await TwilioSimulator.start();
  await using server = await startServer({
    kvPath,
    env: {
      ...twilio.env(),
      PUBLIC_URL,
      LOG_LEVEL: "debug",
      WHATSAPP_DEBOUNCE_MS: "0",
      ADMIN_PASSWORD: PASSWORD,
      ALLOWED_ADMIN_EMAILS: EMAIL,
    },
  });
  twilio.connect(server.url, PUBLIC_URL);
  const [asks, other, admin] = [
    new Recorded(server.url),
    new Recorded(server.url),
    new Recorded(server.url),
  ] as const;
  const phone = twilio.phone("+41790000077"), thief = twilio.phone("+41790000078");

  await asks.read(`/chat/${TOOL}`);
  const shown = codeIn((await asks.read(PAGE)).split("\n").slice(1).join("\n"));
  assert.ok(!isIn(await contents(kvPath), shown), "The store knows no code that is shown");
  await thief.says("LINK 2345-ABCD");
  await other.post2("/api/link/verify", { code: shown });
  await phone.says(`LINK ${shown}`);
  await phone.waitFor(1);
  await asks.read(PAGE);
  await asks.post2(PAGE, { action: "unlink" });
  await phone.waitFor(2);
  // The code is deleted with its message.
  await thief.waitFor(1);

  // Sends are refused for now, so they are retried: waiting messages contain no code either.
  twilio.always("*", { kind: "refuse", status: 503, code: 20503 });
  await other.read(`/chat/${TOOL}`);
  await other.post2("/api/link", { phone: phone.number });
  assert.ok(!CODE.test(await contents(kvPath)), "The store knows no code that waits to be sent");
  twilio.always("*", null);
  const sent = codeIn((await phone.waitFor(3)).at(-1)?.body ?? "");
  await other.post2("/api/link/verify", { code: "2345-ABCD" });
  await other.post2("/api/link/verify", { code: sent });
  assert.match(await other.read("/api/link"), /"linked":\{"phone":"\+41 ••• ••• 0077"/);

  await admin.post2("/admin/login", { email: EMAIL, password: PASSWORD });
  for (const path of ["/admin", "/admin/whatsapp", "/admin/conversations", "/admin/audit"]) {
    await admin.read(path);
  }
  for (const path of ["/", "/api/health", "/api/tools", "/api/link", `/api/link?code=${TOOL}`]) {
    await other.read(path);
  }
  const answers = [...other.answers, ...admin.answers, ...server.log];
  const all = [...answers, ...asks.answers, await contents(kvPath)].join("\n");
  assert.ok(asks.answers.filter((answer) => isIn(answer, shown)).length > 0);
  for (const answer of asks.answers.filter((answer) => isIn(answer, shown))) {
    assert.ok(answer.startsWith(`${PAGE} 200`), answer.slice(0, 80));
    assert.match(answer, /"cache-control","no-store"/);
  }
  assert.ok(!isIn(answers.join("\n"), shown), "The code that the page showed");
  assert.ok(!isIn(all, sent), "The code that was sent to the phone");
  const told = [...answers, ...asks.answers].join("\n");
  assert.ok(!told.includes(phone.number.slice(1)), "Nor is the number in any answer or log");
});
