import type { Tool } from "../../tools/rules/tool.ts";
import type { Inbox, Phone } from "../records.ts";

/** What is to be asked a tool: the texts of messages that came one after the other. */
export interface QueuedQuestion {
  number: string;
  phone: Phone;
  tool: Tool;
  tools: readonly Tool[];
  messages: readonly Inbox[];
}
