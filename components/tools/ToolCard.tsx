import type { ToolView } from "../../lib/shared/views/chat_view.ts";
import { ToolIcon } from "./ToolIcon.tsx";

export interface ToolCardProps {
  tool: ToolView;
  /** Text for an exhausted ceiling or share, with the reset time; or null. */
  usedUp: string | null;
}

/** A tool on the home page; the whole card links to its chat. */
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
