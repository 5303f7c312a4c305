import fc from "fast-check";
import { AppError } from "../../platform/errors.ts";
import { assert, assertEquals, assertRejects } from "@/tests/support/assert.ts";
import { readForm, readJson, readText } from "./body.ts";

function post(body: BodyInit | null, headers: Record<string, string> = {}): Request {
  return new Request("http://localhost/", { method: "POST", body, headers });
}

/** A body in these pieces; counts those taken. */
function pieces(all: readonly Uint8Array[]) {
  const seen = { taken: 0, cancelled: false };
  const body = new ReadableStream<Uint8Array>({
    pull(controller) {
      const piece = all[seen.taken++];
      if (piece) controller.enqueue(new Uint8Array(piece));
      else controller.close();
    },
    cancel: () => void (seen.cancelled = true),
  }, { highWaterMark: 0 });
  return { request: post(body), seen };
}

async function kindOf(run: Promise<unknown>): Promise<string> {
  const error = await assertRejects(() => run);
  return error instanceof AppError ? error.kind : error.name;
}

Deno.test("readText() accepts a body up to the limit, to the byte", async () => {
  assertEquals(await readText(post("x".repeat(100)), 100), "x".repeat(100));
  assertEquals(await kindOf(readText(post("x".repeat(101)), 100)), "too_large");
  assertEquals(await kindOf(readText(post("é".repeat(51)), 100)), "too_large");
  assertEquals(await readText(post(null), 100), "");
});

Deno.test("readText() ends at the first excess byte, whatever the announced length", async () => {
  const endless = pieces(Array.from({ length: 1_000 }, () => new Uint8Array(50)));
  assertEquals(await kindOf(readText(endless.request, 100)), "too_large");
  assertEquals(endless.seen.taken, 3);
  assertEquals(endless.seen.cancelled, true);
  assertEquals(await kindOf(readText(post("x", { "content-length": "101" }), 100)), "too_large");
});

Deno.test("readText() refuses invalid UTF-8", async () => {
  assertEquals(await kindOf(readText(post(new Uint8Array([0x61, 0xff])), 100)), "invalid");
  assertEquals(await kindOf(readText(post(new Uint8Array([0xe2, 0x82])), 100)), "invalid");
});

Deno.test("readText() joins characters split anywhere", async () => {
  await fc.assert(fc.asyncProperty(
    fc.string({ unit: "grapheme", maxLength: 20 }),
    fc.integer({ min: 1, max: 5 }),
    async (text, size) => {
      const bytes = new TextEncoder().encode(text);
      const parts: Uint8Array[] = [];
      for (let i = 0; i < bytes.length; i += size) parts.push(bytes.subarray(i, i + size));
      assertEquals(await readText(pieces(parts).request, 1_000), text);
    },
  ));
});

Deno.test("readJson() refuses invalid JSON, without quoting it", async () => {
  const type = { "content-type": "application/json; charset=utf-8" };
  assertEquals(await readJson(post('{"a":[1]}', type), 100), { a: [1] });
  for (const text of ["", "{", "NaN", "{'a':1}"]) {
    const error = await assertRejects(() => readJson(post(text, type), 100), "request.no_json");
    assert.ok(!error.message.includes("position"), error.message);
  }
});

Deno.test("readJson() requires a JSON content type", async () => {
  for (const type of ["text/plain", "application/x-www-form-urlencoded", "application/jsonp", ""]) {
    const request = post("{}", { "content-type": type });
    assertEquals(await kindOf(readJson(request, 100)), "wrong_type", type);
  }
});

Deno.test("readForm() accepts forms only", async () => {
  const type = { "content-type": "application/x-www-form-urlencoded; charset=UTF-8" };
  const form = await readForm(post("message=a+b%20%C3%A9", type), 100);
  assertEquals(form.get("message"), "a b é");
  for (const other of ["text/plain", "multipart/form-data; boundary=x", "application/json"]) {
    assertEquals(await kindOf(readForm(post("a=1", { "content-type": other }), 100)), "invalid");
  }
});
