import type { ToolView } from "../../lib/shared/views/chat_view.ts";
import { ToolIcon } from "./ToolIcon.tsx";

export interface ToolCardProps {
  tool: ToolView;
  /** Says that its day is used up and when it opens again, or null. */
  usedUp: string | null;
}

/** One tool on the first page; the whole card leads to its chat. */
export function ToolCard({ tool, usedUp }: ToolCardProps) {
  return (
    <li class="card">
      <ToolIcon id={tool.id} icon={tool.icon} />
      <h2>
        <a href={`/chat/${encodeURIComponent(tool.id)}`}>{tool.name}</a>
      </h2>
      <p dir="auto">{tool.description}</p>
      {usedUp && <p class="used-up">{usedUp}</p>}
      <p class="model">{tool.model}</p>
    </li>
  );
}
