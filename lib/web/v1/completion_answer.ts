import type { CompletionEnd, CompletionRun } from "../../api/completion_run.ts";
import type { CompletionRequest } from "../../api/rules/completion_request.ts";
import {
  completion,
  CompletionChunks,
  type CompletionHead,
  finishReason,
} from "../../api/rules/completion_wire.ts";
import type { Reader } from "../../locales/coded.ts";
import { apiErrorOf, failureOf } from "./api_errors.ts";

/** A stream begins after the first text, so that a failure before it has its own status; or now. */
const BEGIN_MS = 10_000;
const KEEP_ALIVE_MS = 15_000;
const KEEP_ALIVE = ": keep-alive\n\n";
const STREAM_HEADERS: [string, string][] = [
  ["content-type", "text/event-stream; charset=utf-8"],
  ["cache-control", "no-cache, no-transform"],
  ["x-accel-buffering", "no"],
];
const encoder = new TextEncoder();

/**
 * Answers with the whole reply. A client that leaves stops it.
 * @throws what the reply failed with
 */
export async function wholeAnswer(
  run: CompletionRun,
  { model }: CompletionRequest,
  left: AbortSignal,
): Promise<Response> {
  const leave = () => run.stop();
  left.addEventListener("abort", leave);
  try {
    let content = "";
    for (;;) {
      const { text, end } = await run.take();
      content += text;
      if (end === null) continue;
      if (end.kind === "failed") throw failureOf(end);
      const { reason, usage, withdrawn } = end;
      const said = withdrawn ? "" : content;
      return Response.json(completion(headOf(run, model), said, finishReason(reason), usage));
    }
  } finally {
    left.removeEventListener("abort", leave);
  }
}

/**
 * Answers with a stream of chunks. A client that leaves stops the reply.
 * @throws what the reply failed with before its first text
 */
export async function streamedAnswer(
  run: CompletionRun,
  { model, includeUsage }: CompletionRequest,
  readerNow: () => Reader,
  left: AbortSignal,
): Promise<Response> {
  const leave = () => run.stop();
  left.addEventListener("abort", leave);
  await begun(run);
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

async function begun(run: CompletionRun): Promise<void> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  await Promise.race([run.begun, new Promise((done) => timer = setTimeout(done, BEGIN_MS))]);
  clearTimeout(timer);
}

function headOf({ id, createdAt }: CompletionRun, model: string): CompletionHead {
  return { id, createdAt, model };
}

function event(data: object): string {
  return `data: ${JSON.stringify(data)}\n\n`;
}
