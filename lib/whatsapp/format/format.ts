import { createEngine } from "../../markdown/engine.ts";
import { BlockWriter } from "./format_blocks.ts";

const engine = createEngine();

/**
 * Markdown as models write it → text with WhatsApp's marks: `*bold*` (headings
 * too), `_italic_`, `~strike~`, code, lists, quotes. A link stands behind its
 * text, a picture is its description, a table is a list of its rows, a formula
 * is written in signs where there are such. Signs of the text that WhatsApp
 * would take for marks are replaced by ones that look like them.
 * https://faq.whatsapp.com/539178204879377
 */
export function formatForWhatsApp(markdown: string): string {
  return new BlockWriter().write(engine.parse(markdown, {}));
}
