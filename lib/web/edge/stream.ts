import { eventInLanguage } from "../../chat/rules/turn_texts.ts";
import type { EmittedEvent } from "../../chat/rules/turn_events.ts";
import type { Feed } from "../../chat/feed.ts";
import type { Language } from "../../shared/languages.ts";
import { encodeSse } from "../../shared/sse.ts";
import { cutOff } from "./cut_off.ts";
import type { AdmitStream } from "./open_streams.ts";
import { gzipEncoder, plainEncoder } from "./stream_encoder.ts";

const KEEP_ALIVE_MS = 15_000;
/** Most pieces that wait for the socket. */
const PIECES = 2;
/** Interval of checks whether a full socket has room again, in ms. */
const FULL_MS = 200;
const STREAM_HEADERS: [string, string][] = [
  ["content-type", "text/event-stream; charset=utf-8"],
  ["cache-control", "no-cache, no-transform"],
  ["x-accel-buffering", "no"],
  ["vary", "accept-encoding"],
];
const GZIP_HEADERS: [string, string][] = [["content-encoding", "gzip"]];
const KEEP_ALIVE = ": keep-alive\n\n";
/** Last event of a reader who may read no more: the page loads anew, with what is theirs. */
const RELOAD = encode({ event: { type: "reload" }, id: null });
/**
 * Shortest time between two pieces of a compressed stream, in ms: each costs some 25 bytes and 40 µs
 * besides its text.
 */
const PIECE_MS = 120;
/**
 * Last message of a stream that gives way, for EventSource: reconnect later. Otherwise a browser's
 * many tabs would evict each other's streams.
 */
const LATER = "retry: 30000\n\n";

const open = new Set<() => void>();

/** Resolves when open streams have had time for their last pieces. */
export async function lastPieces(): Promise<void> {
  if (open.size > 0) await new Promise((done) => setTimeout(done, 2 * PIECE_MS));
}

let timer: ReturnType<typeof setInterval> | undefined;

export interface StreamOptions {
  /** Registers it among the open streams. */
  admit: AdmitStream;
  /** Calls `ended` when the reader may read no more. Returns a function that ends the watch. */
  watch?: (ended: () => void) => () => void;
  /** The reader takes gzip. */
  gzip: boolean;
  /** The reader's language. */
  language: Language;
  headers?: [string, string][];
}

/**
 * Answers with a feed as server-sent events. For a slow reader events are not queued: the feed is
 * asked again when the socket has room (polled: `pull` costs something for each event). A regular
 * comment keeps proxies from closing the connection.
 */
export function eventStream(
  openFeed: (wake: () => void) => Feed,
  { admit, watch, gzip, language, headers = [] }: StreamOptions,
): Response {
  let feed: Feed | null = null;
  let over = false;
  let cancel = () => {};
  const body = new ReadableStream<Uint8Array>({
    start(controller) {
      let scheduled = false;
      let later: ReturnType<typeof setTimeout> | undefined;
      let sentAt = -PIECE_MS;
      const encoder = (gzip ? gzipEncoder : plainEncoder)(
        (bytes) => controller.enqueue(bytes),
        () => controller.close(),
      );
      const keepAlive = () => encoder.write(KEEP_ALIVE);
      const leave = admit(() => {
        end();
        encoder.write(LATER, () => cutOff(controller, PIECES, () => encoder.drop()));
      });
      const unwatch = watch?.(() => {
        end();
        encoder.write(RELOAD);
        encoder.end();
      });
      const end = () => {
        if (over) return;
        over = true;
        feed?.close();
        leave();
        unwatch?.();
        clearTimeout(later);
        open.delete(keepAlive);
        if (open.size === 0) {
          clearInterval(timer);
          timer = undefined;
        }
      };
      cancel = () => {
        end();
        encoder.drop();
      };
      const send = () => {
        if (over || feed === null) return;
        if ((controller.desiredSize ?? 0) <= 0) {
          later = setTimeout(send, FULL_MS);
          return;
        }
        scheduled = false;
        const events = feed.take();
        const { ended } = feed;
        let text = "";
        for (const { event, id } of events) {
          text += encode({ event: eventInLanguage(event, language), id });
        }
        if (text !== "") {
          sentAt = performance.now();
          encoder.write(text);
        }
        if (ended && !over) {
          end();
          encoder.end();
        }
      };
      open.add(keepAlive);
      timer ??= setInterval(() => open.forEach((each) => each()), KEEP_ALIVE_MS);
      const wake = () => {
        if (scheduled || over) return;
        scheduled = true;
        const wait = gzip ? sentAt + PIECE_MS - performance.now() : 0;
        if (wait > 0) later = setTimeout(send, wait);
        else queueMicrotask(send);
      };
      feed = openFeed(wake);
      wake();
    },
    cancel: () => cancel(),
  }, { highWaterMark: PIECES });
  const response = new Response(body);
  const all = [...STREAM_HEADERS, ...(gzip ? GZIP_HEADERS : []), ...headers];
  // Set afterwards: passed to the constructor, headers cost Deno ten times as much.
  for (const [name, value] of all) response.headers.append(name, value);
  return response;
}

/** Encodes one event: `event:` its type, `data:` the rest. */
export function encode({ event, id }: EmittedEvent): string {
  const head = id === null ? "" : `id: ${id}\n`;
  // The most frequent event; JSON has no line breaks.
  if (event.type === "delta") {
    return `${head}event: delta\ndata: {"text":${JSON.stringify(event.text)}}\n\n`;
  }
  return head + encodeSse({ event: event.type, data: dataOf(event) });
}

function dataOf(event: EmittedEvent["event"]): string {
  // A problem's own `type` has its RFC 9457 name.
  if (event.type === "error") return JSON.stringify(problemFields(event));
  const { type: _, ...fields } = event;
  return JSON.stringify(fields);
}

function problemFields(event: Extract<EmittedEvent["event"], { type: "error" }>) {
  const { type: _, problem, ...fields } = event;
  return { type: problem, ...fields };
}
