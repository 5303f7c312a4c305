import { type HearingDeps, hearingOf, takesSound } from "../llm/audio/hearing.ts";
import { AUDIO_FORMATS } from "../config/audio_formats.ts";
import { MOST_HEARD_SECONDS } from "../llm/rules/audio_input.ts";
import type { HearingView } from "../shared/views/chat_view.ts";
import type { Tool } from "../tools/rules/tool.ts";

type Hearer = Pick<Tool, "hearingModel">;

/** Whether a recording goes to a tool's model as it is, besides its text. */
export function isHeard(
  deps: HearingDeps,
  { hearingModel }: Hearer,
  { type, seconds }: { type: string; seconds: number },
): boolean {
  if (hearingModel === null || seconds > MOST_HEARD_SECONDS) return false;
  const hearing = hearingOf(hearingModel, deps);
  return typeof hearing !== "string" && takesSound(hearing, type);
}

/** The recordings that a tool's model takes, for the recorder of its page; null when none. */
export function hearingView(deps: HearingDeps, { hearingModel }: Hearer): HearingView | null {
  const hearing = hearingModel === null ? "deaf" : hearingOf(hearingModel, deps);
  if (typeof hearing === "string") return null;
  const types = hearing.formats.map((format) => AUDIO_FORMATS[format]);
  return { types, seconds: MOST_HEARD_SECONDS };
}
