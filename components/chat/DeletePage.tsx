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
  conversation: { id: string; messages: number } | null;
}

/** Confirmation before a conversation is deleted. */
export function DeletePage({ organisation, simulated, tool, conversation }: DeletePageProps) {
  const { language, removal: texts } = useTexts();
  const back = `${chatPath(tool.id)}#latest`;
  return (
    <ToolSubpage
      organisation={organisation}
      simulated={simulated}
      tool={tool}
      title={texts.title}
      back={back}
    >
      {conversation === null
        ? (
          <div class="stack">
            <p>{texts.empty}</p>
            <p class="buttons">
              <a class="button" href={back}>{texts.cancel}</a>
            </p>
          </div>
        )
        : (
          <form class="stack" method="post">
            <input type="hidden" name="conversation" value={conversation.id} />
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
