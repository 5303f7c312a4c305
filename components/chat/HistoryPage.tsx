import type { ConversationView, ToolView } from "../../lib/shared/views/chat_view.ts";
import { Shell } from "../ui/Shell.tsx";
import { chatPath } from "./composer/TurnForm.tsx";

interface HistoryPageProps {
  organisation: string;
  simulated: boolean;
  tool: ToolView;
  conversations: ConversationView[];
  /** For the machine-readable time beside the one for people. */
  timeZone: string;
}

/** The conversations with a tool that were put aside: to go on with, or to delete. */
export function HistoryPage(props: HistoryPageProps) {
  const { organisation, simulated, tool, conversations, timeZone } = props;
  const format = new Intl.DateTimeFormat("en", {
    timeZone,
    dateStyle: "medium",
    timeStyle: "short",
  });
  return (
    <Shell
      organisation={organisation}
      title={`Earlier conversations · ${tool.name}`}
      simulated={simulated}
    >
      <p>
        <a href={chatPath(tool.id)}>← {tool.name}</a>
      </p>
      <h1>Earlier conversations</h1>
      {conversations.length === 0 && (
        <p>There are none yet. A conversation comes here when you begin a new one.</p>
      )}
      <ol class="history">
        {conversations.map(({ id, title, at, messages }) => (
          <li key={id}>
            <p class="title" dir="auto">{title}</p>
            <p class="meta">
              <time dateTime={new Date(at).toISOString()}>{format.format(at)}</time>
              {` · ${messages} ${messages === 1 ? "message" : "messages"}`}
            </p>
            <form method="post">
              <input type="hidden" name="conversation" value={id} />
              <button class="button" name="action" value="open" type="submit">
                Go on<span class="sr">with “{title}”</span>
              </button>
              <a class="quiet" href={`${chatPath(tool.id)}/delete?conversation=${id}`}>
                Delete<span class="sr">“{title}”</span>
              </a>
            </form>
          </li>
        ))}
      </ol>
    </Shell>
  );
}
