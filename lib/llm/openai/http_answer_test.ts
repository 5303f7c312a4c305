import { deepStrictEqual as equal, rejects } from "node:assert/strict";
import fc from "fast-check";
import { AnswerReader } from "./http_answer.ts";
import { BadAnswer } from "./http_head.ts";

const encoder = new TextEncoder();
const decoder = new TextDecoder();

/** A connection that brings these bytes, so many at a time, and then ends. */
function cutInto(bytes: Uint8Array, sizes: readonly number[]) {
  let at = 0, turn = 0;
  return {
    read(into: Uint8Array): Promise<number | null> {
      if (at === bytes.length) return Promise.resolve(null);
      const size = sizes.length === 0 ? bytes.length : sizes[turn++ % sizes.length] ?? 1;
      const piece = bytes.subarray(at, at + Math.min(size, into.length));
      into.set(piece);
      at += piece.length;
      return Promise.resolve(piece.length);
    },
  };
}

interface Read {
  status: number;
  headers: Record<string, string>;
  body: string;
  keeps: boolean;
}

async function next(reader: AnswerReader): Promise<Read> {
  const { status, headers } = await reader.head();
  const pieces: number[] = [];
  for (let piece = await reader.body(); piece; piece = await reader.body()) pieces.push(...piece);
  const body = decoder.decode(Uint8Array.from(pieces));
  return { status, headers: Object.fromEntries(headers), body, keeps: reader.keeps };
}

const readAll = (text: string, sizes: readonly number[] = []) =>
  next(new AnswerReader(cutInto(encoder.encode(text), sizes)));

const bodyOf = async (text: string) => (await readAll(text)).body;

const extension = fc.constantFrom("", ";x", ' ; name="a b"', ";a=1;b=2");
const trailer = fc.constantFrom("", "x-sum: 12\r\n", "a: 1\r\nb: 2\r\n");
const sizes = fc.array(fc.integer({ min: 1, max: 40 }), { maxLength: 6 });
const parts = fc.array(fc.string({ unit: "grapheme", minLength: 1, maxLength: 60 }), {
  maxLength: 12,
});

function chunked(texts: string[], more: string, end: string): string {
  const chunk = (text: string, i: number) => {
    const size = encoder.encode(text).length.toString(16);
    return `${i % 2 ? size.toUpperCase() : size}${more}\r\n${text}\r\n`;
  };
  return `${texts.map(chunk).join("")}0${more}\r\n${end}\r\n`;
}

Deno.test("AnswerReader reads a chunked answer whole, wherever it was cut", () =>
  fc.assert(fc.asyncProperty(parts, extension, trailer, sizes, async (texts, more, end, cuts) => {
    const head = "HTTP/1.1 200 OK\r\nTransfer-Encoding: Chunked\r\n\r\n";
    const read = await readAll(head + chunked(texts, more, end), cuts);
    equal([read.status, read.body, read.keeps], [200, texts.join(""), true]);
  })));

Deno.test("AnswerReader reads answers one after the other, each to its own end", () =>
  fc.assert(fc.asyncProperty(parts, parts, sizes, async (first, second, cuts) => {
    const length = encoder.encode(first.join("")).length;
    const one = `HTTP/1.1 429 No\r\ncontent-length: ${length}\r\n\r\n${first.join("")}`;
    const two = `HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n${chunked(second, "", "")}`;
    const reader = new AnswerReader(cutInto(encoder.encode(one + two), cuts));
    equal((await next(reader)).body, first.join(""));
    equal((await next(reader)).body, second.join(""));
  })));

Deno.test("AnswerReader reads or refuses whatever comes, and always ends", () =>
  fc.assert(
    fc.asyncProperty(
      fc.array(
        fc.oneof(
          fc.constantFrom(
            "HTTP/1.1 200 OK\r\n",
            "HTTP/1.1 100 Continue\r\n\r\n",
            "transfer-encoding: chunked\r\n",
            "content-length: 5\r\n",
            "connection: close\r\n",
            "\r\n",
            "5\r\nhello\r\n",
            "0\r\n\r\n",
            "hello",
            "\n",
            ": x\r\n",
          ),
          fc.string({ unit: "binary", maxLength: 8 }),
        ),
        { maxLength: 12 },
      ),
      sizes,
      async (pieces, cuts) => {
        try {
          const { status } = await readAll(pieces.join(""), cuts);
          equal(status >= 200 && status < 600, true);
        } catch (error) {
          equal(error instanceof BadAnswer, true, String(error));
        }
      },
    ),
    { numRuns: 2_000 },
  ));

