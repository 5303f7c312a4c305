import { readConfig } from "@/lib/config.ts";
import { HttpClient } from "@/lib/platform/http_client.ts";
import { startSpeechServer } from "@/tests/simulators/speech_server.ts";
import { assert, assertEquals } from "@/tests/support/assert.ts";
import { voiceNote } from "@/tests/support/voice_note.ts";
import { ProviderError } from "../provider.ts";
import { openAiSpeech } from "./openai_speech.ts";
import { createSpeaker } from "./speaker.ts";

const patient = () => new AbortController().signal;
const http = new HttpClient();

function speakerOf(url: string, env: Record<string, string> = {}) {
  const settings = { LLM_SPEECH_URL: url, LLM_SPEECH_MODEL: "tts-1", LLM_SPEECH_VOICE: "alloy" };
  const speaker = createSpeaker(readConfig({ ...settings, ...env }), http);
  assert.ok(speaker);
  return speaker;
}

async function fault(run: Promise<unknown>): Promise<ProviderError> {
  try {
    await run;
  } catch (error) {
    assert.ok(error instanceof ProviderError, String(error));
    return error;
  }
  throw new Error("It did not fail");
}

Deno.test("createSpeaker() finds the endpoint from each form of its address, and the language's voice", async () => {
  await using server = startSpeechServer();
  const voices = { LLM_SPEECH_VOICE: "es=ef_dora,af_heart, hi=hf_alpha", LLM_SPEECH_KEY: "k-1" };
  for (const path of ["", "/", "/v1", "/v1/", "/v1/audio/speech"]) {
    const speaker = speakerOf(server.url + path, voices);
    assertEquals([speaker.name, speaker.own], ["speech", true], path);
    assertEquals(await speaker.speak("Hola.", "es", patient()), voiceNote(4), path);
  }
  for (const language of ["hi", "en", "sw"] as const) {
    await speakerOf(server.url, voices).speak("Hi.", language, patient());
  }
  assertEquals(server.asked.map(({ body }) => body.voice), [
    ...Array(5).fill("ef_dora"),
    "hf_alpha",
    "af_heart",
    "af_heart",
  ]);
  assertEquals(new Set(server.asked.map((each) => each.authorization)), new Set(["Bearer k-1"]));
});

Deno.test("createSpeaker() knows OpenAI and own servers by their address", () => {
  const kind = (url: string) => {
    const { name, own } = speakerOf(url);
    return [name, own];
  };
  assertEquals(kind("https://api.openai.com/v1"), ["openai", false]);
  assertEquals(kind("https://api.openai.com.evil.example/v1"), ["speech", false]);
  assertEquals(kind("https://tts.example.org"), ["speech", false]);
  assertEquals(kind("http://kokoro:8880"), ["speech", true]);
  assertEquals(kind("http://10.1.2.3:8880/v1"), ["speech", true]);
});

Deno.test("createSpeaker() is null until address, model and voice are set", () => {
  const all = { LLM_SPEECH_URL: "http://a", LLM_SPEECH_MODEL: "m", LLM_SPEECH_VOICE: "v" };
  for (const key of Object.keys(all)) {
    const config = readConfig({ ...all, [key]: "" });
    assertEquals(createSpeaker(config, http), null, key);
    const warning = `Spoken replies on WhatsApp are off: they need ${key} as well`;
    assert.ok(config.warnings.includes(warning), config.warnings.join());
  }
  assert.ok(!readConfig(all).warnings.some((each) => each.includes("Spoken")));
});

Deno.test("openAiSpeech() sends one request, and tells refusals from calls that may have been billed", async () => {
  await using server = startSpeechServer();
  const speaker = speakerOf(server.url);
  const speak = () => fault(speaker.speak("Secret words.", "en", patient()));
  for (
    const [status, kind, retryable, maySpend] of [
      [400, "refused", false, false],
      [401, "refused", false, false],
      [429, "busy", true, false],
      [503, "down", true, false],
    ] as const
  ) {
    server.speak({ status });
    const error = await speak();
    assertEquals([error.fault, error.retryable, error.maySpend], [kind, retryable, maySpend]);
    assert.doesNotMatch(error.message, /secret/i);
  }
  assertEquals(server.asked.length, 4);
  server.speak({ status: 200, cut: true });
  assertEquals((await speak()).maySpend, true);
  server.speak({ cut: false, body: new Uint8Array((8 << 20) + 1) });
  assert.match((await speak()).message, /more than a voice note holds/);
  assertEquals(server.asked.length, 6);
});

Deno.test("openAiSpeech() ends at its time limit and on an abort", async () => {
  await using server = startSpeechServer();
  server.speak({ slow: 5_000 });
  const url = new URL(`${server.url}/v1/audio/speech`);
  const options = { url, company: "It", key: undefined, model: "m", http };
  const said = { text: "Hi.", voice: "v" };
  const late = await fault(openAiSpeech({ ...options, timeoutMs: 150 })(said, patient()));
  assertEquals([late.fault, late.maySpend], ["timeout", true]);
  const aborted = await fault(openAiSpeech(options)(said, AbortSignal.timeout(150)));
  assertEquals(aborted.maySpend, true);
  const before = server.asked.length;
  const never = await fault(openAiSpeech(options)(said, AbortSignal.abort()));
  assertEquals([never.maySpend, server.asked.length], [false, before]);
  const unreachable = await fault(
    openAiSpeech({ ...options, url: new URL("http://127.0.0.1:1/x") })(said, patient()),
  );
  assertEquals([unreachable.fault, unreachable.maySpend], ["down", false]);
});
