import { AppError } from "../platform/errors.ts";
import type { Tool } from "../tools/rules/tool.ts";
import { parseToolFields, toolFields } from "../tools/rules/tool_form.ts";
import type { OwnFields, ToolFields } from "../shared/views/tool_admin_view.ts";
import type { Chat, StartedTurn } from "./chat.ts";
import type { Tools } from "../tools/stored_tools.ts";

interface Needs {
  store: { tools: Tools };
}

/** Messages to drafts that one admin may send. */
const RATE = { limit: 15, windowMs: 60_000 };

/** A question to a draft. */
export interface PreviewRequest {
  /** The stored tool that the draft changes, or null for a new one. */
  tool: string | null;
  /** The editor's; null asks the tool as it is stored, to compare. */
  fields: ToolFields | null;
  /** What a second draft has of its own, instead of what stands there. */
  own: OwnFields | null;
  /** Names the conversation: a page and its side, so that two drafts do not meet. */
  conversation: string;
  request: string;
  message: string;
}

/** Talking to tools that are not stored yet, by the same engine, and paid for like any message. */
export class ToolPreview {
  constructor(private readonly deps: Needs, private readonly chat: Chat) {}

  /**
   * Asks a draft. What it costs counts for the tool's day, in the channel "preview".
   * @throws {AppError} `invalid` when the draft is not right yet, or as `Chat.startTurn()`.
   */
  async ask(
    who: string,
    { tool: id, fields, own, ...asked }: PreviewRequest,
  ): Promise<StartedTurn> {
    const stored = id === null ? null : await this.deps.store.tools.get(id);
    const base = fields ?? (own && stored && toolFields(stored));
    const draft = base === null ? stored : draftedTool({ ...base, ...own }, stored);
    if (draft === null) throw new AppError("missing", { code: "tool.gone" });
    return await this.chat.startTurn({
      visitor: `preview:${who}:${asked.conversation}`,
      tool: draft.id,
      draft: { ...draft, active: true },
      request: asked.request,
      channel: "preview",
      action: { kind: "send", message: asked.message },
      rateLimitKey: { kind: "preview", address: who, rate: RATE },
    });
  }
}

/**
 * The tool that the editor's fields describe.
 * @throws {AppError} `invalid` when they are not right yet
 */
export function draftedTool(fields: ToolFields, stored: Tool | null): Tool {
  const { content, findings } = parseToolFields(fields);
  if (content) {
    return { ...content, id: stored?.id ?? "preview", order: 0, version: 1 };
  }
  const [first] = findings;
  throw new AppError("invalid", { code: "form.invalid", finding: first?.text ?? null }, {
    field: first?.field,
  });
}
