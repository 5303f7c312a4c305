import fc from "fast-check";
import { assert, assertEquals } from "@/tests/support/assert.ts";
import { concat } from "@/tests/support/picture_files.ts";
import { box, mp3Recording, mp4Recording, wavRecording } from "@/tests/support/recordings.ts";
import { SAMPLES } from "@/tests/support/media_samples.ts";
import { voiceNote } from "@/tests/support/voice_note.ts";
import { soundSeconds, soundType, soundTypeIn } from "./sound.ts";

/** Three seconds from Chromium's MediaRecorder, the first one with a pause. */
const recorded = (name: string) =>
  Deno.readFileSync(new URL(`../../../tests/fixtures/recorded.${name}`, import.meta.url));

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
  const fast = { claimed: 1, delta: 1, told: 65_535 };
  near(soundSeconds("audio/mp4", mp4Recording(60, fast)), 60);
  near(soundSeconds("audio/mp4", mp4Recording(4, { claimed: 500 })), 500);
  near(soundSeconds("audio/mp4", mp4Recording(4, { delta: 2_048 })), 8);
});

Deno.test("soundSeconds() measures what browsers record: WebM without a duration, MP4 in fragments", () => {
  near(soundSeconds("audio/webm", recorded("webm")), 3);
  near(soundSeconds("audio/mp4", recorded("mp4")), 3);
  // With another one behind it, cut before the sound, or as video.
  const webm = recorded("webm");
  for (const bytes of [new Uint8Array([...webm, ...webm]), webm.subarray(0, 100)]) {
    assertEquals(soundSeconds("audio/webm", bytes), null);
  }
  // An element that is longer than the file, over much that could be sound.
  const hidden = new Uint8Array(webm.length + 20_000);
  hidden.set(webm);
  hidden.set([0xec, 0x08, 0x7f, 0xff, 0xff, 0xff], webm.length);
  assertEquals(soundSeconds("audio/webm", hidden), null);
  const video = webm.slice();
  const kind = video.findIndex((byte, i) => byte === 0x83 && video[i + 1] === 0x81);
  video[kind + 2] = 1;
  assertEquals(soundSeconds("audio/webm", video), null);
});

Deno.test("soundSeconds() measures a recording that is cut off anywhere, and never more of less", () => {
  for (const kind of ["webm", "mp4"]) {
    const whole = recorded(kind);
    let before = 0;
    for (let end = 0; end <= whole.length; end += 97) {
      const seconds = soundSeconds(`audio/${kind}`, whole.subarray(0, end)) ?? 0;
      assert.ok(seconds >= before && seconds <= 3.1, `${kind} ${end}: ${seconds} after ${before}`);
      before = seconds;
    }
    assert.ok(before > 2.8, `${before}`);
  }
});

Deno.test("soundSeconds() is not deceived by times that a recording's header understates", () => {
  const webm = recorded("webm");
  const scale = webm.findIndex((byte, i) =>
    byte === 0x2a && webm[i + 1] === 0xd7 && webm[i + 2] === 0xb1
  );
  assert.ok(scale > 0);
  webm.fill(0, scale + 4, scale + 7);
  near(soundSeconds("audio/webm", webm), 3);
  const mp4 = recorded("mp4");
  const letters = new TextDecoder("latin1").decode(mp4);
  const bytes = new DataView(mp4.buffer);
  for (const { index } of letters.matchAll(/trun/g)) {
    const [flags, count] = [bytes.getUint32(index + 4), bytes.getUint32(index + 8)];
    const each = 4 * [0x100, 0x200, 0x400, 0x800].filter((flag) => flags & flag).length;
    const from = index + 12 + 4 * [0x1, 0x4].filter((flag) => flags & flag).length;
    if (flags & 0x100) { for (let i = 0; i < count; i++) bytes.setUint32(from + i * each, 0); }
  }
  for (const { index } of letters.matchAll(/tfdt/g)) mp4.fill(0, index + 8, index + 16);
  const seconds = soundSeconds("audio/mp4", mp4);
  assert.ok(seconds !== null && seconds > 0.1 && seconds < 3, String(seconds));
});

Deno.test("soundSeconds() is null for a WebM codec of megabytes, and for more MP4 boxes than are read", () => {
  const webm = recorded("webm");
  const codec = webm.findIndex((byte, i) => byte === 0x86 && webm[i + 2] === 0x41);
  assert.ok(codec > 0);
  const long = new Uint8Array(webm.length + 2_000_000);
  long.set(webm.subarray(0, codec));
  long.set([0x86, 0x08, 0x1e, 0x84, 0x80], codec);
  assertEquals(soundSeconds("audio/webm", long), null);
  // Sound behind many empty boxes would be decoded, but not measured.
  const mp4 = recorded("mp4");
  const free = new Uint8Array(8 * 100_000);
  for (let at = 0; at < free.length; at += 8) free.set([0, 0, 0, 8, 0x66, 0x72, 0x65, 0x65], at);
  const more = mp4.subarray(new TextDecoder("latin1").decode(mp4).lastIndexOf("moof") - 4);
  const whole = concat(mp4, free, more);
  assertEquals(soundSeconds("audio/mp4", whole), null);
});

