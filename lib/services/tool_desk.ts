import type { Chat } from "./chat.ts";
import type { Deps } from "./deps.ts";
import { ToolBin } from "./tool_bin.ts";
import { ToolBook } from "./tool_book.ts";
import { ToolChecks } from "./tool_checks.ts";
import { ToolEditing } from "./tool_editing.ts";
import { ToolPreview } from "./tool_preview.ts";
import { ToolTransfer } from "./tool_transfer.ts";
import { ToolViews } from "./tool_views.ts";

/** Where the organisation's tools are made and kept. */
export class ToolDesk {
  readonly bin: ToolBin;
  readonly checks: ToolChecks;
  readonly editing: ToolEditing;
  readonly preview: ToolPreview;
  readonly transfer: ToolTransfer;
  readonly views: ToolViews;

  constructor(deps: Deps, chat: Chat) {
    const book = new ToolBook(deps);
    this.checks = new ToolChecks(deps);
    this.bin = new ToolBin(deps, book);
    this.editing = new ToolEditing(deps, book);
    this.preview = new ToolPreview(deps, chat);
    this.transfer = new ToolTransfer(deps, book, this.checks);
    this.views = new ToolViews(deps, this.checks);
  }
}
