import type { Language } from "@/lib/shared/languages.ts";
import { texts } from "@/lib/locales/whatsapp/texts.ts";
import { AppError } from "@/lib/platform/errors.ts";
import type { Tool } from "@/lib/tools/rules/tool.ts";
import { twilioMessenger } from "@/lib/whatsapp/twilio/twilio.ts";
import { startOpenAiLies } from "@/tests/simulators/openai_lies.ts";
import { type OpenAiSenses, startOpenAiSenses } from "@/tests/simulators/openai_senses.ts";
import { TwilioSimulator } from "@/tests/simulators/twilio.ts";
import { TOOL } from "@/tests/support/asking.ts";
import { assert, assertEquals } from "@/tests/support/assert.ts";
import { SAMPLES } from "@/tests/support/media_samples.ts";
import { concat, exif, jpegFile, segment } from "@/tests/support/picture_files.ts";
import { mp3Recording, mp4Recording } from "@/tests/support/recordings.ts";
import { voiceNote } from "@/tests/support/voice_note.ts";
import { openWorld, type World } from "@/tests/support/world.ts";
import { type LedgerEntry, meteringKeys } from "../../metering/records.ts";
import { checkLedger } from "../../metering/ledger_check.ts";
import { PaidCalls } from "../../metering/calls/paid_calls.ts";
import { Transcription } from "../../media/transcription.ts";
import { type MediaMessage, MediaReader } from "./media.ts";

const SAID = texts("en");
const OGG = "audio/ogg; codecs=opus";
let messages = 0;

/** The program with simulators of Twilio and OpenAI at the wire. */
class Scene implements AsyncDisposable {
  constructor(
    readonly world: World,
    readonly twilio: TwilioSimulator,
    readonly openai: OpenAiSenses,
    private readonly mediaTimeoutMs: number,
  ) {}

  static async open(env: Record<string, string> = {}, mediaTimeoutMs = 5_000): Promise<Scene> {
    const twilio = await TwilioSimulator.start();
    const openai = startOpenAiSenses();
    const world = await openWorld({
      env: { OPENAI_API_KEY: "sk-test", OPENAI_BASE_URL: openai.url, ...env },
    });
    return new Scene(world, twilio, openai, mediaTimeoutMs);
  }

  /** Understands a message with an optional attachment. */
  async understand(
    kept: Parameters<TwilioSimulator["keep"]> | null,
    over: Partial<MediaMessage> & {
      tool?: Partial<Tool>;
      language?: Language;
      signal?: AbortSignal;
    } = {},
  ) {
    const { tool: change, language = "en", signal, ...spoken } = over;
    const stored = await this.world.deps.store.tools.get(TOOL);
    assert.ok(stored);
    const media = kept ? [{ url: this.twilio.keep(...kept), type: kept[1] }] : [];
    return await this.reader().understand(
      { sid: `SM${++messages}`, text: "", media, type: null, ...spoken },
      {
        tool: { ...stored, ...change },
        language,
        visitor: null,
        messenger: this.messenger(),
        signal: signal ?? new AbortController().signal,
      },
    );
  }

  async entries(): Promise<LedgerEntry[]> {
    return (await Array.fromAsync(this.world.deps.store.ledger.all())).flat();
  }

  /** Today's spending, held amount and number of holds. */
  async money(): Promise<[bigint, bigint, number]> {
    const { calendar, clock, store } = this.world.deps;
    const [day] = await store.ledger.days("organisation", "all", [calendar.dayOf(clock())]);
    assert.ok(day);
    assertEquals((await checkLedger(store)).difference, null);
    return [day.spent, day.held, day.holds];
  }

  private reader(): MediaReader {
    const { deps } = this.world;
    return new MediaReader(deps, new Transcription(deps, new PaidCalls(deps)));
  }

