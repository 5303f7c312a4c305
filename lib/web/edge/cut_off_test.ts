import { assert, assertEquals, assertRejects } from "@/tests/support/assert.ts";
import { until } from "@/tests/support/wait.ts";
import { CutOff, cutOff } from "./cut_off.ts";
import { eventStream } from "./stream.ts";

const NO_FEED = { take: () => [], ended: false, close: () => {} };
/** Longer than an idle runtime takes for a piece. */
const LATE_MS = 300;

Deno.test("cutOff() fails a stream after a late reader has taken what was enqueued", async () => {
  const stream = new ReadableStream<string>({
    start(controller) {
      for (const piece of ["one", "two"]) controller.enqueue(piece);
      cutOff(controller, 2);
    },
  }, { highWaterMark: 2 });
  const reader = stream.getReader();
  await new Promise((done) => setTimeout(done, LATE_MS));
  assertEquals((await reader.read()).value, "one");
  assertEquals((await reader.read()).value, "two");
  const error = await assertRejects(() => reader.read(), "The connection is closed");
  assert.ok(error instanceof CutOff);
});

Deno.test("cutOff() does not wait for a reader that takes nothing", async () => {
  const stream = new ReadableStream<string>({
    start(controller) {
      controller.enqueue("never read");
      cutOff(controller);
    },
  });
  const reader = stream.getReader();
  let over = false;
  reader.closed.catch(() => over = true);
  await until("the end", () => over);
});

for (const gzip of [false, true]) {
  Deno.test(`eventStream() that gives way says when to reconnect, to a late reader, gzip ${gzip}`, async () => {
    let giveWay = () => {};
    const { body } = eventStream(() => NO_FEED, {
      admit: (end) => {
        giveWay = end;
        return () => {};
      },
      gzip,
      language: "en",
    });
    assert.ok(body);
    giveWay();
    await new Promise((done) => setTimeout(done, LATE_MS));
    const plain = gzip ? body.pipeThrough(new DecompressionStream("gzip")) : body;
    const reader = plain.pipeThrough(new TextDecoderStream()).getReader();
    assertEquals((await reader.read()).value, "retry: 30000\n\n");
    await reader.cancel().catch(() => {});
  });
}
