import type { ToolView } from "../lib/shared/chat_view.ts";
import { ToolIcon } from "./ToolIcon.tsx";

/** One tool on the first page; the whole card leads to its chat. */
export function ToolCard({ tool }: { tool: ToolView }) {
  return (
    <li class="card">
      <ToolIcon id={tool.id} icon={tool.icon} />
      <h2>
        <a href={`/chat/${encodeURIComponent(tool.id)}`}>{tool.name}</a>
      </h2>
      <p dir="auto">{tool.description}</p>
      <p class="model">{tool.model}</p>
    </li>
  );
}