  private messenger() {
    const { accountSid, authToken, number, url: baseUrl } = this.twilio;
    const { mediaTimeoutMs } = this;
    return twilioMessenger({ accountSid, authToken, number, baseUrl, mediaTimeoutMs });
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.world[Symbol.asyncDispose]();
    await this.openai[Symbol.asyncDispose]();
    await this.twilio[Symbol.asyncDispose]();
  }
}

const refusal = (answer: string) => ({ kind: "refused" as const, answer });

Deno.test("understand() passes text through and refuses an empty message", async () => {
  await using scene = await Scene.open();
  assertEquals(await scene.understand(null, { text: "Hi" }), {
    kind: "ask",
    text: "Hi",
    spoke: false,
    images: [],
    recordings: [],
    sounds: [],
    notes: [],
  });
  assertEquals(await scene.understand(null, { type: "location" }), refusal(SAID.mediaRefused));
});

Deno.test("understand() takes a picture with and without a caption", async () => {
  await using scene = await Scene.open();
  const image = { type: "image/png", bytes: SAMPLES.png, width: 3, height: 2 };
  assertEquals(await scene.understand([SAMPLES.png, "image/png"], { text: "What is this?" }), {
    kind: "ask",
    text: "What is this?",
    spoke: false,
    images: [image],
    recordings: [],
    sounds: [],
    notes: [],
  });
  // The bytes decide the type, not the declaration.
  assertEquals(await scene.understand([SAMPLES.png, "image/jpeg"]), {
    kind: "ask",
    text: "",
    spoke: false,
    images: [image],
    recordings: [],
    sounds: [],
    notes: [],
  });
  assertEquals(await scene.money(), [0n, 0n, 0]);
});

Deno.test("understand() refuses a picture for a model without vision and does not fetch it", async () => {
  await using scene = await Scene.open();
  const outcome = await scene.understand([SAMPLES.png, "image/png"], {
    text: "What is this?",
    tool: { model: "gpt-3.5-turbo" },
    language: "fr",
  });
  assertEquals(outcome, refusal(texts("fr").imagesNotSeen));
  assertEquals(scene.twilio.media.cdnRequests.length, 0);
});

Deno.test("understand() refuses other media types and does not fetch them", async () => {
  await using scene = await Scene.open();
  for (
    const [sample, type] of [
      [SAMPLES.mp4, "video/mp4"],
      [SAMPLES.pdf, "application/pdf"],
      [SAMPLES.vcard, "text/vcard"],
      [SAMPLES.gif, "image/gif"],
      [SAMPLES.html, "image/svg+xml"],
    ] as const
  ) {
    assertEquals(await scene.understand([sample, type]), refusal(SAID.mediaRefused), type);
  }
  const sticker = await scene.understand([SAMPLES.webp, "image/webp"], { type: "sticker" });
  assertEquals(sticker, refusal(SAID.mediaRefused));
  assertEquals(scene.twilio.media.cdnRequests.length, 0);
});

Deno.test("understand() drops a picture's place and camera, and refuses what is damaged or hides something", async () => {
  await using scene = await Scene.open();
  const camera = segment(0xe1, exif(6, true, "GPS 46.9 N"));
  const photo = jpegFile(3, 2, { segments: [camera] });
  const understood = await scene.understand([photo, "image/jpeg"]);
  assert.ok(understood.kind === "ask");
  const bytes = jpegFile(3, 2, { orientation: 6 });
  assertEquals(understood.images, [{ type: "image/jpeg", bytes, width: 2, height: 3 }]);
  const damaged = SAMPLES.png.slice(0, -20), doubled = concat(photo, SAMPLES.pdf);
  for (const [file, type] of [[damaged, "image/png"], [doubled, "image/jpeg"]] as const) {
    assertEquals(await scene.understand([file, type]), refusal(SAID.pictureNotRead));
  }
});

