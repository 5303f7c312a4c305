import type { Tool } from "../../tools/rules/tool.ts";
import type { Inbox, Phone } from "../records.ts";

/** Consecutive messages from one phone, to be asked as one question. */
export interface QueuedQuestion {
  number: string;
  phone: Phone;
  tool: Tool;
  tools: readonly Tool[];
  messages: readonly Inbox[];
}