Deno.test("AnswerReader.head gives names in lower case and joins what comes twice", async () => {
  const head = "HTTP/1.1 503 Nothing here\r\nX-A:  1 \r\nx-a: 2\r\nContent-Length: 0\r\n\r\n";
  const { status, headers } = await readAll(head);
  equal([status, headers], [503, { "x-a": "1, 2", "content-length": "0" }]);
});

Deno.test("AnswerReader.head passes interim answers over", async () => {
  const interim = "HTTP/1.1 103 Early Hints\r\nlink: x\r\n\r\n";
  equal(await bodyOf(`${interim}${interim}HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nok`), "ok");
});

Deno.test("AnswerReader.body without a length ends with the connection, which is not kept", async () => {
  const read = await readAll("HTTP/1.1 200 OK\r\n\r\nall of it", [3]);
  equal([read.body, read.keeps], ["all of it", false]);
});

Deno.test("AnswerReader.keeps is false for HTTP/1.0, `close`, two lengths and bytes too many", async () => {
  for (
    const answer of [
      "HTTP/1.0 200 OK\r\ncontent-length: 1\r\n\r\nx",
      "HTTP/1.1 200 OK\r\ncontent-length: 1\r\nconnection: foo, Close\r\n\r\nx",
      "HTTP/1.1 200 OK\r\ncontent-length: 9\r\ntransfer-encoding: chunked\r\n\r\n1\r\nx\r\n0\r\n\r\n",
      "HTTP/1.1 200 OK\r\ncontent-length: 1\r\n\r\nxy",
    ]
  ) {
    const { body, keeps } = await readAll(answer);
    equal([body, keeps], ["x", false]);
  }
});

Deno.test("AnswerReader refuses what RFC 9112 does not allow", async () => {
  const chunks = (text: string) => `HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n${text}`;
  for (
    const answer of [
      "",
      "HTTP/2 200\r\n\r\n",
      "<html>\r\n\r\n",
      "HTTP/1.1 200 OK\r\nno colon\r\n\r\n",
      "HTTP/1.1 200 OK\r\na: 1\r\n folded\r\n\r\n",
      "HTTP/1.1 200 OK\r\na : 1\r\n\r\n",
      "HTTP/1.1 200 OK\r\ncontent-length: 1, 2\r\n\r\nxx",
      "HTTP/1.1 200 OK\r\ncontent-length: -1\r\n\r\n",
      "HTTP/1.1 200 OK\r\ntransfer-encoding: gzip, chunked\r\n\r\n0\r\n\r\n",
      "HTTP/1.1 200 OK\r\ncontent-length: 3\r\n\r\nxx",
      chunks("\r\n"),
      chunks("5\nhello\r\n0\r\n\r\n"),
      chunks("5\r\nhelloo\r\n0\r\n\r\n"),
      chunks("5\r\nhello\r\n"),
      chunks("fffffffff\r\n"),
      chunks("-1\r\n"),
      chunks("0\r\n"),
      chunks(`1;${"x".repeat(70_000)}`),
      chunks(`0\r\n${"a: b\r\n".repeat(20_000)}`),
      `HTTP/1.1 200 OK\r\n${"a: b\r\n".repeat(20_000)}`,
    ]
  ) await rejects(readAll(answer), BadAnswer, answer.slice(0, 90));
});

Deno.test("AnswerReader.ahead tells that something came which nobody asked for", async () => {
  const reader = new AnswerReader(
    cutInto(encoder.encode("HTTP/1.1 204 \r\n\r\nHTTP/1.1 200 OK\r\n"), [17]),
  );
  equal((await next(reader)).keeps, true);
  await reader.ahead();
  await rejects(reader.head(), BadAnswer);
});

Deno.test("AnswerReader: readers of long answers at once do not write into each other's", async () => {
  const texts = Array.from({ length: 40 }, (_, i) => `${i}.`.repeat(5_000 + 3_000 * (i % 7)));
  const readers = texts.map((text) =>
    new AnswerReader(cutInto(encoder.encode(chunkedAnswer(text)), [50_000, 3_000, 70]))
  );
  await Promise.all(readers.map((reader) => reader.head()));
  const found = texts.map(() => "");
  for (let open = true; open;) {
    open = false;
    const pieces = await Promise.all(readers.map((reader) => reader.body()));
    for (const [i, piece] of pieces.entries()) {
      if (piece) open = true;
      found[i] += decoder.decode(piece ?? new Uint8Array());
    }
  }
  equal(found, texts);
});

const chunkedAnswer = (text: string) =>
  `HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n${
    chunked(text.match(/.{1,9000}/g) ?? [], "", "")
  }`;