Deno.test("understand() gives the reason for each refused attachment", async () => {
  await using scene = await Scene.open();
  const png = [SAMPLES.png, "image/png"] as const;
  assertEquals(await scene.understand([SAMPLES.html, "image/png"]), refusal(SAID.mediaRefused));
  const endless = await scene.understand([...png, { endless: 1 << 30 }]);
  assertEquals(endless, refusal(SAID.mediaTooLarge(5)));
  const voice = await scene.understand([SAMPLES.ogg, OGG, { endless: 1 << 30 }]);
  assertEquals(voice, refusal(SAID.mediaTooLarge(16)));
  const elsewhere = await scene.understand([...png, { redirect: "https://evil.example/a.png" }]);
  assertEquals(elsewhere, refusal(SAID.mediaGone));
  const inside = await scene.understand([...png, { redirect: "http://169.254.169.254/latest" }]);
  assertEquals(inside, refusal(SAID.mediaGone));
  assertEquals(await scene.understand([...png, { status: 404 }]), refusal(SAID.mediaGone));
  const addressless = { media: [{ url: "", type: "image/png" }], text: "What is this?" };
  assertEquals(await scene.understand(null, addressless), refusal(SAID.mediaGone));
  assertEquals(scene.openai.heard.length + scene.openai.asked.length, 0);
  assertEquals(await scene.money(), [0n, 0n, 0]);
});

Deno.test("understand() gives up on an attachment that stalls", async () => {
  await using scene = await Scene.open({}, 400);
  const stalling = await scene.understand([SAMPLES.png, "image/png", { stalls: true }]);
  assertEquals(stalling, refusal(SAID.failed(true)));
});

Deno.test("understand() transcribes a voice note, echoes it and books it to the nano-dollar", async () => {
  await using scene = await Scene.open();
  scene.openai.hear({ text: "What is a key term?" });
  const note = voiceNote(12.3);
  assertEquals(await scene.understand([note, OGG], { text: "Please:" }), {
    kind: "ask",
    text: "Please:\nWhat is a key term?",
    spoke: true,
    images: [],
    recordings: [],
    sounds: [],
    notes: ["🎤 “What is a key term?”"],
  });
  assertEquals(scene.openai.heard[0]?.bytes, note);
  // 13 started seconds at $0.003 a minute.
  assertEquals(await scene.money(), [975_000n, 0n, 0]);
  const [entry] = await scene.entries();
  assert.ok(entry);
  const { usd, audioSeconds, basis, model, provider, channel, tool, simulated } = entry;
  assertEquals([usd, audioSeconds, basis, simulated], [975_000n, 13, "estimated", false]);
  assertEquals(
    [provider, model, channel, tool],
    ["openai", "gpt-transcribe", "whatsapp", TOOL],
  );
});

Deno.test("understand() transcribes MP3 and MP4, with the duration taken from their frames", async () => {
  await using scene = await Scene.open();
  scene.openai.hear({ text: "What is a key term?" });
  const files = [
    [mp3Recording(3), "audio/mpeg", "voice.mpeg"],
    [mp4Recording(3, { claimed: 1 }), "audio/mp4", "voice.mp4"],
    [mp4Recording(3), "audio/x-m4a", "voice.mp4"],
  ] as const;
  for (const [i, [file, type, name]] of files.entries()) {
    const outcome = await scene.understand([file, type]);
    assert.ok(outcome.kind === "ask" && outcome.text === "What is a key term?", type);
    assertEquals(scene.openai.heard[i]?.name, name);
    // Three seconds, or one more for a started frame.
    const [entry] = (await scene.entries()).slice(-1);
    assert.ok(entry && entry.audioSeconds >= 3 && entry.audioSeconds <= 4, type);
  }
  scene.openai.hear({ status: 400 });
  assertEquals(
    await scene.understand([mp3Recording(3), "audio/mpeg"]),
    refusal(SAID.audioNotHeard),
  );
});

