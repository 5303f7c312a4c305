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
      <div>
        <h3>
          <a href={`/chat/${encodeURIComponent(tool.id)}`} dir="auto">{tool.name}</a>
        </h3>
        <p class="about" dir="auto">{tool.description}</p>
        {usedUp && <p class="used-up">{usedUp}</p>}
      </div>
    </li>
  );
}
