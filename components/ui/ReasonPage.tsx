import type { ToolView } from "../../lib/shared/views/chat_view.ts";
import { Shell } from "./Shell.tsx";
import { chatPath } from "../chat/composer/TurnForm.tsx";

interface ReasonPageProps {
  organisation: string;
  simulated: boolean;
  tool: ToolView;
  /** The reply's place and id. */
  reply: string;
  /** What was said before. */
  reason: string;
  longest: number;
}

/** What is wrong with a reply, in the person's own words. */
export function ReasonPage(props: ReasonPageProps) {
  const { organisation, simulated, tool, reply, reason, longest } = props;
  const back = `${chatPath(tool.id)}#m${reply.split(".")[0]}`;
  return (
    <Shell organisation={organisation} title={`Say why · ${tool.name}`} simulated={simulated}>
      <p>
        <a href={back}>← {tool.name}</a>
      </p>
      <h1>What is wrong with this reply?</h1>
      <form class="ask" method="post">
        <input type="hidden" name="down" value={reply} />
        <label for="reason">
          In a sentence, if you like. It helps those who look after {tool.name}.
        </label>
        <textarea id="reason" name="reason" rows={4} maxLength={longest} dir="auto">
          {reason}
        </textarea>
        <p class="choices">
          <button class="button primary" type="submit">Send</button>
          <a class="button" href={back}>Back</a>
        </p>
      </form>
    </Shell>
  );
}
