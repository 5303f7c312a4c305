import type { Env } from "markdown-it";
import { createEngine } from "./engine.ts";
import { plainToHtml } from "./plain.ts";

/** State shared by the parts of one text: link definitions and the remaining budget. */
export type MarkdownEnv = Env;

const engine = createEngine();

/**
 * Renders Markdown as HTML that is safe to insert: only allowlisted elements and attributes, no
 * inline styles, and nothing that sends a request before a link is followed.
 */
export function renderMarkdown(text: string): string {
  return renderPart(text, {});
}

/** Renders one of the consecutive parts of a text; all parts share an `env`. */
export function renderPart(text: string, env: MarkdownEnv): string {
  return plainToHtml(text) ?? engine.render(text, env);
}

/** Renders without the fast path for plain text, for tests that compare the two. */
export function renderWithoutShortcut(text: string): string {
  return engine.render(text, {});
}
