import type { Page } from "playwright-core";

/** What a screen reader finds on a page, in order: role and name of each node that it has. */
export async function readerTree(page: Page): Promise<string[]> {
  const session = await page.context().newCDPSession(page);
  const { nodes } = await session.send("Accessibility.getFullAXTree");
  await session.detach();
  const byId = new Map(nodes.map((node) => [node.nodeId, node]));
  const lines: string[] = [];
  const walk = (id: string, depth: number): void => {
    const node = byId.get(id);
    if (!node) return;
    const role = String(node.role?.value ?? "");
    const shown = !node.ignored && !SILENT.has(role);
    if (shown) {
      lines.push(`${"  ".repeat(depth)}${role} ${String(node.name?.value ?? "")}`.trimEnd());
    }
    for (const child of node.childIds ?? []) walk(child, shown ? depth + 1 : depth);
  };
  const [root] = nodes;
  if (root) walk(root.nodeId, 0);
  return lines;
}

/** Roles without a meaning of their own. */
const SILENT = new Set(["InlineTextBox", "generic", "none", "ListMarker", "time"]);