Deno.test("understand() refuses unsupported audio with advice and makes no call", async () => {
  await using scene = await Scene.open();
  const notHeard = refusal(SAID.audioNotHeard);
  for (
    const [sample, type] of [
      [SAMPLES.amr, "audio/amr"],
      [SAMPLES.aac, "audio/aac"],
      [SAMPLES.threeGp, "audio/3gpp"],
    ] as const
  ) assertEquals(await scene.understand([sample, type]), notHeard, type);
  assertEquals(scene.twilio.media.cdnRequests.length, 0);
  assertEquals(await scene.understand([SAMPLES.mp3, "audio/mpeg"]), notHeard);
  assertEquals(await scene.understand([SAMPLES.m4a, "audio/mp4"]), notHeard);
  assertEquals(await scene.understand([SAMPLES.wav, "audio/wav"]), notHeard);
  assertEquals(
    await scene.understand([mp3Recording(601), "audio/mpeg"]),
    refusal(SAID.voiceTooLong(10)),
  );
  assertEquals(scene.openai.heard.length, 0);
  assertEquals(await scene.money(), [0n, 0n, 0]);
});

Deno.test("understand() books the seconds that whisper-1 reports at the custom price", async () => {
  await using scene = await Scene.open({ LLM_TRANSCRIPTION_MODEL: "whisper-1" });
  scene.openai.hear({ seconds: 12 });
  await scene.understand([voiceNote(12.3), OGG]);
  assertEquals(await scene.money(), [1_200_000n, 0n, 0]);
  const { customPrices } = scene.world.deps.store;
  await customPrices.set("openai", "whisper-1", { from: 0, tokens: null, unit: 1_000n });
  await customPrices.refresh(scene.world.deps.clock());
  scene.openai.hear({ seconds: 1 });
  await scene.understand([voiceNote(0.9), OGG]);
  // 1,000 nano-dollars a minute: 17 for a second, rounded up.
  assertEquals(await scene.money(), [1_200_017n, 0n, 0]);
  assertEquals((await scene.entries()).map(({ basis }) => basis), ["reported", "reported"]);
});

Deno.test("understand() books the hold for impossible seconds: one call, no hold left, one alert", async () => {
  for (const seconds of ["100000", "1e300", "1e999", "0", "-4"]) {
    await using liar = startOpenAiLies();
    await using scene = await Scene.open({
      LLM_TRANSCRIPTION_MODEL: "whisper-1",
      OPENAI_BASE_URL: liar.url,
    });
    liar.hear(`{"text":"What was said.","usage":{"type":"duration","seconds":${seconds}}}`);
    const sid = "SMlying";
    const first = await scene.understand([voiceNote(3.9), OGG], { sid });
    assertEquals(first.kind, "ask", seconds);
    assertEquals(await scene.understand([voiceNote(3.9), OGG], { sid }), first);
    assertEquals(liar.asked.recordings, 1);
    assertEquals(await scene.money(), [400_000n, 0n, 0], seconds);
    const [entry] = await scene.entries();
    assertEquals(
      [entry?.audioSeconds, entry?.basis, entry?.disbelieved],
      [4, "estimated", true],
    );
    const { store, calendar, clock } = scene.world.deps;
    const alerts = await store.alerts.ofDay(calendar.dayOf(clock()));
    assertEquals(
      alerts.map(({ name }) => name).filter((name) => !name.startsWith("model_end")),
      ["usage_not_believed whisper-1 (openai)"],
    );
  }
});

Deno.test("understand() truncates an endless transcript to a record's limit and pays once", async () => {
  await using scene = await Scene.open();
  scene.openai.hear({ text: "語".repeat(40_000) });
  const sid = "SMendless";
  const understood = await scene.understand([voiceNote(3), OGG], { sid });
  assert.ok(understood.kind === "ask" && understood.text.length === 30_000);
  assertEquals(await scene.understand([voiceNote(3), OGG], { sid }), understood);
  assertEquals([scene.openai.heard.length, await scene.money()], [1, [225_000n, 0n, 0]]);
});

Deno.test("understand() pays for a voice note once when repeated", async () => {
  await using scene = await Scene.open();
  const sid = "SMonce";
  const first = await scene.understand([voiceNote(3), OGG], { sid });
  scene.openai.hear({ status: 500 });
  assertEquals(await scene.understand([voiceNote(3), OGG], { sid }), first);
  assertEquals([scene.openai.heard.length, (await scene.entries()).length], [1, 1]);
});

