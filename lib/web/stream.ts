import type { Emitted } from "../domain/turn_events.ts";
import type { Feed } from "../services/feed.ts";
import { encodeSse } from "../shared/sse.ts";

const KEEP_ALIVE_MS = 15_000;
const STREAM_HEADERS: [string, string][] = [
  ["content-type", "text/event-stream; charset=utf-8"],
  ["cache-control", "no-cache, no-transform"],
  ["x-accel-buffering", "no"],
];
const encoder = new TextEncoder();
const KEEP_ALIVE = encoder.encode(": keep-alive\n\n");

const open = new Set<() => void>();
let timer: ReturnType<typeof setInterval> | undefined;

/**
 * Answers with a feed as server-sent events. What comes while the reader is
 * slow is gathered, not queued: the feed is asked again when the socket has
 * room. A comment now and then keeps proxies from closing the connection.
 */
export function eventStream(
  openFeed: (wake: () => void) => Feed,
  headers: [string, string][] = [],
): Response {
  let feed: Feed | null = null;
  let over = false;
  let end = () => {};
  let pull = () => {};
  const body = new ReadableStream<Uint8Array>({
    start(controller) {
      let scheduled = false;
      const keepAlive = () => controller.enqueue(KEEP_ALIVE);
      end = () => {
        if (over) return;
        over = true;
        feed?.close();
        open.delete(keepAlive);
        if (open.size === 0) {
          clearInterval(timer);
          timer = undefined;
        }
      };
      pull = () => {
        scheduled = false;
        if (over || feed === null || (controller.desiredSize ?? 0) <= 0) return;
        const events = feed.take();
        // Enqueueing may ask for more at once, and so get here again before it returns.
        const { ended } = feed;
        if (events.length > 0) controller.enqueue(encoder.encode(events.map(encode).join("")));
        if (ended && !over) {
          end();
          controller.close();
        }
      };
      open.add(keepAlive);
      timer ??= setInterval(() => open.forEach((send) => send()), KEEP_ALIVE_MS);
      feed = openFeed(() => {
        if (scheduled || over) return;
        scheduled = true;
        queueMicrotask(pull);
      });
    },
    pull: () => pull(),
    cancel: () => end(),
  }, { highWaterMark: 2 });
  const response = new Response(body);
  // Set afterwards: given to the constructor, headers cost Deno ten times as much.
  for (const [name, value] of [...STREAM_HEADERS, ...headers]) response.headers.append(name, value);
  return response;
}

/** One event as it goes over the wire: `event:` its type, `data:` the rest. */
export function encode({ event, id }: Emitted): string {
  const text = encodeSse({ event: event.type, data: dataOf(event) });
  return id === null ? text : `id: ${id}\n${text}`;
}

function dataOf(event: Emitted["event"]): string {
  // Most are this.
  if (event.type === "delta") return `{"text":${JSON.stringify(event.text)}}`;
  // A problem's own `type` is the name that RFC 9457 gives it.
  if (event.type === "error") return JSON.stringify(problemFields(event));
  const { type: _, ...fields } = event;
  return JSON.stringify(fields);
}

function problemFields(event: Extract<Emitted["event"], { type: "error" }>) {
  const { type: _, problem, ...fields } = event;
  return { type: problem, ...fields };
}
