import fc from "fast-check";
import { assertEquals } from "@/tests/support/assert.ts";
import { imageInfo, logoProblem } from "./logo.ts";
import { PICTURES } from "@/tests/support/pictures.ts";

Deno.test("imageInfo() reads type and size from the bytes of PNG, JPEG and WebP", () => {
  for (const [type, bytes] of Object.entries(PICTURES)) {
    assertEquals(
      imageInfo(bytes),
      { type: `image/${type.split(" ")[0]}`, width: 3, height: 2 },
      type,
    );
    assertEquals(logoProblem(bytes, imageInfo(bytes)), null);
  }
});

Deno.test("imageInfo() rejects any other file, and never throws for any bytes", () => {
  const other = (text: string) => imageInfo(new TextEncoder().encode(text.padEnd(64)));
  assertEquals(other('<svg xmlns="http://www.w3.org/2000/svg" width="3" height="2"></svg>'), null);
  assertEquals(other("GIF89a\x03\0\x02\0"), null);
  assertEquals(other("<script>alert(1)</script>"), null);
  const starts = Object.values(PICTURES).map((bytes) => [...bytes.subarray(0, 24)]);
  fc.assert(
    fc.property(fc.constantFrom([], ...starts), fc.uint8Array({ maxLength: 80 }), (start, rest) => {
      const bytes = Uint8Array.from([...start, ...rest]);
      const found = imageInfo(bytes);
      return found === null || (found.width > 0 && found.height > 0);
    }),
    { numRuns: 2_000 },
  );
});

Deno.test("logoProblem() names the exceeded limit", () => {
  const picture = { type: "image/png", width: 1025, height: 8 } as const;
  assertEquals(
    logoProblem(new Uint8Array(10), picture),
    "The picture has 1025 × 8 pixels: at most 1024 on each side are taken.",
  );
  assertEquals(
    logoProblem(new Uint8Array(48 * 1024 + 1), picture),
    "The file is too large: at most 48 KiB are taken.",
  );
  assertEquals(logoProblem(new Uint8Array(10), null), "This is no PNG, JPEG or WebP picture.");
});
