import { counter } from "../../lib/locales/plurals.ts";
import { dateTimeFormat } from "../../lib/shared/formats.ts";
import { fill } from "../../lib/shared/text.ts";
import type { ConversationView, ToolView } from "../../lib/shared/views/chat_view.ts";
import { useTexts } from "../ui/texts.ts";
import { chatPath } from "./composer/TurnForm.tsx";
import { ToolSubpage } from "./ToolSubpage.tsx";

interface HistoryPageProps {
  organisation: string;
  simulated: boolean;
  tool: ToolView;
  conversations: ConversationView[];
  /** IANA name. */
  timeZone: string;
}

/** Archived conversations with a tool, to continue or delete. */
export function HistoryPage(props: HistoryPageProps) {
  const { organisation, simulated, tool, conversations, timeZone } = props;
  const { language, history: texts } = useTexts();
  const format = dateTimeFormat(language, timeZone);
  const counted = counter(language);
  return (
    <ToolSubpage
      organisation={organisation}
      simulated={simulated}
      tool={tool}
      title={texts.title}
      back={chatPath(tool.id)}
    >
      {conversations.length === 0 && <p>{texts.empty}</p>}
      <ol class="history">
        {conversations.map(({ id, title, at, messages }) => (
          <li key={id}>
            <p class="title" dir="auto">{title}</p>
            <p class="meta">
              <time dateTime={new Date(at).toISOString()}>{format.format(at)}</time>
              {` · ${counted(messages, texts.messages)}`}
            </p>
            <form method="post">
              <input type="hidden" name="conversation" value={id} />
              <button class="button" name="action" value="open" type="submit">
                {texts.open[0]}
                <span class="sr">{fill(texts.open[1], { title })}</span>
              </button>
              <a class="quiet" href={`${chatPath(tool.id)}/delete?conversation=${id}`}>
                {texts.remove[0]}
                <span class="sr">{fill(texts.remove[1], { title })}</span>
              </a>
            </form>
          </li>
        ))}
      </ol>
    </ToolSubpage>
  );
}
