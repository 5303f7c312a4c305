import type { ToolView } from "../../lib/shared/views/chat_view.ts";
import { EditIcon } from "../ui/Icons.tsx";
import { useTexts } from "../ui/texts.ts";
import { TurnForm } from "./composer/TurnForm.tsx";

/** Empty conversation: a greeting, the tool's purpose and its starters. */
export function EmptyChat({ tool, requestId }: { tool: ToolView; requestId: string }) {
  const { greeting } = useTexts().chat;
  return (
    <div id="empty" class="empty">
      <h2>{greeting}</h2>
      <p dir="auto">{tool.description}</p>
      {tool.starters.length > 0 && (
        <TurnForm class="starters" toolId={tool.id} requestId={requestId} action="send">
          {tool.starters.map((text) => (
            <button type="submit" class="starter" key={text} name="message" value={text}>
              <EditIcon />
              <span dir="auto">{text}</span>
            </button>
          ))}
        </TurnForm>
      )}
    </div>
  );
}
