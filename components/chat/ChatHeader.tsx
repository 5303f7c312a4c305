import type { ComponentChildren } from "preact";
import type { ToolView } from "../../lib/shared/views/chat_view.ts";
import { fill } from "../../lib/shared/text.ts";
import { useBrand } from "../ui/brand.ts";
import { BackIcon, NewIcon } from "../ui/Icons.tsx";
import { useTexts } from "../ui/texts.ts";
import { ToolIcon } from "../tools/ToolIcon.tsx";
import { TurnForm } from "./composer/TurnForm.tsx";

interface ChatHeaderProps {
  tool: ToolView;
  requestId: string;
  /** The menu. */
  children: ComponentChildren;
}

/** Bar of a chat: back link, tool, new chat, menu. The one place that names the tool. */
export function ChatHeader({ tool, requestId, children }: ChatHeaderProps) {
  const brand = useBrand();
  const { allTools, allToolsOf, menu } = useTexts().chat;
  const back = brand === null ? allTools : fill(allToolsOf, { organisation: brand.name });
  return (
    <header class="bar">
      <a class="quiet" href="/" aria-label={back} title={back}>
        <BackIcon />
      </a>
      <ToolIcon id={tool.id} icon={tool.icon} />
      <h1 title={tool.name} lang={tool.langs?.name}>{tool.name}</h1>
      <TurnForm toolId={tool.id} requestId={requestId} action="new">
        <button
          type="submit"
          class="quiet"
          aria-label={menu.newConversation}
          title={menu.newConversation}
        >
          <NewIcon />
        </button>
      </TurnForm>
      {children}
    </header>
  );
}
