import { createEngine } from "../../markdown/engine.ts";
import { BlockWriter } from "./format_blocks.ts";

const engine = createEngine();

/**
 * Converts a model's Markdown to WhatsApp's marks: `*bold*`, `_italic_`, `~strike~`, code.
 * Headings become bold, links follow their text, images become their descriptions, tables become
 * lists of rows, and formulas become Unicode where possible. Characters that WhatsApp would read
 * as marks are replaced by lookalikes.
 * https://faq.whatsapp.com/539178204879377
 */
export function formatForWhatsApp(markdown: string): string {
  return new BlockWriter().write(engine.parse(markdown, {}));
}
