import type { MarkdownIt } from "markdown-it";
import { escapeHtml } from "./escape.ts";

/** An attribute with the source, where it differs from the shown text; for copying. */
export function written(source: string): string {
  return `data-source="${escapeHtml(source)}"`;
}

/** Keeps the source of escapes and entities (`\\*`, `&amp;`) beside what they show. */
export function useWritten(engine: MarkdownIt): void {
  engine.core.ruler.before("text_join", "written", (state) => {
    for (const { type, children } of state.tokens) {
      if (type !== "inline") continue;
      for (const token of children ?? []) {
        if (token.type === "text_special" && token.content !== token.markup) token.type = "escaped";
      }
    }
  });
  engine.renderer.rules.escaped = (tokens, index) => {
    const { markup = "", content = "" } = tokens[index] ?? {};
    return `<span ${written(markup)}>${escapeHtml(content)}</span>`;
  };
}
