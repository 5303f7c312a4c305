import { deepStrictEqual as equal } from "node:assert/strict";
import fc from "fast-check";
import { encodeSse, SseDecoder, type SseEvent } from "./sse.ts";

const decode = (...pieces: string[]) => {
  const decoder = new SseDecoder();
  return pieces.flatMap((piece) => decoder.push(piece));
};
const message = (data: string, id = ""): SseEvent => ({ event: "message", data, id });

/** Reference implementation of the standard over a whole stream. */
function reference(stream: string): SseEvent[] {
  const lines = stream.replace(/^\uFEFF/, "").split(/\r\n|\n|\r/).slice(0, -1);
  const events: SseEvent[] = [];
  let data: string[] = [], event = "", id = "";
  for (const line of lines) {
    if (line === "") {
      if (data.length > 0) events.push({ event: event || "message", data: data.join("\n"), id });
      data = [];
      event = "";
      continue;
    }
    const [, field, value = ""] = /^([^:]*)(?:: ?(.*))?$/s.exec(line) ?? [];
    if (field === "data") data.push(value);
    if (field === "event") event = value;
    if (field === "id" && !value.includes("\0")) id = value;
  }
  return events;
}

Deno.test("SseDecoder reads the standard's examples", () => {
  equal(decode("data: YHOO\ndata: +2\ndata: 10\n\n"), [message("YHOO\n+2\n10")]);
  equal(
    decode(": test stream\n\ndata: first event\nid: 1\n\ndata:second event\nid\n\ndata:  third\n"),
    [message("first event", "1"), message("second event")],
  );
  equal(decode("data\n\ndata\ndata\n\ndata:"), [message(""), message("\n")]);
  equal(decode("data:test\n\ndata: test\n\n"), [message("test"), message("test")]);
});

Deno.test("SseDecoder accepts a split CRLF", () => {
  equal(decode("data: a\r", "\n\r", "\ndata: b\r\n\r\n"), [message("a"), message("b")]);
  equal(decode("\uFEFFdata: a\r\r"), [message("a")]);
  equal(decode("data: a\r", "", "\n", "\n"), [message("a")]);
});

const streams = fc.array(
  fc.oneof(
    fc.constantFrom(
      "data: x",
      "data:",
      "data",
      "event: e",
      "id: 7",
      "id",
      "id: \0",
      ": c",
      "\uFEFF",
    ),
    fc.constantFrom("\n", "\r", "\r\n", "\n\n", "\r\r", "\r\n\r\n"),
    fc.string({ maxLength: 5, unit: "grapheme" }),
  ),
  { maxLength: 30 },
).map((parts) => parts.join(""));

Deno.test("SseDecoder reads any stream, split anywhere, as the standard says", () => {
  fc.assert(
    fc.property(streams, fc.array(fc.nat(), { maxLength: 8 }), (stream, at) => {
      const cuts = [0, ...at.map((n) => n % (stream.length + 1)).sort((a, b) => a - b)];
      const pieces = cuts.map((from, i) => stream.slice(from, cuts[i + 1] ?? stream.length));
      equal(decode(...pieces), reference(stream));
    }),
    { numRuns: 2_000 },
  );
});

Deno.test("encodeSse() is decoded to the same event", () => {
  const text = fc.string({ unit: "binary" });
  fc.assert(
    fc.property(fc.array(fc.record({ id: text, event: text, data: text })), (events) => {
      const stream = events.map(encodeSse).join("");
      const lf = (data: string) => data.replace(/\r\n|\r/g, "\n");
      const expected = events.map(({ id, event, data }) => ({
        event: event.replace(/[\r\n]/g, "") || "message",
        data: lf(data),
        id: id.replace(/[\r\n\0]/g, ""),
      }));
      equal(decode(stream), expected);
    }),
  );
});

Deno.test("encodeSse() omits the id field of an event without an id", () => {
  equal(encodeSse({ event: "delta", data: "{}" }), "event: delta\ndata: {}\n\n");
  equal(
    encodeSse({ id: "3", event: "delta", data: "a\nb" }),
    "id: 3\nevent: delta\ndata: a\ndata: b\n\n",
  );
});
