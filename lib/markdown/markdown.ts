import type { Env } from "markdown-it";
import { createEngine } from "./engine.ts";
import { plainToHtml } from "./plain.ts";

/** What rendering one text carries from block to block: link definitions and what is left of its budget. */
export type MarkdownEnv = Env;

const engine = createEngine();

/**
 * Markdown that a person or a model wrote → HTML that is safe to insert: only
 * elements and attributes of a short list, no inline styles, and nothing that
 * makes a browser send a request before somebody follows a link.
 */
export function renderMarkdown(text: string): string {
  return renderPart(text, {});
}

/** Renders one of the consecutive parts of a text; all its parts share an `env`. */
export function renderPart(text: string, env: MarkdownEnv): string {
  return plainToHtml(text) ?? engine.render(text, env);
}

/** The way every text could take, for tests that compare it with the short cut for plain text. */
export function renderWithoutShortcut(text: string): string {
  return engine.render(text, {});
}
