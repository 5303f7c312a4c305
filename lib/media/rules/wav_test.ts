import { assert, assertEquals } from "@/tests/support/assert.ts";
import { concat } from "@/tests/support/picture_files.ts";
import { wavRecording } from "@/tests/support/recordings.ts";
import { soundSeconds, soundTypeIn } from "./sound.ts";
import { wavSeconds } from "./wav.ts";

Deno.test("wavSeconds() measures by the bytes of the samples", () => {
  assertEquals(wavSeconds(wavRecording(2.5)), 2.5);
  assertEquals(wavSeconds(wavRecording(1.5, { rate: 44_100, channels: 2 })), 1.5);
  const wav = wavRecording(1);
  assertEquals([soundTypeIn(wav), soundSeconds("audio/wav", wav)], ["audio/wav", 1]);
  assertEquals(soundTypeIn(concat(wav.slice(0, 8), new TextEncoder().encode("WEBPVP8 "))), null);
});

Deno.test("wavSeconds() counts all samples there are, whatever the header says of their size", () => {
  const wav = wavRecording(2);
  for (const size of [0, 0xffffffff]) {
    new DataView(wav.buffer).setUint32(40, size, true);
    assertEquals(wavSeconds(wav), 2);
  }
  // A size below the truth leaves more samples, in chunks of any name: they are not played either.
  const note = Uint8Array.of(...new TextEncoder().encode("LIST"), 4, 0, 0, 0, 1, 2, 3, 4);
  assertEquals(wavSeconds(concat(wavRecording(2), note)), 2);
  const second = wavRecording(1).slice(36);
  assertEquals(wavSeconds(concat(wavRecording(2), second)), 3);
});

Deno.test("wavSeconds() is null for compressed sound, contradictions and no sound", () => {
  const changed = (at: number, value: number, wide = false) => {
    const wav = wavRecording(1);
    const view = new DataView(wav.buffer);
    if (wide) view.setUint32(at, value, true);
    else view.setUint16(at, value, true);
    return wavSeconds(wav);
  };
  assertEquals(changed(20, 0x11), null, "ADPCM");
  assertEquals(changed(22, 0), null, "no channel");
  assertEquals(changed(24, 0, true), null, "no rate");
  assertEquals(changed(24, 4_000_000_000, true), null, "4 GHz");
  assertEquals(wavSeconds(wavRecording(0.1, { rate: 192_001 })), null, "more than 192 kHz");
  assertEquals(wavSeconds(wavRecording(0.1, { channels: 9 })), null, "nine channels");
  assertEquals(wavSeconds(wavRecording(0.1, { rate: 192_000, channels: 8 })), 0.1);
  assertEquals(changed(32, 8), null, "a frame of another size");
  assertEquals(changed(34, 12), null, "bits that fill no byte");
  assertEquals(wavSeconds(wavRecording(0)), null);
  assertEquals(wavSeconds(new Uint8Array(12)), null);
  const wav = wavRecording(1);
  assertEquals(wavSeconds(concat(wav, wav.slice(12, 36))), null, "two formats");
  assertEquals(wavSeconds(concat(wav.slice(0, 12), wav.slice(36))), null, "no format");
});

Deno.test("wavSeconds() ends for any bytes, and reads a bounded number of chunks", () => {
  for (let end = 0; end < 60; end++) {
    const seconds = wavSeconds(wavRecording(1).slice(0, end));
    assert.ok(seconds === null || seconds < 1);
  }
  const chunks = new Uint8Array(8 * 1_001);
  assertEquals(wavSeconds(concat(wavRecording(1), chunks)), null);
});
