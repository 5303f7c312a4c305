import type { ToolView } from "../../lib/shared/views/chat_view.ts";
import { EditIcon, SendIcon } from "../ui/Icons.tsx";
import { useTexts } from "../ui/texts.ts";
import { chatPath, TurnForm } from "./composer/TurnForm.tsx";
import { asksForMore, startOf } from "./starters.ts";

/** Empty conversation: a greeting, the tool's purpose and its starters. */
export function EmptyChat({ tool, requestId }: { tool: ToolView; requestId: string }) {
  const { greeting } = useTexts().chat;
  return (
    <div id="empty" class="empty">
      {tool.greeting === ""
        ? <h2>{greeting}</h2>
        : <h2 dir="auto" lang={tool.langs?.greeting}>{tool.greeting}</h2>}
      <p dir="auto" lang={tool.langs?.description}>{tool.description}</p>
      {tool.starters.length > 0 && (
        <TurnForm class="starters" toolId={tool.id} requestId={requestId} action="send">
          {tool.starters.map((text, i) =>
            asksForMore(text)
              ? (
                <a
                  class="starter"
                  key={text}
                  href={`${chatPath(tool.id)}?starter=${i}#composer`}
                  data-fill={startOf(text)}
                >
                  <EditIcon />
                  <span dir="auto" lang={tool.langs?.starters}>{text}</span>
                </a>
              )
              : (
                <button type="submit" class="starter" key={text} name="message" value={text}>
                  <SendIcon />
                  <span dir="auto" lang={tool.langs?.starters}>{text}</span>
                </button>
              )
          )}
        </TurnForm>
      )}
    </div>
  );
}
