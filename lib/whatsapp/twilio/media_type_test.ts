import fc from "fast-check";
import { assert, assertEquals } from "@/tests/support/assert.ts";
import { SAMPLES } from "@/tests/support/media_samples.ts";
import { mediaType } from "./media_type.ts";

const cases: [keyof typeof SAMPLES, string, string | null][] = [
  ["jpeg", "image/jpeg", "image/jpeg"],
  ["png", "image/jpeg", "image/png"],
  ["gif", "image/gif", "image/gif"],
  ["webp", "image/webp", "image/webp"],
  ["ogg", "audio/ogg; codecs=opus", "audio/ogg"],
  ["ogg", "video/ogg", "video/ogg"],
  ["amr", "audio/amr", "audio/amr"],
  ["mp3", "audio/mpeg", "audio/mpeg"],
  ["mp3Frame", "audio/mpeg", "audio/mpeg"],
  ["aac", "audio/aac", "audio/aac"],
  ["wav", "audio/x-wav", "audio/x-wav"],
  ["mp4", "video/mp4", "video/mp4"],
  ["mp4", "audio/mp4", "audio/mp4"],
  ["m4a", "audio/mp4", "audio/mp4"],
  ["threeGp", "video/3gpp", "video/3gpp"],
  ["pdf", "application/pdf", "application/pdf"],
  ["png", "application/octet-stream", "image/png"],
  ["png", "", "image/png"],
  ["vcard", "text/vcard", "text/vcard"],
  ["html", "image/png", null],
  ["html", "audio/ogg", null],
  ["html", "application/pdf", null],
  ["pdf", "image/jpeg", null],
  ["png", "audio/ogg", null],
  ["ogg", "image/png", null],
];

for (const [sample, declared, expected] of cases) {
  Deno.test(`mediaType() of ${sample} declared "${declared}" is ${expected}`, () => {
    assertEquals(mediaType(SAMPLES[sample], declared), expected);
  });
}

Deno.test("mediaType() is no image type without an image's signature", () => {
  const declared = fc.constantFrom("image/png", "image/jpeg", "image/svg+xml", "IMAGE/PNG");
  fc.assert(fc.property(fc.uint8Array(), declared, (bytes, type) => {
    const shown = mediaType(bytes, type);
    assert.ok(shown === null || bytes.length >= 3);
    assert.notEqual(shown, "image/svg+xml");
  }));
});
