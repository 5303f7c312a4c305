import type { Context } from "fresh";
import { errorText } from "../locales/errors/error_text.ts";
import { usedUpCode } from "../metering/refusals.ts";
import type { AppError } from "../platform/errors.ts";
import { sendAgain } from "../shared/send_again.ts";
import type { ChatView, RefusalView } from "../shared/views/chat_view.ts";
import type { State } from "./define.ts";
import { requestIdOf } from "./edge/request_record.ts";
import { problemOf, retryAfterOf } from "./errors.ts";
import { readerOf } from "./reader.ts";

/** A refused message, with when it can be sent again. */
export function refusalView(ctx: Context<State>, error: AppError, message: string): RefusalView {
  const { type, status, detail, retryable } = problemOf(error, readerOf(ctx));
  const kind = type.replace(/.*\//, "");
  const wait = waitOf(ctx, kind, retryAfterOf(error));
  const id = status >= 500 ? requestIdOf(ctx.req) : "";
  return { kind, detail, retryable, message, ...wait, ...(id && { reference: id }) };
}

/** The refusal that a message would get from an exhausted ceiling or share, or null. */
export function usedUpView(
  ctx: Context<State>,
  { opensAt, shareUsed }: Pick<ChatView, "opensAt" | "shareUsed">,
): RefusalView | null {
  if (opensAt === null) return null;
  const now = ctx.state.services.deps.clock();
  const seconds = Math.ceil((opensAt - now) / 1000);
  const kind = shareUsed ? "over-share" : "over-budget";
  const detail = errorText(usedUpCode(opensAt, now, shareUsed), readerOf(ctx));
  return { kind, detail, retryable: false, message: "", ...waitOf(ctx, kind, seconds) };
}

function waitOf(ctx: Context<State>, kind: string, seconds: number | null) {
  if (seconds === null) return { seconds };
  const { services: { deps: { clock, config } }, texts } = ctx.state;
  const now = clock();
  const until = now + seconds * 1000;
  const opens = kind === "over-budget";
  const says = texts.composer.sendAgain;
  return { seconds, again: sendAgain(says, until, now, opens, config.TIME_ZONE) };
}
