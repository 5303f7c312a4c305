import type { CompletionEnd, CompletionRun } from "../../api/completion_run.ts";
import type { CompletionRequest } from "../../api/rules/completion_request.ts";
import {
  completion,
  CompletionChunks,
  type CompletionHead,
  finishReason,
} from "../../api/rules/completion_wire.ts";
import type { Reader } from "../../locales/coded.ts";
import { cutOff } from "../edge/cut_off.ts";
import { apiErrorOf, failureOf } from "./api_errors.ts";

/** A stream begins after the first text, so that a failure before it has its own status; or now. */
const BEGIN_MS = 10_000;
/** From then on a whole reply's body shows whether the client is still there. */
const WHOLE_MS = 5_000;
const SPACE_MS = 1_000;
const KEEP_ALIVE_MS = 15_000;
const KEEP_ALIVE = ": keep-alive\n\n";
const STREAM_HEADERS: [string, string][] = [
  ["content-type", "text/event-stream; charset=utf-8"],
  ["cache-control", "no-cache, no-transform"],
  ["x-accel-buffering", "no"],
];
const encoder = new TextEncoder();

/**
 * Answers with the whole reply. A client that leaves stops it: `left` tells of some that do, and
 * for the others a long reply begins its body early, with white space, which JSON may begin with.
 * @throws the reply's failure before its body began
 */
export async function wholeAnswer(
  run: CompletionRun,
  { model }: CompletionRequest,
  left: AbortSignal,
): Promise<Response> {
  stopWith(left, run);
  const whole = wholeOf(run, model);
  if (await isWithin(whole.then(() => {}, () => {}), WHOLE_MS)) return Response.json(await whole);
  let timer: ReturnType<typeof setInterval> | undefined;
  const body = new ReadableStream<Uint8Array>({
    start(controller) {
      timer = setInterval(() => controller.enqueue(encoder.encode(" ")), SPACE_MS);
      whole.then((answer) => {
        controller.enqueue(encoder.encode(JSON.stringify(answer)));
        controller.close();
      }, () => cutOff(controller)).finally(() => clearInterval(timer));
    },
    cancel() {
      clearInterval(timer);
      run.stop();
    },
  });
  const headers = { "content-type": "application/json", "cache-control": "no-store, no-transform" };
  return new Response(body, { headers });
}

/** @throws the reply's failure */
async function wholeOf(run: CompletionRun, model: string): Promise<object> {
  let content = "";
  for (;;) {
    const { text, end } = await run.take();
    content += text;
    if (end === null) continue;
    if (end.kind === "failed") throw failureOf(end);
    const { reason, usage, withdrawn } = end;
    const said = withdrawn ? "" : content;
    return completion(headOf(run, model), said, finishReason(reason), usage);
  }
}

/**
 * Answers with a stream of chunks. A client that leaves stops the reply.
 * @throws the reply's failure before its first text
 */
export async function streamedAnswer(
  run: CompletionRun,
  { model, includeUsage }: CompletionRequest,
  readerNow: () => Reader,
  left: AbortSignal,
): Promise<Response> {
  stopWith(left, run);
  await isWithin(run.begun, BEGIN_MS);
  const { onlyEnd } = run;
  if (onlyEnd?.kind === "failed") throw failureOf(onlyEnd);
  const chunks = new CompletionChunks(headOf(run, model), includeUsage);
  let timer: ReturnType<typeof setInterval> | undefined;
  const body = new ReadableStream<Uint8Array>({
    start(controller) {
      const send = (text: string) => controller.enqueue(encoder.encode(text));
      send(event(chunks.role()));
      timer = setInterval(() => send(KEEP_ALIVE), KEEP_ALIVE_MS);
    },
    async pull(controller) {
      const { text, end } = await run.take();
      const said = text === "" ? "" : event(chunks.content(text));
      const last = end === null ? "" : lastEvents(chunks, end, readerNow());
      controller.enqueue(encoder.encode(said + last));
      if (end === null) return;
      clearInterval(timer);
      controller.close();
    },
    cancel() {
      clearInterval(timer);
      run.stop();
    },
  }, { highWaterMark: 2 });
  return new Response(body, { headers: STREAM_HEADERS });
}

/** The end of a stream; a failed one has no `[DONE]`. */
function lastEvents(chunks: CompletionChunks, end: CompletionEnd, reader: Reader): string {
  if (end.kind === "failed") return event(apiErrorOf(failureOf(end), reader));
  const last = chunks.end(finishReason(end.reason), end.usage);
  return `${last.map(event).join("")}data: [DONE]\n\n`;
}

/** Stops a reply when its client leaves, or has left while the reply was begun. */
function stopWith(left: AbortSignal, run: CompletionRun): void {
  if (left.aborted) run.stop();
  else left.addEventListener("abort", () => run.stop(), { once: true });
}

/** Waits for a promise for a time; whether it settled. */
async function isWithin(settled: Promise<void>, ms: number): Promise<boolean> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<false>((resolve) => timer = setTimeout(() => resolve(false), ms));
  const within = await Promise.race([settled.then(() => true), late]);
  clearTimeout(timer);
  return within;
}

function headOf({ id, createdAt }: CompletionRun, model: string): CompletionHead {
  return { id, createdAt, model };
}

function event(data: object): string {
  return `data: ${JSON.stringify(data)}\n\n`;
}
