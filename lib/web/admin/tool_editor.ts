import { FORMS } from "../../locales/admin/settings.ts";
import type { Context } from "fresh";
import { AppError } from "../../platform/errors.ts";
import {
  parseToolFields,
  readFields,
  sentToolFields,
  type ToolContent,
  toolFields,
} from "../../tools/rules/tool_form.ts";
import { bothChanged, joinedChanges, withChoices } from "../../tools/rules/tool_conflict.ts";
import type { Tool } from "../../tools/rules/tool.ts";
import { mergeFields } from "../../tools/rules/tool_merge.ts";
import { ToolChanged } from "../../tools/tool_editing.ts";
import {
  type ConflictView,
  type EditorView,
  type Finding,
  type OwnFields,
  ownFieldsOf,
  type ToolFields,
} from "../../shared/views/tool_admin_view.ts";
import type { DraftGoldenView } from "../../shared/views/golden_view.ts";
import { adminForm, type FormFields } from "./admin_form.ts";
import { adminOf } from "./admin_session.ts";
import type { State } from "../define.ts";
import { LOOK_FIELD, LOOK_NOTE } from "./kept_form.ts";

/** A letter takes up to nine bytes in an encoded form. */
const FORM_BYTES = 512 * 1024;

export interface EditorData {
  token: string;
  timeZone: string;
  view: EditorView;
  /** The stored values of the fields that a second draft may change. */
  stored: OwnFields | null;
  status: number;
}

/** Name of the button that runs the examples on the draft. */
const GOLDEN_FIELD = "golden";
/** The run of the draft that the editor shows. */
const RUN_FIELD = "golden-run";

interface Shown {
  stored: Tool | null;
  /** Who saved the stored version and when. */
  saved?: { by: string; at: number } | null;
  /** The version that the fields are based on; by default the stored tool's. */
  seen?: number;
  fields: ToolFields;
  findings?: Finding[];
  conflict?: ConflictView;
  note?: EditorView["note"];
  golden?: DraftGoldenView | null;
  status?: number;
}

export function editorData(ctx: Context<State>, shown: Shown): EditorData {
  const { tools: { views }, deps } = ctx.state.services;
  const { stored, fields, findings = [], conflict = null, note = null, status = 200 } = shown;
  const { content } = parseToolFields(fields);
  const seen = shown.seen ?? stored?.version ?? 0;
  const running = stored && deps.store.experiments.runningOf(stored.id, deps.clock());
  return {
    token: adminOf(ctx.state).csrf,
    timeZone: deps.config.TIME_ZONE,
    view: {
      tool: stored && { id: stored.id, version: seen },
      saved: shown.saved ?? null,
      fields,
      findings,
      models: views.models([fields.model, fields.fallbackModel]),
      typical: content && views.typical(asTool(content, stored)),
      conflict,
      golden: shown.golden ?? null,
      experiment: running && { id: running.id, name: running.name },
      sent: sentToolFields(fields),
      note,
    },
    stored: stored && ownFieldsOf(toolFields(stored)),
    status,
  };
}

/** Result of the editor's form: stored under an id, or to be shown again. */
export type Edited = { stored: string; merged: boolean } | { again: EditorData };

/** The browser's key for the draft of a new tool. */
export interface Drafted {
  draft: string;
}

/**
 * Stores the editor's form as a new tool (`id` null) or a changed one. Errors, warnings to accept
 * and conflicts with another admin's save return the form: no text is lost.
 */
export async function storeEdited(
  ctx: Context<State>,
  id: string | null,
): Promise<Edited & Drafted> {
  const form = await adminForm(ctx, { maxBytes: FORM_BYTES });
  const draft = form.text("draft").slice(0, 60);
  const result = await edited(ctx, form, id);
  if ("again" in result && id !== null && result.again.view.tool) {
    const { golden } = ctx.state.services;
    result.again.view.golden ??= await golden.ofDraft(id, form.text(RUN_FIELD));
  }
  return { draft, ...result };
}

async function edited(
  ctx: Context<State>,
  form: FormFields,
  id: string | null,
  triesLeft = MERGES,
): Promise<Edited> {
  const stored = id === null ? null : await storedTool(ctx, id);
  const seen = Number(form.text("version"));
  const typed = await typedFields(ctx, form, stored, seen);
  if (id !== null && stored === null) return { again: editorData(ctx, deleted(typed)) };
  if (stored !== null && form.has(GOLDEN_FIELD)) {
    return { again: await goldenLook(ctx, form, { stored, seen, fields: typed }) };
  }
  if (form.has(LOOK_FIELD)) {
    return { again: editorData(ctx, { stored, seen, fields: typed, note: LOOK_NOTE }) };
  }
  const { content: mine, findings } = parseToolFields(typed);
  if (mine === null) {
    // Keeps the seen version: another admin's changes are merged once the form is valid.
    return { again: editorData(ctx, { stored, seen, fields: typed, findings, ...WRONG }) };
  }
  const merged = await mergedWith(ctx, stored, seen, toolFields(mine));
  if ("conflict" in merged) return { again: editorData(ctx, merged) };
  const { fields } = merged;
  const { content, findings: mixed } = parseToolFields(fields);
  if (content === null) {
    return { again: editorData(ctx, { stored, fields, findings: mixed, ...WRONG }) };
  }
  const checked = await check(ctx, form, asTool(content, stored), stored);
  if (checked) return { again: editorData(ctx, { stored, fields, ...checked }) };
  try {
    const done = await store(ctx, stored, fields, content);
    return "stored" in done
      ? { ...done, merged: stored !== null && stored.version !== seen }
      : done;
  } catch (error) {
    if (!(error instanceof ToolChanged) || triesLeft === 0) throw error;
    // Another admin saved between the check and the commit.
    return await edited(ctx, form, id, triesLeft - 1);
  }
}

