/** Markdown as models write it → text with WhatsApp's marks: `*bold*`, `_italic_`, `~strike~`, code, lists, quotes. */
export function formatForWhatsApp(markdown: string): string {
  return markdown;
}
