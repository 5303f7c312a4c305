import fc from "fast-check";
import { parseWebhook } from "@/lib/whatsapp/twilio/webhook.ts";
import { sign } from "@/tests/simulators/twilio_webhooks.ts";
import { assert, assertEquals } from "@/tests/support/assert.ts";
import { openPhones, PUBLIC_URL } from "@/tests/support/phones.ts";
import { cases, FORM } from "./forgeries.ts";

const PATHS = ["/api/whatsapp", "/api/whatsapp/status", "/.netlify/functions/whatsapp"];

Deno.test("any unsigned post to Twilio's addresses is refused, never a server error", async () => {
  await using phones = await openPhones();
  const types = [FORM, "application/json", "text/plain", ""];
  await fc.assert(
    fc.asyncProperty(
      fc.uint8Array({ maxLength: 400 }),
      fc.constantFrom(...PATHS),
      fc.constantFrom(...types),
      fc.option(fc.base64String({ minLength: 28, maxLength: 28 })),
      async (body, path, type, signature) => {
        const answer = await phones.site.fetch(path, {
          method: "POST",
          headers: {
            ...(type === "" ? {} : { "content-type": type }),
            ...(signature === null ? {} : { "x-twilio-signature": signature }),
          },
          body: new Uint8Array(body),
        });
        await answer.body?.cancel();
        assert.ok([400, 403].includes(answer.status), `${answer.status}`);
      },
    ),
    { numRuns: 600 },
  );
  const large = await phones.site.fetch("/api/whatsapp", {
    method: "POST",
    headers: { "content-type": FORM },
    body: "x".repeat(300_000),
  });
  assertEquals(large.status, 413);
  assertEquals((await phones.world.deps.store.phones.work()).length, 0);
});

Deno.test("a genuine message of any shape is accepted, with an empty TwiML", async () => {
  await using phones = await openPhones({ env: { WHATSAPP_DEBOUNCE_MS: "10000" } });
  const { twilio, site } = phones;
  const account = {
    accountSid: twilio.accountSid,
    authToken: twilio.authToken,
    number: twilio.number,
  };
  const url = `${PUBLIC_URL}/api/whatsapp`;
  await fc.assert(
    fc.asyncProperty(cases, async (each) => {
      if (each.kind !== "genuine") return;
      const fields = Object.entries({
        ...each.request.fields,
        AccountSid: twilio.accountSid,
        To: `whatsapp:${twilio.number}`,
      });
      const body = new URLSearchParams(fields).toString();
      const signature = sign(twilio.authToken, url, fields);
      const parsed = await parseWebhook({ body, signature, contentType: FORM, url }, account);
      assertEquals(parsed.kind, "message");
      const answer = await site.fetch("/api/whatsapp", {
        method: "POST",
        headers: { "content-type": FORM, "x-twilio-signature": signature },
        body,
      });
      const reserved = parsed.kind === "message" && parsed.message.from.startsWith("+999");
      assertEquals(answer.status, reserved ? 403 : 200);
      if (!reserved) assertEquals(await answer.text(), "<Response/>");
    }),
    { numRuns: 200 },
  );
});
