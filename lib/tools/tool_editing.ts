import { CHECKS, type HistoryParams } from "../locales/admin/tools.ts";
import type { Coded } from "../locales/coded.ts";
import { AUDIT_WEIGHT } from "../audit/log.ts";
import { AppError } from "../platform/errors.ts";
import { textLength, type Tool, TOOL_LIMITS, toolSchema } from "./rules/tool.ts";
import { withModelReplaced } from "./rules/tool_models.ts";
import { changesBetween } from "./rules/tool_diff.ts";
import type { ToolContent } from "./rules/tool_form.ts";
import { copyName, freeId, idFrom, sameName } from "./rules/tool_names.ts";
import { changeBytes, fitting, type ToolRepository } from "./tool_repository.ts";
import type { OWN_FIELDS } from "../shared/views/tool_admin_view.ts";
import type { Clock } from "../platform/clock.ts";
import type { WritePart } from "../store/transactions.ts";
import { toolIn, type Tools } from "./stored_tools.ts";

interface Needs {
  store: { tools: Tools };
  clock: Clock;
}

type Ceiling = Tool["ceiling"];

/** Another admin changed the tool since it was opened. */
export class ToolChanged extends AppError {
  constructor(readonly current: Tool) {
    super("conflict", { code: "tool.changed", name: current.name });
  }
}

/** An admin's actions on single tools; each commits together with its audit entry. */
export class ToolEditing {
  constructor(private readonly deps: Needs, private readonly repository: ToolRepository) {}

  /** Adds a tool at the end of the list. Returns its id. */
  async create(who: string, content: ToolContent): Promise<string> {
    const id = await this.repository.change(who, async (tools) => {
      const taken = await this.takenIds(tools);
      const id = freeId(idFrom(content.name), taken);
      const tool = valid({ ...content, id, order: last(tools) + 1, version: 1 });
      return {
        put: [tool],
        how: { code: "created" },
        action: "tool.create",
        thing: `tool:${id}`,
        after: tool,
        result: id,
      };
    });
    return id ?? "";
  }

  /**
   * Saves a tool if its version is still `seen`.
   * @throws {ToolChanged} if not; {AppError} `missing` if it was deleted
   */
  async save(who: string, id: string, seen: number, content: ToolContent): Promise<void> {
    await this.edit(who, id, { code: "changed" }, (now) => {
      if (now.version !== seen) throw new ToolChanged(now);
      return { ...now, ...content };
    });
  }

  /**
   * Sets tools' daily ceilings that are still those of `before`, with other records: in one commit,
   * but for tools that are too large for it together, whose commits come after.
   * @throws {ToolChanged} if not; {AppError} `missing` if a tool was deleted
   */
  async setCeilings(
    who: string,
    ceilings: readonly { id: string; before: Ceiling; after: Ceiling }[],
    others: WritePart | null = null,
  ): Promise<void> {
    for (let left = ceilings, also = others; left.length > 0;) {
      const part = also;
      const count = await this.repository.change(who, (tools) => {
        const edits = left.map(({ id, before: seen, after: ceiling }) => {
          const before = toolIn(tools, id);
          if (before.ceiling !== seen) throw new ToolChanged(before);
          return { thing: `tool:${id}`, before, after: valid({ ...before, ceiling }) };
        });
        const bytes = new Map(edits.map(({ before, after }) => [
          after.id,
          changeBytes(after, before) + AUDIT_WEIGHT,
        ]));
        const ids = fitting([...bytes.keys()], (id) => bytes.get(id) ?? 0, part?.weight);
        const [first, ...more] = edits.slice(0, ids.length);
        if (!first) return null;
        return {
          put: [first, ...more].map(({ after }) => after),
          how: { code: "changed" },
          action: "tool.change",
          ...first,
          more,
          ...(part === null ? {} : { also: () => part }),
          result: ids.length,
        };
      });
      left = left.slice(count ?? left.length);
      also = null;
    }
  }

  setCeiling(who: string, id: string, before: Ceiling, after: Ceiling): Promise<void> {
    return this.setCeilings(who, [{ id, before, after }]);
  }

  /** Shows or hides a tool. */
  async setActive(who: string, id: string, active: boolean): Promise<void> {
    await this.edit(
      who,
      id,
      { code: active ? "switched_on" : "switched_off" },
      (now) => ({ ...now, active }),
    );
  }

  /**
   * Restores an earlier version; order and active state stay.
   * @throws {ToolChanged}; {AppError} `missing` if that version is no longer stored
   */
  async restoreVersion(who: string, id: string, number: number, seen: number): Promise<void> {
    const state = await this.deps.store.tools.versionOf(id, number);
    if (state === null) throw new AppError("missing", { code: "version.gone" });
    await this.edit(who, id, { code: "restored", version: number }, (now) => {
      if (now.version !== seen) throw new ToolChanged(now);
      return { ...state.tool, order: now.order, active: now.active };
    }, "tool.revert");
  }

  /** Replaces a model in tools; each gets a version. Returns how many of them used it. */
  async replaceModel(
    who: string,
    ids: readonly string[],
    { from, to, isReplaced }: { from: string; to: string; isReplaced: (name: string) => boolean },
  ): Promise<number> {
    const how = { code: "model_replaced", from, to } as const;
    let replaced = 0;
    for (const id of ids) {
      if (await this.edit(who, id, how, (now) => withModelReplaced(now, isReplaced, to))) {
        replaced++;
      }
    }
    return replaced;
  }