Deno.test("soundSeconds() is null for files of more parts than recordings have", () => {
  const mp3 = mp3Recording(2), noise = new Uint8Array(1_000_001);
  near(soundSeconds("audio/mpeg", concat(mp3, noise.subarray(1, 100_000), mp3)), 4);
  assert.ok(soundSeconds("audio/mpeg", concat(mp3, noise.subarray(1), mp3)) !== null);
  assertEquals(soundSeconds("audio/mpeg", concat(mp3, noise, mp3)), null);
  const webm = recorded("webm"), empty = new Uint8Array(2 * 500_000);
  for (let at = 0; at < empty.length; at += 2) empty.set([0xec, 0x80], at);
  near(soundSeconds("audio/webm", concat(webm, empty.subarray(0, 100_000))), 3);
  assert.ok(soundSeconds("audio/webm", concat(webm, empty.subarray(0, 900_000))) !== null);
  assertEquals(soundSeconds("audio/webm", concat(webm, empty)), null);
  // Pages without packets, behind a whole voice note.
  const note = voiceNote(2), page = note.slice(0, 27);
  page[26] = 0;
  const pages = new Uint8Array(27 * 500_000);
  for (let at = 0; at < pages.length; at += 27) pages.set(page, at);
  near(soundSeconds("audio/ogg", concat(note, pages.subarray(0, 27_000))), 2);
  assertEquals(soundSeconds("audio/ogg", concat(note, pages)), null);
});

Deno.test("soundSeconds() counts at least what the bytes of a file can hold, whatever it says of them", () => {
  const megabyte = new Uint8Array(1_000_000);
  // The figures of a header: 192 kHz of eight channels for a tenth of a second of noise.
  const wav = wavRecording(0.1, { rate: 192_000, channels: 8 });
  near(soundSeconds("audio/wav", wav), wav.length / 192_000);
  const mp4 = concat(mp4Recording(1), box("free", megabyte));
  near(soundSeconds("audio/mp4", mp4), mp4.length / 72_000);
  // A tag over frames of sound.
  const tag = Uint8Array.of(0x49, 0x44, 0x33, 4, 0, 0, 0, 0x3d, 0x09, 0);
  const mp3 = concat(tag, mp3Recording(62.5).subarray(0, 1_000_000), mp3Recording(1));
  near(soundSeconds("audio/mpeg", mp3), mp3.length / 56_000);
  const webm = recorded("webm");
  const hidden = concat(webm, Uint8Array.of(0xec, 0x10, 0x0f, 0x42, 0x40), megabyte);
  near(soundSeconds("audio/webm", hidden), hidden.length / 63_750);
  // Packets of no frames.
  const note = voiceNote(5, { toc: 3, count: 0, packetMs: 1, size: 250 });
  near(soundSeconds("audio/ogg", note), note.length / 63_750);
});

Deno.test("soundSeconds() believes no voice note that skips more of its beginning than encoders do", () => {
  const note = voiceNote(1);
  const head = new TextDecoder("latin1").decode(note).indexOf("OpusHead");
  new DataView(note.buffer).setUint16(head + 10, 65_535, true);
  near(soundSeconds("audio/ogg", note), 0.9);
});

Deno.test("soundTypeIn() knows the formats by their contents", () => {
  assertEquals(
    [voiceNote(1), mp3Recording(1), mp3Recording(1, { tag: 50 }), mp4Recording(1)].map(soundTypeIn),
    ["audio/ogg", "audio/mpeg", "audio/mpeg", "audio/mp4"],
  );
  assertEquals(soundTypeIn(recorded("webm")), "audio/webm");
  assertEquals(soundTypeIn(SAMPLES.wav), "audio/wav");
  const { jpeg, png, aac, pdf, html } = SAMPLES;
  assertEquals(
    [jpeg, png, aac, pdf, html, new Uint8Array()].map(soundTypeIn),
    Array(6).fill(null),
  );
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
  for (const type of ["audio/amr", "audio/aac", "audio/3gpp", "audio/flac", "video/mp4", ""]) {
    assertEquals([soundType(type), soundSeconds(type, mp3Recording(1))], [null, null]);
  }
  assertEquals(soundType("audio/mp3"), "audio/mpeg");
});

Deno.test("soundSeconds() gives a duration or null for any bytes, and never less for more audio", () => {
  const type = fc.constantFrom("audio/ogg", "audio/mpeg", "audio/mp4", "audio/webm", "fragments");
  const files = {
    "audio/webm": recorded("webm"),
    "fragments": recorded("mp4"),
    "audio/ogg": voiceNote(2),
    "audio/mpeg": mp3Recording(2),
    "audio/mp4": mp4Recording(2),
  };
  const noise = fc.uint8Array({ maxLength: 600 });
  const change = fc.tuple(fc.nat(), fc.nat(255));
  fc.assert(fc.property(type, noise, fc.array(change, { maxLength: 5 }), (type, noise, changes) => {
    const file = files[type].slice();
    for (const [at, to] of changes) file[at % file.length] = to;
    for (const bytes of [noise, file]) {
      const seconds = soundSeconds(type === "fragments" ? "audio/mp4" : type, bytes);
      assert.ok(seconds === null || (Number.isFinite(seconds) && seconds >= 0), String(seconds));
    }
  }));
});
