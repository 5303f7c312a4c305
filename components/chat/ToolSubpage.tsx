import type { ComponentChildren } from "preact";
import type { ToolView } from "../../lib/shared/views/chat_view.ts";
import { ToolBack } from "../tools/ToolBack.tsx";
import { Shell } from "../ui/Shell.tsx";

interface ToolSubpageProps {
  organisation: string;
  simulated: boolean;
  tool: ToolView;
  title: string;
  /** By default the title. */
  heading?: string;
  /** Address of the conversation. */
  back: string;
  children: ComponentChildren;
}

/** A text page about a tool's conversation, with the way back to it in the bar. */
export function ToolSubpage(props: ToolSubpageProps) {
  const { organisation, simulated, tool, title, heading = title, back, children } = props;
  return (
    <Shell
      organisation={organisation}
      title={`${title} · ${tool.name}`}
      simulated={simulated}
      narrow
      back={<ToolBack tool={tool} href={back} />}
    >
      <h1 class="lead">{heading}</h1>
      {children}
    </Shell>
  );
}
