import type { ComponentChildren } from "preact";
import type { ToolView } from "../../lib/shared/views/chat_view.ts";
import { fill } from "../../lib/shared/text.ts";
import { useBrand } from "../ui/brand.ts";
import { BackIcon } from "../ui/Icons.tsx";
import { Logo } from "../ui/Logo.tsx";
import { useTexts } from "../ui/texts.ts";
import { ToolIcon } from "../tools/ToolIcon.tsx";

interface ChatHeaderProps {
  tool: ToolView;
  /** Cost details and menu. */
  children: ComponentChildren;
}

/** Chat header: back link, tool, and actions of the conversation. */
export function ChatHeader({ tool, children }: ChatHeaderProps) {
  const brand = useBrand();
  const { allTools, allToolsOf } = useTexts().chat;
  return (
    <header class="chat-bar">
      <a class="quiet" href="/">
        <BackIcon />
        {brand !== null && <Logo />}
        <span class="sr">
          {brand === null ? allTools : fill(allToolsOf, { organisation: brand.name })}
        </span>
      </a>
      <ToolIcon id={tool.id} icon={tool.icon} />
      <h1>{tool.name}</h1>
      {children}
    </header>
  );
}
