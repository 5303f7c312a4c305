import fc from "fast-check";
import { assert, assertEquals } from "@/tests/support/assert.ts";
import { voiceNote } from "@/tests/support/voice_note.ts";
import { opusSeconds } from "./opus.ts";

const close = (actual: number | null, expected: number) =>
  assert.ok(actual !== null && Math.abs(actual - expected) < 0.07, `${actual} for ${expected}`);

Deno.test("opusSeconds() is the duration of a voice note", () => {
  for (const seconds of [0.06, 1.2, 61.2, 600]) close(opusSeconds(voiceNote(seconds)), seconds);
  close(opusSeconds(voiceNote(3, { size: 300 })), 3);
  close(opusSeconds(voiceNote(3, { size: 255 })), 3);
});

Deno.test("opusSeconds() reads the frames of every coder", () => {
  // 20 ms of CELT twice, 2.5 ms alone, 10 ms of hybrid three times, 40 ms of SILK twice.
  for (
    const [toc, count, packetMs] of [
      [(31 << 3) | 1, 0, 40],
      [(16 << 3) | 0, 0, 2.5],
      [(12 << 3) | 3, 3, 30],
      [(2 << 3) | 2, 0, 80],
    ] as const
  ) close(opusSeconds(voiceNote(2.4, { toc, count, packetMs, claimed: 0 })), 2.4);
});

Deno.test("opusSeconds() ignores a header that understates the duration, not one that overstates it", () => {
  close(opusSeconds(voiceNote(30, { claimed: 1 })), 30);
  close(opusSeconds(voiceNote(1, { claimed: 30 })), 30);
});

Deno.test("opusSeconds() is null for anything but one complete Opus stream", () => {
  const note = voiceNote(2);
  assertEquals(opusSeconds(new Uint8Array()), null);
  assertEquals(opusSeconds(new TextEncoder().encode("<!doctype html>")), null);
  assertEquals(opusSeconds(note.subarray(0, note.length - 1)), null);
  assertEquals(opusSeconds(new Uint8Array([...note, 0])), null);
  const vorbis = note.slice();
  vorbis.set(new TextEncoder().encode("\x01vorbis"), 28);
  assertEquals(opusSeconds(vorbis), null);
  const other = voiceNote(1);
  other[14] = 8;
  assertEquals(opusSeconds(new Uint8Array([...note, ...other])), null);
});

Deno.test("opusSeconds() never throws and always ends, for any bytes", () => {
  const note = voiceNote(0.6);
  fc.assert(fc.property(fc.uint8Array({ maxLength: 400 }), fc.nat(), (noise, at) => {
    const broken = note.slice();
    broken.set(noise.subarray(0, 40), at % (note.length - 40));
    for (const bytes of [noise, broken]) {
      const seconds = opusSeconds(bytes);
      assert.ok(seconds === null || seconds >= 0);
    }
  }));
});
