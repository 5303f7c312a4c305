import { TwilioSimulator } from "@/tests/simulators/twilio.ts";
import { assert, assertEquals } from "@/tests/support/assert.ts";
import { SAMPLES } from "@/tests/support/media_samples.ts";
import type { MediaOutcome, Messenger } from "../messenger.ts";
import { twilioMessenger } from "./twilio.ts";

const MAX = 1 << 20;

function messengerOf(twilio: TwilioSimulator, mediaTimeoutMs = 5_000): Messenger {
  const { accountSid, authToken, number, url: baseUrl } = twilio;
  return twilioMessenger({ accountSid, authToken, number, baseUrl, mediaTimeoutMs });
}

const reason = (outcome: MediaOutcome) => outcome.kind === "refused" ? outcome.reason : "media";

Deno.test("fetchMedia() follows the API to the CDN and sends its keys to the API alone", async () => {
  await using twilio = await TwilioSimulator.start();
  const url = twilio.keep(SAMPLES.png, "image/jpeg");
  const outcome = await messengerOf(twilio).fetchMedia(url, { maxBytes: MAX });
  assert.ok(outcome.kind === "media");
  assertEquals([outcome.type, outcome.bytes], ["image/png", SAMPLES.png]);
  assertEquals(twilio.media.cdnRequests.map(({ keys }) => keys), [false]);
});

Deno.test("fetchMedia() refuses addresses of other hosts without a request", async () => {
  await using twilio = await TwilioSimulator.start();
  const messenger = messengerOf(twilio);
  const { port } = new URL(twilio.url);
  for (
    const url of [
      "",
      "no address",
      "file:///etc/passwd",
      "ftp://api.twilio.com/a",
      "http://api.twilio.com/a",
      "https://api.twilio.com:8443/a",
      "https://me:secret@api.twilio.com/a",
      "https://twilio.com.evil.example/a",
      "https://eviltwilio.com/a",
      "https://api.twilio.com.evil.example/a",
      "https://api.twilio.com@evil.example/a",
      "https://s3-external-1.amazonaws.com/evil-bucket/a",
      "https://169.254.169.254/latest/meta-data",
      "https://[::1]/a",
      `http://localhost:${port}/a`,
      `http://127.1.1.1:${port}/a`,
      `http://me:secret@127.0.0.1:${port}/a`,
    ]
  ) {
    assertEquals(reason(await messenger.fetchMedia(url, { maxBytes: MAX })), "address", url);
  }
});

Deno.test("fetchMedia() verifies each redirect and stops after a few", async () => {
  await using twilio = await TwilioSimulator.start();
  const messenger = messengerOf(twilio);
  const leads = async (redirect: string) => {
    const url = twilio.keep(SAMPLES.png, "image/png", { redirect });
    return reason(await messenger.fetchMedia(url, { maxBytes: MAX }));
  };
  assertEquals(await leads("https://evil.example/a.png"), "address");
  assertEquals(await leads("http://169.254.169.254/latest/meta-data"), "address");
  assertEquals(await leads("file:///etc/passwd"), "address");
  assertEquals(await leads("https://api.twilio.com:1/"), "address");
  const circle: { redirect?: string } = {};
  const there = twilio.keep(SAMPLES.png, "image/png", circle);
  const back = twilio.keep(SAMPLES.png, "image/png", { redirect: there });
  assertEquals(await leads(back), "media");
  let longer = back;
  for (let i = 0; i < 4; i++) longer = twilio.keep(SAMPLES.png, "image/png", { redirect: longer });
  assertEquals(await leads(longer), "address");
});

Deno.test("fetchMedia() reads at most `maxBytes`", async () => {
  await using twilio = await TwilioSimulator.start();
  const messenger = messengerOf(twilio);
  const endless = twilio.keep(SAMPLES.png, "image/png", { endless: 1 << 30 });
  assertEquals(reason(await messenger.fetchMedia(endless, { maxBytes: MAX })), "tooLarge");
  const url = twilio.keep(SAMPLES.png, "image/png");
  const { length } = SAMPLES.png;
  assertEquals(reason(await messenger.fetchMedia(url, { maxBytes: length })), "media");
  assertEquals(reason(await messenger.fetchMedia(url, { maxBytes: length - 1 })), "tooLarge");
});

Deno.test("fetchMedia() names the reason of each refusal", async () => {
  await using twilio = await TwilioSimulator.start();
  const messenger = messengerOf(twilio, 300);
  const fetched = async (...kept: Parameters<typeof twilio.keep>) =>
    reason(await messenger.fetchMedia(twilio.keep(...kept), { maxBytes: MAX }));
  assertEquals(await fetched(SAMPLES.html, "image/png"), "type");
  assertEquals(await fetched(SAMPLES.png, "image/png", { declared: null }), "media");
  assertEquals(await fetched(SAMPLES.png, "image/png", { status: 404 }), "missing");
  assertEquals(await fetched(SAMPLES.png, "image/png", { status: 503 }), "unavailable");
  assertEquals(await fetched(SAMPLES.png, "image/png", { stalls: true }), "unavailable");
  const { accountSid, number, url: baseUrl } = twilio;
  const stranger = twilioMessenger({ accountSid, authToken: "wrong", number, baseUrl });
  const url = twilio.keep(SAMPLES.png, "image/png");
  assertEquals(reason(await stranger.fetchMedia(url, { maxBytes: MAX })), "auth");
});

Deno.test("fetchMedia() stops when aborted", async () => {
  await using twilio = await TwilioSimulator.start();
  const url = twilio.keep(SAMPLES.png, "image/png", { stalls: true });
  const signal = AbortSignal.timeout(200);
  const outcome = await messengerOf(twilio).fetchMedia(url, { maxBytes: MAX, signal });
  assertEquals(reason(outcome), "unavailable");
});
