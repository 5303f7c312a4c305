import type { ToolView } from "../../lib/shared/views/chat_view.ts";
import { ToolIcon } from "../tools/ToolIcon.tsx";
import { TurnForm } from "./composer/TurnForm.tsx";

/** Empty conversation: the tool's purpose and its starters. */
export function EmptyChat({ tool, requestId }: { tool: ToolView; requestId: string }) {
  return (
    <div id="empty" class="empty">
      <ToolIcon id={tool.id} icon={tool.icon} />
      <h2>{tool.name}</h2>
      <p dir="auto">{tool.description}</p>
      {tool.starters.length > 0 && (
        <TurnForm class="starters" toolId={tool.id} requestId={requestId} action="send">
          {tool.starters.map((text) => (
            <button type="submit" key={text} name="message" value={text} dir="auto">{text}</button>
          ))}
        </TurnForm>
      )}
    </div>
  );
}
