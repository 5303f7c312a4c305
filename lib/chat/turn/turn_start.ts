import { renderQuestion } from "../rules/rendered.ts";
import { usdString } from "../../shared/money.ts";
import type { Message } from "../records.ts";
import type { Running } from "../../metering/call_records.ts";

/** A question as it is shown. */
export type ShownQuestion = Pick<Message, "text" | "pictures">;

/** What tells a watcher that a turn began. */
export function startEvent(
  running: Pick<
    Running,
    "turn" | "model" | "variant" | "estimate" | "question" | "channel" | "simulated"
  >,
  { text, pictures }: ShownQuestion,
) {
  return {
    type: "start",
    turnId: running.turn,
    model: running.model,
    variant: running.variant,
    estimate: { usd: usdString(running.estimate) },
    question: {
      id: `${running.turn}q`,
      seq: running.question,
      text,
      html: renderQuestion(`${running.turn}q`, text, pictures),
      channel: running.channel,
    },
    simulated: running.simulated,
  } as const;
}
