import { TOOL } from "@/tests/support/asking.ts";
import type { World } from "@/tests/support/world.ts";
import type { Trial } from "./trials.ts";

/** A cheap model, one with a large context, one with hidden thinking, and an unlisted one. */
const MODELS = [["gpt-6-luna", 1_000], ["gpt-6-sol", 4_096], ["gpt-6.1-sol", 2_000], [
  "house-model",
  8_192,
]] as const;
/** Models whose refused fields are still unknown to the program. */
const STRANGERS = 20;

/** The tool of a conversation that begins with a trial: only unknown models refuse fields. */
export function toolFor({ refuses, tool }: Trial): number {
  return refuses.length > 0 ? MODELS.length + tool % STRANGERS : tool % MODELS.length;
}

/** Whether it is not yet known which fields the tool's model refuses. */
export function isStrange(tool: number): boolean {
  return tool >= MODELS.length;
}

export function toolName(number: number): string {
  return `soak-${number}`;
}

export function modelOf(tool: number): { model: string; maxTokens: number } {
  const [model, maxTokens] = MODELS[tool] ?? [`strange-model-${tool}`, 1_000];
  return { model, maxTokens };
}

/** Stores the tools, and prices of unlisted models. */
export async function prepare({ deps: { store, clock } }: World): Promise<void> {
  const tool = await store.tools.get(TOOL);
  if (!tool) throw new Error("There is no tool");
  const tokens = { input: 400_000_000n, cachedInput: 100_000_000n, output: 1_600_000_000n };
  for (let number = 0; number < MODELS.length + STRANGERS; number++) {
    const { model, maxTokens } = modelOf(number);
    if (number >= MODELS.length - 1) {
      await store.customPrices.set("openai", model, { from: 0, tokens, unit: null });
    }
    const ceiling = 1_000_000_000_000n;
    await store.tools.put({ ...tool, id: toolName(number), model, maxTokens, ceiling });
  }
  await store.customPrices.refresh(clock());
}
