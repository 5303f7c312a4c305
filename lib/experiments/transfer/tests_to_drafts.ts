import { z } from "zod";
import { family } from "../../store/key.ts";
import type { Kv } from "../../store/kv.ts";
import { writeSafely } from "../../store/migrations.ts";
import { newDraft } from "../new_draft.ts";
import { experimentKeys } from "../records.ts";
import { variantContent } from "../rules/variant_content.ts";
import { originalPlan } from "./rules/original_plan.ts";

/** A tool as earlier versions stored it: with the original's A/B test. */
const toolBefore = family(
  "tool",
  variantContent.extend({
    id: z.string(),
    name: z.string(),
    effort: variantContent.shape.effort.default(null),
    experiment: z.unknown(),
  }),
);

/** Migration: the original's A/B tests, which tools kept, become drafts of experiments. */
export async function testsToDrafts(kv: Kv): Promise<void> {
  const tools = await kv.list({ prefix: ["tool"] }, (path) => toolBefore(String(path[1])));
  for (const { value: { experiment: test, ...tool } } of tools) {
    const plan = originalPlan(test, tool);
    if (plan === null) continue;
    const id = await draftId(tool.id);
    const origin = { id, tool: tool.id, by: "", createdAt: 0, imported: true };
    const { contents, ...draft } = newDraft(plan, origin);
    if (contents.B) await writeSafely(kv, experimentKeys.variant(id, "B"), contents.B);
    await writeSafely(kv, experimentKeys.experiment(id), draft);
    await writeSafely(kv, experimentKeys.experiments(), id);
  }
}

/** The same for each start, so that an interrupted migration makes no second draft. */
async function draftId(tool: string): Promise<string> {
  const hash = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(tool));
  return new Uint8Array(hash).toHex().slice(0, 10);
}
