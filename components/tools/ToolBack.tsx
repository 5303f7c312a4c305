import { fill } from "../../lib/shared/text.ts";
import type { ToolView } from "../../lib/shared/views/chat_view.ts";
import { BackIcon } from "../ui/Icons.tsx";
import { useTexts } from "../ui/texts.ts";
import { ToolIcon } from "./ToolIcon.tsx";

/** The bar's link from a text page back to the conversation with its tool. */
export function ToolBack({ tool, href }: { tool: ToolView; href: string }) {
  const label = fill(useTexts().frame.backTo, { name: tool.name });
  return (
    <a class="brand back" href={href} aria-label={label} title={label}>
      <BackIcon />
      <ToolIcon id={tool.id} icon={tool.icon} />
      <span>{tool.name}</span>
    </a>
  );
}
