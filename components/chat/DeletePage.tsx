import { counter } from "../../lib/locales/plurals.ts";
import type { ToolView } from "../../lib/shared/views/chat_view.ts";
import { useTexts } from "../ui/texts.ts";
import { chatPath } from "./composer/TurnForm.tsx";
import { ToolSubpage } from "./ToolSubpage.tsx";

interface DeletePageProps {
  organisation: string;
  simulated: boolean;
  tool: ToolView;
  conversation: { id: string; messages: number; title?: string } | null;
  /** An archived conversation. */
  earlier: boolean;
}

/** Confirmation before a conversation is deleted. */
export function DeletePage(props: DeletePageProps) {
  const { organisation, simulated, tool, conversation, earlier } = props;
  const { language, removal: texts, history } = useTexts();
  const back = chatPath(tool.id) + (earlier ? "/history" : "#latest");
  return (
    <ToolSubpage
      organisation={organisation}
      simulated={simulated}
      tool={tool}
      title={texts.title}
      back={back}
      backTo={earlier ? history.title : tool.name}
    >
      {conversation === null
        ? <p>{earlier ? texts.gone : texts.empty}</p>
        : (
          <form class="ask" method="post">
            <input type="hidden" name="conversation" value={conversation.id} />
            {conversation.title && (
              <p dir="auto">
                <strong>{conversation.title}</strong>
              </p>
            )}
            {earlier && <input type="hidden" name="from" value="history" />}
            <p>{counter(language)(conversation.messages, texts.lost)}</p>
            <p class="choices">
              <button class="button danger" type="submit">{texts.confirm}</button>
              <a class="button" href={back}>{texts.cancel}</a>
            </p>
          </form>
        )}
    </ToolSubpage>
  );
}
