import { interpretCaption, interpretMessage } from "./dialogue/dialogue.ts";
import type { Command, DialogueState } from "./dialogue/state.ts";
import type { Language } from "../shared/languages.ts";
import { type LocalTool, localTool } from "../tools/rules/local_texts.ts";
import type { Tool } from "../tools/rules/tool.ts";
import type { Inbox, Phone } from "./records.ts";
import type { Tools } from "../tools/stored_tools.ts";

/** The record of a new person. */
export function newPhone(id: string, language: Language, now: number): Phone {
  return {
    own: `phone:${id}`,
    linked: null,
    tool: null,
    language,
    menuPage: null,
    pending: null,
    optedOut: false,
    blocked: false,
    takeover: null,
    lastInboundAt: null,
    lastSid: null,
    windowShut: false,
    welcomed: false,
    arrived: 0,
    answered: 0,
    tries: 0,
    next: 0,
    sent: 0,
    dropBefore: 0,
    failure: null,
    told: { limited: 0, overBudget: 0 },
    today: { day: "", usd: 0n },
    spent: 0n,
    createdAt: now,
    updatedAt: now,
  };
}

/** The person's id in page URLs and the audit log. */
export function idOf({ own }: Pick<Phone, "own">): string {
  return own.slice("phone:".length);
}

/** The visitor of a person's conversations: the linked web visitor's, else their own. */
export function visitorOf({ own, linked }: Pick<Phone, "own" | "linked">): string {
  return linked?.visitor ?? own;
}

/** The tools offered on WhatsApp, in list order, with their texts in the person's language. */
export async function offered(tools: Tools, language: Language | null): Promise<LocalTool[]> {
  return (await tools.list()).filter(({ active, whatsapp }) => active && whatsapp.enabled)
    .map((tool) => localTool(tool, language));
}

/** The person's chosen tool; null without one, or if it is no longer offered. */
export function currentTool(phone: Phone, tools: readonly Tool[]): Tool | null {
  return tools.find(({ id }) => id === phone.tool) ?? null;
}

/** Interprets an inbound message; text with an attachment is a caption. */
export function commandIn(
  { text, media }: Pick<Inbox, "text" | "media">,
  state: DialogueState,
): Command {
  return media.length > 0 ? interpretCaption(text, state) : interpretMessage(text, state);
}

/** The dialogue state of a person. */
export function dialogueOf(phone: Phone, tools: readonly Tool[]): DialogueState {
  const { language, menuPage, pending, optedOut } = phone;
  return {
    language,
    tools,
    currentTool: currentTool(phone, tools)?.id ?? null,
    menuPage,
    pending,
    optedOut,
    linked: phone.linked !== null,
  };
}
