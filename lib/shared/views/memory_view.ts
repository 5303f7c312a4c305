/** A note of one conversation. */
export interface MemoryNoteView {
  conversation: string;
  text: string;
  /** ISO 639 code; null when unknown. */
  language: string | null;
  /** Last activity of the conversation, in ms since 1970. */
  at: number;
}

/** What one tool remembers of a person. */
export interface ToolMemoryView {
  id: string;
  name: string;
  icon: string;
  /** Whether the person has switched it off for this tool. */
  off: boolean;
  /** Latest first. */
  notes: MemoryNoteView[];
}

/** What tools remember of a person. */
export interface MemoryView {
  /** Whether the person has switched it off for all tools. */
  off: boolean;
  tools: ToolMemoryView[];
}

/** A tool's memory as its chat tells of it: on, or switched off by the person. */
export type MemoryState = "on" | "off";
