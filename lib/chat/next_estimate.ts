import type { BreakerStates } from "../llm/breaker.ts";
import type { ModelCatalogue } from "../llm/catalogue.ts";
import type { HearingDeps } from "../llm/audio/hearing.ts";
import { modelNamed } from "../llm/named_models.ts";
import type { Provider } from "../llm/provider.ts";
import { factsOf } from "../llm/rules/model_facts.ts";
import { HISTORY_MESSAGES } from "../llm/rules/prompt.ts";
import { estimateTokens, pictureBound } from "../llm/tokens.ts";
import type { EstimateView } from "../shared/views/chat_view.ts";
import { systemPromptOf, type Tool } from "../tools/rules/tool.ts";
import { TYPICAL_REPLY } from "./chat.ts";
import type { NumberedMessage } from "./conversations.ts";
import { priceAskedFirst } from "./turn/model_order.ts";
import { SEEN_AGAIN } from "./turn/turn_pictures.ts";

interface Needs {
  provider: Provider;
  catalogue: ModelCatalogue;
  breakers: BreakerStates;
  firstProvider: string;
  config: HearingDeps["config"];
}

/** Whether a tool's model sees pictures. */
export function seesPictures(deps: Needs, { model }: Pick<Tool, "model">): boolean {
  return factsOf(modelNamed(model, deps)).capabilities.vision;
}

/** Figures for the estimate of the next message's cost, after the latest messages. */
export function nextEstimate(
  deps: Needs,
  tool: Tool,
  messages: readonly NumberedMessage[],
): EstimateView {
  const price = priceAskedFirst(deps, tool);
  const history = messages.slice(-HISTORY_MESSAGES);
  const pictures = pictureTokens(deps, tool, history);
  return {
    inputRate: String(price?.input ?? 0n),
    outputRate: String(price?.output ?? 0n),
    promptTokens: estimateTokens(systemPromptOf(tool)) + 7,
    history: history.map(({ message }, i) => estimateTokens(message.text) + 4 + (pictures[i] ?? 0)),
    from: history[0]?.number ?? 0,
    replyTokens: Math.min(TYPICAL_REPLY, tool.maxTokens),
  };
}

/** Tokens of the pictures that go to the model again with the next question, by message. */
function pictureTokens(
  deps: Needs,
  tool: Tool,
  history: readonly NumberedMessage[],
): number[] {
  const ref = modelNamed(tool.model, deps);
  const sees = seesPictures(deps, tool);
  let left = SEEN_AGAIN;
  return history.toReversed().map(({ message: { pictures = [] } }) => {
    const again = sees && left > 0 ? pictures.slice(-left) : [];
    left -= again.length;
    return again.reduce((sum, each) => sum + pictureBound(ref, each, tool.pictureDetail), 0);
  }).reverse();
}
