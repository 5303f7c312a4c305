import type { ToolRow } from "../../../lib/shared/views/tool_admin_view.ts";
import { ToolListItem } from "./ToolListItem.tsx";

interface ToolListProps {
  tools: readonly ToolRow[];
  token: string;
  /** The group's name; null for the tools that people do not see. */
  group: string | null;
  /** All groups that people see. */
  groups: readonly string[];
  /** Whether tools can be moved: not in a search's results. */
  sortable: boolean;
  /** Whether the columns' names stand above. */
  legend: boolean;
}

/** Tools of one group, with the names of their columns. */
export function ToolList({ tools, legend, group, ...list }: ToolListProps) {
  return (
    <div class="panel tools">
      {legend && (
        <div class="row legend" aria-hidden="true">
          <span class="icon-btn grip" />
          <span class="tool-icon" />
          <span class="g">Tool</span>
          <span class="col model">Model</span>
          <span class="col">A message</span>
          <span class="col">Last 7 days</span>
          <span class="col">Rated good</span>
          <span class="menu" />
        </div>
      )}
      <ol class="rows" data-sortable={list.sortable} data-group={group ?? undefined}>
        {tools.map((tool, i) => (
          <ToolListItem
            key={tool.id}
            {...list}
            tool={tool}
            group={group}
            first={i === 0}
            last={i === tools.length - 1}
          />
        ))}
      </ol>
    </div>
  );
}
