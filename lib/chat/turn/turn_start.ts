import { renderQuestion } from "../rules/rendered.ts";
import { usdString } from "../../shared/money.ts";
import type { Message } from "../records.ts";
import type { Running } from "../../metering/call_records.ts";

export type ShownQuestion = Pick<Message, "text" | "pictures">;

/** The event with which a turn begins for its watchers. */
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
