import type { ToolView } from "../../lib/shared/views/chat_view.ts";
import { Shell } from "../ui/Shell.tsx";
import { chatPath } from "./composer/TurnForm.tsx";

interface DeletePageProps {
  organisation: string;
  simulated: boolean;
  tool: ToolView;
  /** Null when there is none. */
  conversation: { id: string; messages: number; title?: string } | null;
  /** Whether it is one that was put aside. */
  earlier: boolean;
}

/** Asks before a conversation is deleted. */
export function DeletePage(props: DeletePageProps) {
  const { organisation, simulated, tool, conversation, earlier } = props;
  const back = chatPath(tool.id) + (earlier ? "/history" : "#latest");
  return (
    <Shell
      organisation={organisation}
      title={`Delete this conversation? · ${tool.name}`}
      simulated={simulated}
    >
      <p>
        <a href={back}>← {earlier ? "Earlier conversations" : tool.name}</a>
      </p>
      <h1>Delete this conversation?</h1>
      {conversation === null
        ? (
          <p>
            {earlier
              ? "This conversation is gone already."
              : "There is nothing to delete: the conversation is empty."}
          </p>
        )
        : (
          <form class="ask" method="post">
            <input type="hidden" name="conversation" value={conversation.id} />
            {conversation.title && (
              <p dir="auto">
                <strong>{conversation.title}</strong>
              </p>
            )}
            {earlier && <input type="hidden" name="from" value="history" />}
            <p>
              {conversation.messages === 1
                ? "Its one message is"
                : `All its ${conversation.messages} messages are`}{" "}
              deleted for good, with your ratings. This cannot be undone. Only the cost is kept, not
              the text.
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
