import { reply } from "./script.ts";

/** Returns the fault of a whole response body, or null. */
export type Verify = (body: string, tokens: number) => string | null;

/** OpenAI's own events, as the upstream sends and the floor relays them. */
export function verifyRelayed(body: string, tokens: number): string | null {
  if (!body.endsWith("data: [DONE]\n\n")) return "the end mark is missing";
  let text = "";
  for (const [, piece] of body.matchAll(/"delta":\{"content":"([^"]*)"/g)) text += piece;
  return text === reply(tokens) ? null : `the text is not whole: ${text.length} characters`;
}

/** The program's events: pieces, blocks and the whole must all match the reply. */
export function verifyEvents(body: string, tokens: number): string | null {
  const wanted = reply(tokens);
  let text = "", blocks = "", done: unknown, cost = false;
  for (const event of body.split("\n\n")) {
    const type = /(?:^|\n)event: (\w+)/.exec(event)?.[1];
    const at = event.indexOf("\ndata: ");
    if (type === undefined || at < 0) continue;
    const data = JSON.parse(event.slice(at + 7));
    if (type === "delta") text += data.text;
    else if (type === "html") blocks += data.blocks.join("");
    else if (type === "cost") cost = true;
    else if (type === "done") done = data.html;
    else if (type === "error") return `an error event: ${data.detail}`;
  }
  if (text !== wanted) return `the text is not whole: ${text.length} characters`;
  if (!cost) return "the cost is missing";
  if (typeof done !== "string") return "the end is missing";
  return done.includes(wanted) && blocks === done ? null : "the HTML is not the text";
}
