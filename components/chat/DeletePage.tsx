import { counter } from "../../lib/locales/plurals.ts";
import type { ToolView } from "../../lib/shared/views/chat_view.ts";
import { AlertIcon } from "../ui/Icons.tsx";
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
  const { language, removal: texts } = useTexts();
  const back = chatPath(tool.id) + (earlier ? "/history" : "#latest");
  return (
    <ToolSubpage
      organisation={organisation}
      simulated={simulated}
      tool={tool}
      title={texts.title}
      back={`${chatPath(tool.id)}#latest`}
    >
      {conversation === null
        ? (
          <div class="stack">
            <p>{earlier ? texts.gone : texts.empty}</p>
            <p class="buttons">
              <a class="button" href={back}>{texts.cancel}</a>
            </p>
          </div>
        )
        : (
          <form class="stack" method="post">
            <input type="hidden" name="conversation" value={conversation.id} />
            {earlier && <input type="hidden" name="from" value="history" />}
            {conversation.title && (
              <p dir="auto">
                <strong>{conversation.title}</strong>
              </p>
            )}
            <div class="note bad">
              <AlertIcon />
              <div>
                <b>{texts.forGood}</b>
                {counter(language)(conversation.messages, texts.lost)}
                <p class="buttons">
                  <button class="button danger" type="submit">{texts.confirm}</button>
                  <a class="button" href={back}>{texts.cancel}</a>
                </p>
              </div>
            </div>
          </form>
        )}
    </ToolSubpage>
  );
}
