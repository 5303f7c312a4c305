import { startOpenAiSenses } from "@/tests/simulators/openai_senses.ts";
import { assert, assertEquals } from "@/tests/support/assert.ts";
import { voiceNote } from "@/tests/support/voice_note.ts";
import { openAiTranscriber } from "./transcriber.ts";
import { ProviderError } from "../provider.ts";

const recording = { type: "audio/ogg", bytes: voiceNote(1) };
const patient = () => new AbortController().signal;

function ears(baseUrl: string, timeoutMs?: number) {
  return openAiTranscriber({ apiKey: "sk-test", baseUrl, model: "whisper-1", timeoutMs });
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

Deno.test("openAiTranscriber() sends the recording unchanged and returns the text", async () => {
  await using openai = startOpenAiSenses();
  openai.hear({ text: " Grüße 🎤\n", seconds: 1 });
  const transcriber = ears(openai.url);
  assertEquals(await transcriber.transcribe(recording, patient()), {
    text: "Grüße 🎤",
    seconds: 1,
  });
  const [sent] = openai.heard;
  assertEquals([sent?.model, sent?.name, sent?.type], ["whisper-1", "voice.ogg", "audio/ogg"]);
  assertEquals(sent?.bytes, recording.bytes);
  openai.hear({ seconds: null });
  assertEquals((await transcriber.transcribe(recording, patient())).seconds, null);
});

Deno.test("openAiTranscriber() sends one request, and tells refusals from calls that may have been billed", async () => {
  await using openai = startOpenAiSenses();
  const transcriber = ears(openai.url);
  for (
    const [status, kind, maySpend] of [
      [400, "refused", false],
      [401, "refused", false],
      [429, "busy", false],
      [500, "down", false],
    ] as const
  ) {
    openai.hear({ status });
    const error = await fault(transcriber.transcribe(recording, patient()));
    assertEquals([error.fault, error.maySpend], [kind, maySpend], `${status}`);
    assert.doesNotMatch(error.message, /secret|sk-test/);
  }
  assertEquals(openai.heard.length, 4);
  openai.hear({ status: 200, body: "<!doctype html>" });
  const page = await fault(transcriber.transcribe(recording, patient()));
  assertEquals([page.fault, page.maySpend], ["broken", true]);
});

Deno.test("openAiTranscriber() ends at its timeout and on an abort", async () => {
  await using openai = startOpenAiSenses();
  openai.hear({ slow: 5_000 });
  const late = await fault(ears(openai.url, 150).transcribe(recording, patient()));
  assertEquals([late.fault, late.maySpend], ["timeout", true]);
  const given = await fault(ears(openai.url).transcribe(recording, AbortSignal.timeout(150)));
  assertEquals(given.maySpend, true);
  const before = openai.heard.length;
  const never = await fault(ears(openai.url).transcribe(recording, AbortSignal.abort()));
  assertEquals([never.maySpend, openai.heard.length], [false, before]);
});

Deno.test("openAiTranscriber() reports an unreachable server as not billed", async () => {
  const error = await fault(ears("http://127.0.0.1:1/v1").transcribe(recording, patient()));
  assertEquals([error.fault, error.maySpend], ["down", false]);
});

Deno.test("openAiTranscriber() sends hints of languages and terms only to the model that takes them", async () => {
  await using openai = startOpenAiSenses();
  const hints = { languages: ["sw", "en"], keywords: ["Yakobo", "kikapu"] };
  for (const model of ["gpt-transcribe", "whisper-1"]) {
    const transcriber = openAiTranscriber({ apiKey: "sk-test", baseUrl: openai.url, model });
    await transcriber.transcribe({ ...recording, hints }, patient());
    const nothing = { languages: [], keywords: [] };
    await transcriber.transcribe({ ...recording, hints: nothing }, patient());
  }
  assertEquals(
    openai.heard.map(({ languages, keywords }) => ({ languages, keywords })),
    [hints, ...Array(3).fill({ languages: [], keywords: [] })],
  );
});
