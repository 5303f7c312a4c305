import { renderQuestion } from "../rules/rendered.ts";
import { usdString } from "../../shared/money.ts";
import type { Message } from "../records.ts";
import type { TurnVersions } from "../../shared/chat_events.ts";
import type { Running } from "../../metering/call_records.ts";

export type ShownQuestion = Pick<Message, "text" | "pictures" | "recordings" | "at">;

/** The event with which a turn begins for its watchers. */
export function startEvent(
  running: Pick<
    Running,
    "turn" | "model" | "variant" | "estimate" | "question" | "channel" | "simulated"
  >,
  question: ShownQuestion,
  versions: TurnVersions = {},
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
      text: question.text,
      html: renderQuestion(`${running.turn}q`, question),
      channel: running.channel,
      at: question.at,
    },
    simulated: running.simulated,
    versions,
  } as const;
}
