import { OWN_HISTORY } from "../../lib/locales/own/history.ts";
import { useTexts } from "../ui/texts.ts";
import { OwnPage } from "./OwnPage.tsx";

interface RenamePageProps {
  organisation: string;
  simulated: boolean;
  /** Null when the conversation is gone. */
  conversation: { tool: string; id: string; title: string } | null;
}

/** Form for the title of a conversation. */
export function RenamePage({ organisation, simulated, conversation }: RenamePageProps) {
  const texts = OWN_HISTORY[useTexts().language];
  return (
    <OwnPage organisation={organisation} simulated={simulated} title={texts.rename}>
      {conversation === null
        ? (
          <div class="stack">
            <p>{texts.gone}</p>
            <p class="buttons">
              <a class="button" href="/history">{texts.cancel}</a>
            </p>
          </div>
        )
        : (
          <form class="stack" method="post">
            <input type="hidden" name="tool" value={conversation.tool} />
            <input type="hidden" name="conversation" value={conversation.id} />
            <label class="stack">
              <span>{texts.newTitle}</span>
              <input
                class="field"
                name="title"
                value={conversation.title}
                maxLength={200}
                dir="auto"
                autocomplete="off"
                aria-describedby="title-hint"
              />
            </label>
            <p class="meta" id="title-hint">{texts.titleHint}</p>
            <p class="buttons">
              <button class="button primary" type="submit">{texts.save}</button>
              <a class="button" href="/history">{texts.cancel}</a>
            </p>
          </form>
        )}
    </OwnPage>
  );
}
