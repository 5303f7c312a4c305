import type { Page } from "playwright-core";
import { assertEquals } from "./assert.ts";

/** The events of a page's conversation, as received by the browser. */
export interface Transcript {
  events: { type: string; id: string; data: string }[];
  /** The cursors of its connections, reconnections included. */
  cursors: string[];
}

/** Records a page's events from now on, over reconnections. */
export async function transcribe(page: Page): Promise<Transcript> {
  const transcript: Transcript = { events: [], cursors: [] };
  page.on("request", (request) => {
    const url = new URL(request.url());
    if (!url.pathname.endsWith("/events")) return;
    // Drops events that the page before a reload received.
    if (transcript.cursors.length === 0) transcript.events.length = 0;
    const last = request.headers()["last-event-id"];
    transcript.cursors.push(last ?? url.searchParams.get("after") ?? "");
  });
  const devtools = await page.context().newCDPSession(page);
  devtools.on("Network.eventSourceMessageReceived", ({ eventName, eventId, data }) => {
    transcript.events.push({ type: eventName, id: eventId, data });
  });
  await devtools.send("Network.enable");
  return transcript;
}

/**
 * Asserts that the page received the reply's text from its start to its end, each character once.
 */
export function assertEachOnce(transcript: Transcript, text: string): void {
  const began = offsetOf(transcript.cursors[0] ?? "");
  const got = transcript.events.filter(({ type }) => type === "delta").map(({ data }) =>
    textOf(data)
  );
  assertEquals(got.join(""), text.slice(began));
  const ends = transcript.events.filter(({ type }) => type === "done" || type === "error");
  assertEquals(ends.length, 1, "It ends once");
}

/** How much of the reply's text lies before a cursor. */
function offsetOf(cursor: string): number {
  return cursor.endsWith(".1") ? 0 : Number(cursor.split(".")[2] ?? 0);
}

function textOf(data: string): string {
  const { text }: { text: string } = JSON.parse(data);
  return text;
}
