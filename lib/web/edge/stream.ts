import type { EmittedEvent } from "../../chat/rules/turn_events.ts";
import type { Feed } from "../../chat/feed.ts";
import { encodeSse } from "../../shared/sse.ts";
import { cutOff } from "./cut_off.ts";
import type { AdmitStream } from "./open_streams.ts";

const KEEP_ALIVE_MS = 15_000;
/** How often it is looked whether a socket that was full has room again. */
const FULL_MS = 200;
const STREAM_HEADERS: [string, string][] = [
  ["content-type", "text/event-stream; charset=utf-8"],
  ["cache-control", "no-cache, no-transform"],
  ["x-accel-buffering", "no"],
];
const encoder = new TextEncoder();
const KEEP_ALIVE = encoder.encode(": keep-alive\n\n");
/**
 * What a stream that gives way says last, in the terms of EventSource: come again, but
 * not at once. Else a browser with many tabs would push out one of them with another.
 */
const LATER = encoder.encode("retry: 30000\n\n");

const open = new Set<() => void>();
let timer: ReturnType<typeof setInterval> | undefined;

/**
 * Answers with a feed as server-sent events. What comes while the reader is
 * slow is gathered, not queued: the feed is asked again when the socket has
 * room (looked for now and then: to be told by `pull` costs something for each
 * event). A comment now and then keeps proxies from closing the connection.
 * @param admit counts it among those that are open
 */
export function eventStream(
  openFeed: (wake: () => void) => Feed,
  admit: AdmitStream,
  headers: [string, string][] = [],
): Response {
  let feed: Feed | null = null;
  let over = false;
  let end = () => {};
  const body = new ReadableStream<Uint8Array>({
    start(controller) {
      let scheduled = false;
      let full: ReturnType<typeof setTimeout> | undefined;
      const keepAlive = () => controller.enqueue(KEEP_ALIVE);
      const leave = admit(() => {
        end();
        controller.enqueue(LATER);
        cutOff(controller);
      });
      end = () => {
        if (over) return;
        over = true;
        feed?.close();
        leave();
        clearTimeout(full);
        open.delete(keepAlive);
        if (open.size === 0) {
          clearInterval(timer);
          timer = undefined;
        }
      };
      const send = () => {
        if (over || feed === null) return;
        if ((controller.desiredSize ?? 0) <= 0) {
          full = setTimeout(send, FULL_MS);
          return;
        }
        scheduled = false;
        const events = feed.take();
        const { ended } = feed;
        let text = "";
        for (const each of events) text += encode(each);
        if (text !== "") controller.enqueue(encoder.encode(text));
        if (ended && !over) {
          end();
          controller.close();
        }
      };
      open.add(keepAlive);
      timer ??= setInterval(() => open.forEach((each) => each()), KEEP_ALIVE_MS);
      const wake = () => {
        if (scheduled || over) return;
        scheduled = true;
        queueMicrotask(send);
      };
      feed = openFeed(wake);
      wake();
    },
    cancel: () => end(),
  }, { highWaterMark: 2 });
  const response = new Response(body);
  // Set afterwards: given to the constructor, headers cost Deno ten times as much.
  for (const [name, value] of [...STREAM_HEADERS, ...headers]) response.headers.append(name, value);
  return response;
}

/** One event as it goes over the wire: `event:` its type, `data:` the rest. */
export function encode({ event, id }: EmittedEvent): string {
  const head = id === null ? "" : `id: ${id}\n`;
  // Most are this, and JSON has no line breaks.
  if (event.type === "delta") {
    return `${head}event: delta\ndata: {"text":${JSON.stringify(event.text)}}\n\n`;
  }
  return head + encodeSse({ event: event.type, data: dataOf(event) });
}

function dataOf(event: EmittedEvent["event"]): string {
  // A problem's own `type` is the name that RFC 9457 gives it.
  if (event.type === "error") return JSON.stringify(problemFields(event));
  const { type: _, ...fields } = event;
  return JSON.stringify(fields);
}

function problemFields(event: Extract<EmittedEvent["event"], { type: "error" }>) {
  const { type: _, problem, ...fields } = event;
  return { type: problem, ...fields };
}
