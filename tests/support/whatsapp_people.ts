import type { World } from "./world.ts";

/** Offers a tool on WhatsApp, with a scope. */
export async function offerOnWhatsApp(world: World, tool: string, scope: string): Promise<void> {
  const stored = await world.deps.store.tools.get(tool);
  if (!stored) throw new Error(`No tool ${tool}`);
  const { id, order: _, version, experiment: __, ...content } = stored;
  await world.services.tools.editing.save("ada@example.org", id, version, {
    ...content,
    whatsapp: { enabled: true, scope },
  });
}

/** What a page says, without its marks and with single spaces. */
export function textOf(html: string): string {
  return html.replace(/<(style|script)[^]*?<\/\1>/g, " ").replace(/<[^>]+>/g, " ")
    .replaceAll("&#39;", "'").replaceAll("&quot;", '"').replaceAll("&amp;", "&")
    .replace(/\s+/g, " ");
}
