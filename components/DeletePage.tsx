import type { ToolView } from "../lib/shared/chat_view.ts";
import { Shell } from "./Shell.tsx";
import { chatPath } from "./TurnForm.tsx";

interface DeletePageProps {
  organisation: string;
  simulated: boolean;
  tool: ToolView;
  /** Null when there is none. */
  conversation: { id: string; messages: number } | null;
}

/** Asks before the current conversation is deleted. */
export function DeletePage({ organisation, simulated, tool, conversation }: DeletePageProps) {
  const back = `${chatPath(tool.id)}#latest`;
  return (
    <Shell
      organisation={organisation}
      title={`Delete this conversation? · ${tool.name}`}
      simulated={simulated}
    >
      <p>
        <a href={back}>← {tool.name}</a>
      </p>
      <h1>Delete this conversation?</h1>
      {conversation === null
        ? <p>There is nothing to delete: the conversation is empty.</p>
        : (
          <form class="ask" method="post">
            <input type="hidden" name="conversation" value={conversation.id} />
            <p>
              {conversation.messages === 1
                ? "Its one message is"
                : `All its ${conversation.messages} messages are`}{" "}
              deleted for good, with your ratings. This cannot be undone. What it has cost stays in
              the books, without any text.
            </p>
            <p class="choices">
              <button class="button danger" type="submit">Delete for good</button>
              <a class="button" href={back}>Keep it</a>
            </p>
          </form>
        )}
    </Shell>
  );
}
