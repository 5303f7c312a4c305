import { z } from "zod";
import type { NotedErasure } from "../../people/erasures.ts";
import { erasureSchema } from "../../people/records.ts";

const line = z.object({ id: z.string().min(1).max(60), erasure: erasureSchema });

/** Erasures as lines of JSON, each with its line feed. */
export function erasureLines(erasures: readonly NotedErasure[]): string {
  return erasures.map((each) => `${JSON.stringify(each)}\n`).join("");
}

/**
 * The erasures in a list, each once. A line that a crash cut off is left out: its erasure was not
 * marked as listed, and is added again.
 */
export function parseErasures(text: string): NotedErasure[] {
  const found = new Map<string, NotedErasure>();
  for (const each of text.split("\n")) {
    const { data } = line.safeParse(jsonOf(each));
    if (data !== undefined) found.set(data.id, data);
  }
  return [...found.values()];
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
