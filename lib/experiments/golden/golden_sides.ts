import { draftedTool } from "../../chat/tool_preview.ts";
import { AppError } from "../../platform/errors.ts";
import { buildPrompt } from "../../llm/rules/prompt.ts";
import type { Letter } from "../../shared/views/experiment_view.ts";
import type { SideView } from "../../shared/views/golden_view.ts";
import type { ToolFields } from "../../shared/views/tool_admin_view.ts";
import type { Tools } from "../../tools/stored_tools.ts";
import { systemPromptOf, type Tool } from "../../tools/rules/tool.ts";
import type { StoredExperiments } from "../stored_experiments.ts";
import type { WantedReply } from "./paid_reply.ts";
import type { GoldenExample } from "./records.ts";

/** A version of a tool to be compared. */
export type SideSpec =
  | { code: "version"; version: number }
  | { code: "draft"; fields: ToolFields }
  | { code: "variant"; experiment: string; letter: Letter }
  | { code: "model"; model: string };

/** A side with the tool that it is. */
export interface ResolvedSide {
  view: SideView;
  tool: Tool;
}

/**
 * The tool that a side names.
 * @throws {AppError} `missing` when there is no such version, `invalid` for a wrong draft
 */
export async function resolveSide(
  { tools, experiments }: { tools: Tools; experiments: StoredExperiments },
  tool: Tool,
  spec: SideSpec,
): Promise<ResolvedSide> {
  switch (spec.code) {
    case "version": {
      const { version } = spec;
      const stored = version === tool.version
        ? tool
        : (await tools.versionOf(tool.id, version))?.tool;
      if (!stored) throw new AppError("missing", { code: "version.gone" });
      return { view: { code: "version", version }, tool: stored };
    }
    case "draft": {
      const draft = draftedTool(spec.fields, tool);
      return { view: { code: "draft", version: tool.version + 1 }, tool: draft };
    }
    case "variant": {
      const { experiment: id, letter } = spec;
      const found = await experiments.get(id);
      const content = found?.tool === tool.id ? found.contents[letter] : undefined;
      if (!content) throw new AppError("missing", { code: "version.gone" });
      return {
        view: { code: "variant", experiment: id, letter },
        tool: { ...tool, ...content },
      };
    }
    case "model":
      return { view: { code: "model", model: spec.model }, tool: { ...tool, model: spec.model } };
  }
}

/** A side's request for a reply to an example. */
export function wantedReply(tool: Tool, { question, earlier }: GoldenExample): WantedReply {
  const { model, temperature, effort, maxTokens } = tool;
  const prompt = buildPrompt(systemPromptOf(tool), earlier, question);
  return { tool, model, temperature, effort, maxTokens, prompt };
}
