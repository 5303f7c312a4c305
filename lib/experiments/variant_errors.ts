import type { Finding } from "../shared/views/tool_admin_view.ts";
import type { Tool } from "../tools/rules/tool.ts";
import type { ToolChecks } from "../tools/tool_checks.ts";
import type { VariantContent } from "./rules/variant_content.ts";

/** Errors that a tool would have with a variant's contents, and has not by itself. */
export function variantErrors(
  checks: ToolChecks,
  tool: Tool,
  content: VariantContent,
  tools: readonly Tool[],
): Finding[] {
  const errors = (of: Tool) => checks.among(of, tools).filter(({ level }) => level === "error");
  const own = new Set(errors(tool).map(({ text }) => text));
  return errors({ ...tool, ...content }).filter(({ text }) => !own.has(text));
}

/** Why the model of a variant cannot be asked; null where it can, or the tool's own cannot either. */
export function modelError(...of: Parameters<typeof variantErrors>): string | null {
  return variantErrors(...of).find(({ field }) => field === "model")?.text ?? null;
}