Deno.test("understand() refuses after a failed transcription and books only possible charges", async () => {
  await using scene = await Scene.open();
  for (const status of [400, 401, 429, 500]) {
    scene.openai.hear({ status });
    assertEquals(await scene.understand([voiceNote(3), OGG]), refusal(SAID.voiceFailed));
  }
  assertEquals(await scene.money(), [0n, 0n, 0]);
  scene.openai.hear({ status: 200, body: "<!doctype html>" });
  assertEquals(await scene.understand([voiceNote(3), OGG]), refusal(SAID.voiceFailed));
  assertEquals(await scene.money(), [225_000n, 0n, 0]);
  scene.openai.hear({ body: null, text: " " });
  assertEquals(await scene.understand([voiceNote(3), OGG]), refusal(SAID.voiceFailed));
  assertEquals(await scene.money(), [450_000n, 0n, 0]);
});

Deno.test("understand() makes no call for a voice note that is too long or no audio", async () => {
  await using scene = await Scene.open();
  const long = await scene.understand([voiceNote(601), OGG]);
  assertEquals(long, refusal(SAID.voiceTooLong(10)));
  const lying = await scene.understand([voiceNote(601, { claimed: 1 }), OGG]);
  assertEquals(lying, refusal(SAID.voiceTooLong(10)));
  assertEquals(await scene.understand([SAMPLES.ogg, OGG]), refusal(SAID.voiceFailed));
  assertEquals(await scene.understand([SAMPLES.html, OGG]), refusal(SAID.mediaRefused));
  assertEquals(scene.openai.heard.length, 0);
});

Deno.test("understand() refuses voice above the ceiling or without a price and makes no call", async () => {
  await using scene = await Scene.open({ LLM_TRANSCRIPTION_MODEL: "ears-9" });
  const problem = async (run: Promise<unknown>) => {
    const error = await run.then(() => null, (error) => error);
    assert.ok(error instanceof AppError);
    return error.kind;
  };
  assertEquals(await problem(scene.understand([voiceNote(3), OGG])), "unavailable");
  await using other = await Scene.open();
  const tool = { ceiling: 149_999n };
  assertEquals(await problem(other.understand([voiceNote(3), OGG], { tool })), "over_budget");
  assertEquals(other.openai.heard.length + scene.openai.heard.length, 0);
  assertEquals(await other.money(), [0n, 0n, 0]);
  await other.understand([voiceNote(3), OGG], { tool: { ceiling: 225_000n } });
  assertEquals(await other.money(), [225_000n, 0n, 0]);
});

Deno.test("understand() stops when its signal aborts and leaves no hold", async () => {
  await using scene = await Scene.open();
  scene.openai.hear({ slow: 5_000 });
  const signal = AbortSignal.timeout(600);
  const error = await scene.understand([voiceNote(3), OGG], { signal }).then(() => null, (e) => e);
  assert.ok(error instanceof DOMException);
  assertEquals(await scene.money(), [225_000n, 0n, 0]);
});

Deno.test("PaidCalls.end() releases the hold of a transcription and books nothing when repeated", async () => {
  await using scene = await Scene.open();
  const { store } = scene.world.deps;
  const { deps } = scene.world;
  const paidCalls = new PaidCalls(deps);
  const call = await paidCalls.hold({
    tool: TOOL,
    ceiling: null,
    channel: "whatsapp",
    provider: "openai",
    model: "whisper-1",
    simulated: false,
    visitor: null,
    worst: 5n,
  });
  assertEquals((await scene.money()).slice(1), [5n, 1]);
  await paidCalls.end(store.processes.self, call, null);
  await paidCalls.end(store.processes.self, call, { usd: 5n, basis: "estimated" });
  assertEquals(await scene.money(), [0n, 0n, 0]);
  assertEquals(
    (await store.kv.get(meteringKeys.running(store.processes.self, call.turn))).value,
    null,
  );
});
