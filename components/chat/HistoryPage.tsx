import { counter } from "../../lib/locales/plurals.ts";
import { fill } from "../../lib/shared/text.ts";
import type { ConversationView, ToolView } from "../../lib/shared/views/chat_view.ts";
import { BinIcon } from "../ui/Icons.tsx";
import { useTexts } from "../ui/texts.ts";
import { chatPath } from "./composer/TurnForm.tsx";
import { ToolSubpage } from "./ToolSubpage.tsx";
import { historyGroups } from "./history_groups.ts";

interface HistoryPageProps {
  organisation: string;
  simulated: boolean;
  tool: ToolView;
  /** Latest first. */
  conversations: ConversationView[];
  /** IANA name. */
  timeZone: string;
  now: number;
}

/** Archived conversations with a tool, to continue or delete. */
export function HistoryPage(props: HistoryPageProps) {
  const { organisation, simulated, tool, conversations, timeZone, now } = props;
  const { language, history: texts } = useTexts();
  const groups = historyGroups(conversations, texts, { language, timeZone, now });
  return (
    <ToolSubpage
      organisation={organisation}
      simulated={simulated}
      tool={tool}
      title={texts.title}
      back={chatPath(tool.id)}
    >
      {conversations.length === 0 && <p>{texts.empty}</p>}
      {groups.map(({ heading, items }) => (
        <section key={heading} class="group history">
          <h2>{heading}</h2>
          <ul class="cards list">
            {items.map((item) => (
              <ConversationCard key={item.conversation.id} toolId={tool.id} {...item} />
            ))}
          </ul>
        </section>
      ))}
    </ToolSubpage>
  );
}

interface ConversationCardProps {
  toolId: string;
  conversation: ConversationView;
  /** Its time or date. */
  when: string;
}

/** An archived conversation; the whole card continues it. */
function ConversationCard({ toolId, conversation, when }: ConversationCardProps) {
  const { id, title, at, messages } = conversation;
  const { language, history: texts } = useTexts();
  const remove = fill(texts.remove, { title });
  return (
    <li class="card plain">
      <form method="post">
        <input type="hidden" name="conversation" value={id} />
        <button
          class="title"
          name="action"
          value="open"
          type="submit"
          dir="auto"
          aria-label={fill(texts.open, { title })}
        >
          {title}
        </button>
        <p class="meta">
          <time dateTime={new Date(at).toISOString()}>{when}</time>
          {` · ${counter(language)(messages, texts.messages)}`}
        </p>
      </form>
      <a
        class="quiet"
        href={`${chatPath(toolId)}/delete?conversation=${id}`}
        aria-label={remove}
        title={texts.removeShort}
      >
        <BinIcon />
      </a>
    </li>
  );
}
