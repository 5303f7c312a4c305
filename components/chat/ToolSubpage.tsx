import type { ComponentChildren } from "preact";
import type { ToolView } from "../../lib/shared/views/chat_view.ts";
import { Shell } from "../ui/Shell.tsx";

interface ToolSubpageProps {
  organisation: string;
  simulated: boolean;
  tool: ToolView;
  title: string;
  /** By default the title. */
  heading?: string;
  back: string;
  /** The link's text, by default the tool's name. */
  backTo?: string;
  children: ComponentChildren;
}

/** A page about a tool's conversation, with a link back to it. */
export function ToolSubpage(props: ToolSubpageProps) {
  const { organisation, simulated, tool, title, heading = title, back, backTo = tool.name } = props;
  return (
    <Shell organisation={organisation} title={`${title} · ${tool.name}`} simulated={simulated}>
      <p>
        <a href={back}>← {backTo}</a>
      </p>
      <h1>{heading}</h1>
      {props.children}
    </Shell>
  );
}
