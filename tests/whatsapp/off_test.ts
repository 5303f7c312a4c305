import { assert, assertEquals } from "@/tests/support/assert.ts";
import { httpSuite } from "@/tests/support/http_suite.ts";
import { pourUntilAnswered } from "@/tests/support/raw_request.ts";
import { startServer } from "@/tests/support/server.ts";
import { TwilioSimulator } from "@/tests/simulators/twilio.ts";

const FORM = "content-type: application/x-www-form-urlencoded";
const head = (path: string, ...lines: string[]) =>
  [`POST ${path} HTTP/1.1`, "host: localhost", FORM, ...lines].join("\n");
const ENDLESS = "transfer-encoding: chunked";
/** Bytes that may be buffered in two sockets when the answer is written. */
const IN_FLIGHT = 8 << 20;

const test = httpSuite();

test("POST /api/whatsapp while WhatsApp is off answers 404 before the body arrives", async (server) => {
  for (const path of ["/api/whatsapp", "/api/whatsapp/status", "/.netlify/functions/whatsapp"]) {
    const silent = head(path, "content-length: 261000", "x-twilio-signature: x");
    const { status } = await pourUntilAnswered(server.port, silent, 0);
    assertEquals(status, 404, path);
    assertEquals((await pourUntilAnswered(server.port, head(path, ENDLESS))).status, 404, path);
  }
});

Deno.test("POST /api/whatsapp takes 64 KiB at most", async () => {
  await using twilio = await TwilioSimulator.start();
  await using server = await startServer({
    env: { ...twilio.env(), PUBLIC_URL: "https://helper.example" },
  });
  for (const length of ["content-length: 65537", ENDLESS]) {
    const answer = await pourUntilAnswered(server.port, head("/api/whatsapp", length));
    assertEquals(answer.status, 413, length);
    assert.ok(answer.sent < IN_FLIGHT, `${answer.sent} bytes were taken`);
  }
});
