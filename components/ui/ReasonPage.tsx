import type { ToolView } from "../../lib/shared/views/chat_view.ts";
import { fill } from "../../lib/shared/text.ts";
import { Shell } from "./Shell.tsx";
import { useTexts } from "./texts.ts";
import { ToolBack } from "../tools/ToolBack.tsx";
import { chatPath } from "../chat/composer/TurnForm.tsx";

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
    <Shell
      organisation={organisation}
      title={`${texts.title} · ${tool.name}`}
      simulated={simulated}
      narrow
      back={<ToolBack tool={tool} href={back} />}
    >
      <h1 class="lead">{texts.question}</h1>
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
    </Shell>
  );
}