/** Runs the examples on the draft, or looks at its run; the form comes back as it was typed. */
async function goldenLook(
  ctx: Context<State>,
  form: FormFields,
  shown: Shown & { stored: Tool },
): Promise<EditorData> {
  const { golden } = ctx.state.services;
  const { stored, fields } = shown;
  if (form.text(GOLDEN_FIELD) !== "run") return editorData(ctx, shown);
  const { content, findings } = parseToolFields(fields);
  if (content === null) return editorData(ctx, { ...shown, findings, ...WRONG });
  const begun = await golden.start(adminOf(ctx.state).email, {
    tool: stored.id,
    a: { code: "version", version: stored.version },
    b: { code: "draft", fields },
    judge: "model",
  });
  return editorData(ctx, { ...shown, golden: await golden.ofDraft(stored.id, begun) });
}

/** Number of concurrent saves by others that are merged before giving up. */
const MERGES = 5;

/** The form's fields, with the choices where another admin had changed the same. */
async function typedFields(
  ctx: Context<State>,
  form: FormFields,
  stored: Tool | null,
  seen: number,
): Promise<ToolFields> {
  const get = (name: string) => form.text(name);
  const fields = readFields(get);
  if (stored === null) return fields;
  if (stored.version === seen) return withChoices(fields, toolFields(stored), get);
  const { tools } = ctx.state.services.deps.store;
  const shown = Number.isSafeInteger(seen) ? await tools.versionOf(stored.id, seen) : null;
  return withChoices(fields, toolFields(shown?.tool ?? stored), get);
}

/** The fields merged into the current tool, or the conflict to show. */
async function mergedWith(
  ctx: Context<State>,
  stored: Tool | null,
  seen: number,
  mine: ToolFields,
): Promise<{ fields: ToolFields } | Shown & { conflict: ConflictView }> {
  if (stored === null || stored.version === seen) return { fields: mine };
  const { tools } = ctx.state.services.deps.store;
  const [base, last] = await Promise.all([
    Number.isSafeInteger(seen) ? tools.versionOf(stored.id, seen) : null,
    tools.versionOf(stored.id, stored.version),
  ]);
  const theirs = toolFields(stored);
  const before = base && toolFields(base.tool);
  const { fields, conflicts } = mergeFields(before, theirs, mine);
  if (conflicts.length === 0) return { fields };
  const conflict = {
    by: last?.by ?? "",
    at: last?.at ?? 0,
    both: conflicts.map((field) => bothChanged(field, before, theirs, mine)),
    joined: joinedChanges(before, theirs, mine),
  };
  return { stored, fields, conflict, status: 409 };
}

async function store(
  ctx: Context<State>,
  stored: Tool | null,
  fields: ToolFields,
  content: ToolContent,
): Promise<{ stored: string } | { again: EditorData }> {
  const { editing } = ctx.state.services.tools;
  const { email } = adminOf(ctx.state);
  try {
    if (stored === null) return { stored: await editing.create(email, content) };
    await editing.save(email, stored.id, stored.version, content);
    return { stored: stored.id };
  } catch (error) {
    if (error instanceof AppError && error.kind === "missing") {
      return { again: editorData(ctx, deleted(fields)) };
    }
    throw error;
  }
}

/** Errors, and warnings that are new and not accepted yet; null when there are none. */
async function check(ctx: Context<State>, form: FormFields, tool: Tool, stored: Tool | null) {
  const { checks } = ctx.state.services.tools;
  const findings = await checks.of(tool);
  if (findings.some(({ level }) => level === "error")) return { findings, ...WRONG };
  const known = stored === null ? [] : (await checks.of(stored)).map(({ text }) => text);
  const accepted = new Set([...known, ...form.all("accepted")]);
  const open = findings.filter(({ text }) => !accepted.has(text));
  if (open.length === 0) return null;
  return {
    findings,
    note: { good: false, text: FORMS.checked },
    status: 422,
  };
}

const WRONG = {
  note: { good: false, text: FORMS.wrong },
  status: 422,
};

function deleted(fields: ToolFields): Shown {
  return {
    stored: null,
    fields,
    note: {
      good: false,
      text: FORMS.toolDeleted,
    },
    status: 409,
  };
}

async function storedTool(ctx: Context<State>, id: string): Promise<Tool | null> {
  const { tools } = await ctx.state.services.deps.store.tools.snapshot();
  return tools.find((tool) => tool.id === id) ?? null;
}

function asTool(content: ToolContent, stored: Tool | null): Tool {
  const own = stored ?? { id: "", order: 0, version: 1 };
  return {
    ...content,
    id: own.id,
    order: own.order,
    version: own.version,
  };
}
