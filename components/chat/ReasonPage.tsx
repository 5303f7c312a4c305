import type { ToolView } from "../../lib/shared/views/chat_view.ts";
import { fill } from "../../lib/shared/text.ts";
import { useTexts } from "../ui/texts.ts";
import { chatPath } from "./composer/TurnForm.tsx";
import { ToolSubpage } from "./ToolSubpage.tsx";

interface ReasonPageProps {
  organisation: string;
  simulated: boolean;
  tool: ToolView;
  /** Sequence number and id of the reply. */
  reply: string;
  /** The earlier reason. */
  reason: string;
  longest: number;
}

/** Form for the reason of a bad rating. */
export function ReasonPage(props: ReasonPageProps) {
  const { organisation, simulated, tool, reply, reason, longest } = props;
  const back = `${chatPath(tool.id)}#m${reply.split(".")[0]}`;
  const texts = useTexts().reason;
  return (
    <ToolSubpage
      organisation={organisation}
      simulated={simulated}
      tool={tool}
      title={texts.title}
      heading={texts.question}
      back={back}
    >
      <form class="stack" method="post">
        <input type="hidden" name="down" value={reply} />
        <label for="reason">{fill(texts.field, { tool: tool.name })}</label>
        <textarea class="field" id="reason" name="reason" rows={4} maxLength={longest} dir="auto">
          {reason}
        </textarea>
        <p class="buttons">
          <button class="button primary" type="submit">{texts.send}</button>
          <a class="button" href={back}>{texts.back}</a>
        </p>
      </form>
    </ToolSubpage>
  );
}