  /**
   * Gives a tool other contents as a new version, in one commit with another capability's records;
   * all other fields stay. Returns the version's number, or null, without a write, if the tool has
   * these contents already.
   * @param also asked for anew after a concurrent change
   */
  async promote(
    who: string,
    id: string,
    how: Extract<Coded<HistoryParams>, { code: "promoted" }>,
    content: Pick<Tool, (typeof OWN_FIELDS)[number]>,
    also: () => Promise<(version: number) => WritePart>,
  ): Promise<number | null> {
    let version: number | null = null;
    await this.repository.change(who, async (tools) => {
      version = null;
      const before = toolIn(tools, id);
      const after = valid({ ...before, ...content });
      if (textLength(after) > TOOL_LIMITS.texts) throw new AppError("invalid", tooLong(after));
      if (changesBetween(before, after).length === 0) return null;
      const part = await also();
      return {
        put: [after],
        how,
        action: "tool.change",
        thing: `tool:${id}`,
        before,
        after,
        also: ([tool = after]) => part(version = tool.version),
        result: null,
      };
    });
    return version;
  }

  /** Adds an inactive copy after the tool. Returns its id. */
  async duplicate(who: string, id: string): Promise<string> {
    const copied = await this.repository.change(who, async (tools) => {
      const source = toolIn(tools, id);
      const name = copyName(source.name, new Set(tools.map(({ name }) => sameName(name))));
      const taken = await this.takenIds(tools);
      const copy = valid({ ...source, name, id: freeId(idFrom(name), taken), active: false });
      const at = tools.indexOf(source) + 1;
      const { moved, placed } = reordered([...tools.slice(0, at), copy, ...tools.slice(at)], copy);
      return {
        put: [placed],
        moved,
        how: { code: "copied", from: id },
        action: "tool.create",
        thing: `tool:${copy.id}`,
        after: placed,
        result: copy.id,
      };
    });
    return copied ?? "";
  }

  /** Moves a tool to the bin. */
  async remove(who: string, id: string): Promise<void> {
    await this.repository.change(who, (tools) => {
      const tool = toolIn(tools, id);
      return {
        remove: [tool],
        how: { code: "deleted" },
        action: "tool.delete",
        thing: `tool:${id}`,
        before: tool,
        result: null,
      };
    });
  }

  /** Moves a tool within the list, also to another group; indexes are from 0. */
  async move(
    who: string,
    id: string,
    to: (now: number, tools: readonly Tool[]) => number,
    group?: string,
  ): Promise<void> {
    await this.repository.change(who, (tools) => {
      const tool = toolIn(tools, id);
      const from = tools.indexOf(tool);
      const place = Math.min(Math.max(0, to(from, tools)), tools.length - 1);
      const grouped = valid({ ...tool, group: group ?? tool.group });
      const regrouped = grouped.group !== tool.group;
      if (place === from && !regrouped) return null;
      const rest = tools.filter((other) => other !== tool);
      const { moved, placed } = reordered(
        [...rest.slice(0, place), grouped, ...rest.slice(place)],
        grouped,
      );
      return {
        ...(regrouped ? { put: [placed], moved } : { moved: [...moved, placed] }),
        how: { code: "moved" },
        action: "tool.move",
        thing: `tool:${id}`,
        before: { place: from + 1, ...(regrouped && { group: tool.group }) },
        after: { place: place + 1, ...(regrouped && { group: grouped.group }) },
        result: null,
      };
    });
  }

  private async takenIds(tools: readonly Tool[]): Promise<Set<string>> {
    const { store, clock } = this.deps;
    return new Set([...tools.map(({ id }) => id), ...await store.tools.deletedIds(clock())]);
  }

  private async edit(
    who: string,
    id: string,
    how: Coded<HistoryParams>,
    edited: (now: Tool) => Tool,
    action = "tool.change",
  ): Promise<boolean> {
    return await this.repository.change<true>(who, (tools) => {
      const now = toolIn(tools, id);
      const after = valid(edited(now));
      if (changesBetween(now, after).length === 0) return null;
      return { put: [after], how, action, thing: `tool:${id}`, before: now, after, result: true };
    }) ?? false;
  }
}

/** Tools of a list whose order changed, and the subject with its own order. */
function reordered(list: readonly Tool[], subject: Tool): { moved: Tool[]; placed: Tool } {
  const moved = list.flatMap((tool, order) =>
    tool === subject || tool.order === order ? [] : [{ ...tool, order }]
  );
  return { moved, placed: { ...subject, order: list.indexOf(subject) } };
}

function last(tools: readonly Tool[]): number {
  return tools.reduce((most, { order }) => Math.max(most, order), -1);
}

function tooLong(tool: Tool) {
  const issue = CHECKS.textsTooLong(textLength(tool), TOOL_LIMITS.texts);
  return { code: "tool.invalid" as const, field: "systemPrompt", issue };
}

function valid(tool: Tool): Tool {
  const result = toolSchema.safeParse(tool);
  if (result.success) return result.data;
  const issue = result.error.issues[0];
  const field = issue?.path.join(".") ?? "";
  throw new AppError("invalid", { code: "tool.invalid", field, issue: issue?.message ?? "" }, {
    field,
  });
}
