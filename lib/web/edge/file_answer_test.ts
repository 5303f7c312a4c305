import fc from "fast-check";
import { fileAnswer } from "./file_answer.ts";
import { assertEquals } from "@/tests/support/assert.ts";

const bytes = (length: number) => Uint8Array.from({ length }, (_, n) => n % 256);
const asked = (range: string | null, method = "GET") =>
  new Request("http://localhost/", { method, headers: range === null ? {} : { range } });

Deno.test("fileAnswer() answers any range with those bytes, and parts in a row make the whole", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.integer({ min: 1, max: 400 }),
      fc.integer({ min: 1, max: 90 }),
      async (size, step) => {
        const file = { type: "audio/webm", bytes: bytes(size) };
        const parts: number[] = [];
        for (let at = 0; at < size; at += step) {
          const answer = fileAnswer(asked(`bytes=${at}-${at + step - 1}`), file);
          assertEquals(answer.status, 206);
          const last = Math.min(size, at + step) - 1;
          assertEquals(answer.headers.get("content-range"), `bytes ${at}-${last}/${size}`);
          parts.push(...new Uint8Array(await answer.arrayBuffer()));
        }
        assertEquals(new Uint8Array(parts), file.bytes);
        const tail = fileAnswer(asked(`bytes=-${step}`), file);
        assertEquals(new Uint8Array(await tail.arrayBuffer()), file.bytes.slice(-step));
        const rest = fileAnswer(asked(`bytes=${size - 1}-`), file);
        assertEquals(new Uint8Array(await rest.arrayBuffer()), file.bytes.slice(-1));
        const beyond = fileAnswer(asked(`bytes=${size}-`), file);
        assertEquals([beyond.status, beyond.headers.get("content-range")], [
          416,
          `bytes */${size}`,
        ]);
      },
    ),
  );
});

Deno.test("fileAnswer() sends the whole file for no range, several, or a wrong one; its type is never guessed", async () => {
  const file = { type: "audio/ogg", bytes: bytes(50) };
  for (const range of [null, "bytes=0-1,4-5", "bytes=9-3", "bytes=-", "lines=1-2", "bytes=a-b"]) {
    const answer = fileAnswer(asked(range), file);
    assertEquals([answer.status, new Uint8Array(await answer.arrayBuffer())], [200, file.bytes]);
    assertEquals(answer.headers.get("x-content-type-options"), "nosniff");
    assertEquals(answer.headers.get("content-type"), "audio/ogg");
  }
  const head = fileAnswer(asked("bytes=0-1", "HEAD"), file);
  assertEquals([head.status, head.headers.get("content-length")], [200, "50"]);
});
