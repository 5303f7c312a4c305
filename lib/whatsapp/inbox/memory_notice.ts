import { texts } from "../../locales/whatsapp/texts.ts";
import { memoryKeys } from "../../memory/records.ts";
import { wantsMemory } from "../../memory/rules/notes.ts";
import { isSimulatedPhone } from "../../people/rules/phone.ts";
import type { Tool } from "../../tools/rules/tool.ts";
import type { WhatsAppDeps } from "../deps.ts";
import { visitorOf } from "../people.ts";
import type { Phone } from "../records.ts";

/**
 * Notice to send before an answer: that the tool remembers conversations, once for each tool.
 * Null also for people who switched memory off.
 */
export async function memoryNotice(
  { store }: Pick<WhatsAppDeps, "store">,
  { number, phone, tool }: { number: string; phone: Phone; tool: Tool },
): Promise<string | null> {
  if (!tool.remembers || isSimulatedPhone(number) || isTold(phone, tool.id)) return null;
  const { value } = await store.kv.get(memoryKeys.choice(visitorOf(phone)));
  return wantsMemory(value, tool.id) ? texts(phone.language).remembers : null;
}

/** The person, who is told of a tool's memory. */
export function toldOfMemory(phone: Phone, tool: string): Phone {
  if (isTold(phone, tool)) return phone;
  const remembers = [...phone.told.remembers ?? [], tool];
  return { ...phone, told: { ...phone.told, remembers } };
}

function isTold({ told }: Phone, tool: string): boolean {
  return told.remembers?.includes(tool) ?? false;
}
