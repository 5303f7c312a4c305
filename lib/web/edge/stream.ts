import type { EmittedEvent } from "../../chat/rules/turn_events.ts";
import type { Feed } from "../../chat/feed.ts";
import { encodeSse } from "../../shared/sse.ts";
import { cutOff } from "./cut_off.ts";
import type { AdmitStream } from "./open_streams.ts";

const KEEP_ALIVE_MS = 15_000;
/** Interval of checks whether a full socket has room again, in ms. */
const FULL_MS = 200;
const STREAM_HEADERS: [string, string][] = [
  ["content-type", "text/event-stream; charset=utf-8"],
  ["cache-control", "no-cache, no-transform"],
  ["x-accel-buffering", "no"],
];
const encoder = new TextEncoder();
const KEEP_ALIVE = encoder.encode(": keep-alive\n\n");
/**
 * Last message of a stream that gives way, for EventSource: reconnect later. Otherwise a browser's
 * many tabs would evict each other's streams.
 */
const LATER = encoder.encode("retry: 30000\n\n");

const open = new Set<() => void>();
let timer: ReturnType<typeof setInterval> | undefined;

/**
 * Answers with a feed as server-sent events. For a slow reader events are not queued: the feed is
 * asked again when the socket has room (polled: `pull` costs something for each event). A regular
 * comment keeps proxies from closing the connection.
 * @param admit registers it among the open streams
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
  // Set afterwards: passed to the constructor, headers cost Deno ten times as much.
  for (const [name, value] of [...STREAM_HEADERS, ...headers]) response.headers.append(name, value);
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
