import fc from "fast-check";
import { assert, assertEquals } from "@/tests/support/assert.ts";
import { box, mp3Recording, mp4Recording } from "@/tests/support/recordings.ts";
import { voiceNote } from "@/tests/support/voice_note.ts";
import { soundSeconds, soundType } from "./sound.ts";

const near = (seconds: number | null, wanted: number) =>
  assert.ok(seconds !== null && Math.abs(seconds - wanted) < 0.1, `${seconds} for ${wanted}`);

Deno.test("soundSeconds() measures Ogg, MP3 and MP4 by their contents", () => {
  near(soundSeconds("audio/ogg", voiceNote(4)), 4);
  near(soundSeconds("audio/mpeg", mp3Recording(4)), 4);
  near(soundSeconds("audio/mp3", mp3Recording(4, { tag: 500 })), 4);
  near(soundSeconds("audio/mp4", mp4Recording(4)), 4);
  near(soundSeconds("audio/x-m4a", mp4Recording(4)), 4);
  // An understated duration is ignored, an overstated one is not reduced.
  near(soundSeconds("audio/mp4", mp4Recording(60, { claimed: 1, delta: 1 })), 60);
  near(soundSeconds("audio/mp4", mp4Recording(4, { claimed: 500 })), 500);
  near(soundSeconds("audio/mp4", mp4Recording(4, { delta: 2_048 })), 8);
});

Deno.test("soundSeconds() is null for other formats", () => {
  for (
    const file of [
      mp4Recording(4, { codec: "Opus" }),
      mp4Recording(4, { handler: "vide" }),
      mp4Recording(4, { tracks: 2 }),
      mp4Recording(4, { tracks: 0 }),
      mp4Recording(4, { more: box("moof", new Uint8Array(8)) }),
      mp4Recording(4).subarray(0, 400),
      new Uint8Array(0),
      mp3Recording(4),
    ]
  ) assertEquals(soundSeconds("audio/mp4", file), null);
  assertEquals(soundSeconds("audio/mpeg", mp3Recording(0.03)), null);
  assertEquals(soundSeconds("audio/mpeg", mp4Recording(1).subarray(0, 20)), null);
  for (const type of ["audio/amr", "audio/aac", "audio/3gpp", "audio/wav", "video/mp4", ""]) {
    assertEquals([soundType(type), soundSeconds(type, mp3Recording(1))], [null, null]);
  }
  assertEquals(soundType("audio/mp3"), "audio/mpeg");
});

Deno.test("soundSeconds() gives a duration or null for any bytes, and never less for more audio", () => {
  const type = fc.constantFrom("audio/ogg", "audio/mpeg", "audio/mp4");
  const files = {
    "audio/ogg": voiceNote(2),
    "audio/mpeg": mp3Recording(2),
    "audio/mp4": mp4Recording(2),
  };
  const noise = fc.uint8Array({ maxLength: 600 });
  const change = fc.tuple(fc.nat(), fc.nat(255));
  fc.assert(fc.property(type, noise, fc.array(change, { maxLength: 5 }), (type, noise, changes) => {
    const known = type === "audio/ogg" || type === "audio/mpeg" ? type : "audio/mp4";
    const file = files[known].slice();
    for (const [at, to] of changes) file[at % file.length] = to;
    for (const bytes of [noise, file]) {
      const seconds = soundSeconds(type, bytes);
      assert.ok(seconds === null || (Number.isFinite(seconds) && seconds >= 0), String(seconds));
    }
  }));
});
