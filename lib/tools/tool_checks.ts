import { type HearingDeps, hearingOf } from "../llm/audio/hearing.ts";
import { priceNamed } from "../llm/named_models.ts";
import type { Clock } from "../platform/clock.ts";
import { endOfNamed } from "./model_ends.ts";
import type { Tool } from "./rules/tool.ts";
import { preflight, type PreflightContext } from "./rules/tool_preflight.ts";
import { estimateTokens, promptTokenBound } from "../llm/tokens.ts";
import type { Finding } from "../shared/views/tool_admin_view.ts";
import type { Tools } from "./stored_tools.ts";

interface Needs extends HearingDeps {
  store: { tools: Tools };
  clock: Clock;
}

/** Checks a tool against the other tools and the prices. */
export class ToolChecks {
  constructor(private readonly deps: Needs) {}

  /** Findings, errors first. */
  async of(tool: Tool): Promise<Finding[]> {
    return this.among(tool, await this.deps.store.tools.list());
  }

  among(tool: Tool, others: readonly Tool[]): Finding[] {
    return preflight(tool, this.around(others))
      .sort((a, b) => Number(a.level === "warning") - Number(b.level === "warning"));
  }

  around(others: readonly Tool[] = []): PreflightContext {
    return {
      others,
      priceOf: (name) => priceNamed(name, this.deps),
      endOf: (name) => endOfNamed(name, this.deps),
      deafness: (name) => {
        const hearing = hearingOf(name, this.deps);
        return typeof hearing === "string" ? hearing : null;
      },
      tokens: estimateTokens,
      // Adds a first question of a few hundred characters.
      bound: (systemPrompt) =>
        promptTokenBound([
          { role: "system", content: systemPrompt },
          { role: "user", content: " ".repeat(400) },
        ]),
    };
  }
}
