/** Tools under one heading. */
export interface ToolGroup<Tool> {
  /** "" for the tools without a group. */
  name: string;
  tools: Tool[];
}

/** Groups tools in the order of each group's first tool; those without a group come last. */
export function toolGroups<Tool extends { group: string }>(
  tools: readonly Tool[],
): ToolGroup<Tool>[] {
  const groups = new Map<string, ToolGroup<Tool>>();
  for (const tool of tools) {
    const key = tool.group.toLowerCase();
    const group = groups.get(key);
    if (group) group.tools.push(tool);
    else groups.set(key, { name: tool.group, tools: [tool] });
  }
  const rest = groups.get("");
  groups.delete("");
  return rest ? [...groups.values(), rest] : [...groups.values()];
}
