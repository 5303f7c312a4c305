import type { ChatLinkView } from "../../lib/shared/views/link_view.ts";
import {
  BinIcon,
  ExportIcon,
  HistoryIcon,
  KeyboardIcon,
  MoreIcon,
  NewIcon,
  PhoneIcon,
} from "../ui/Icons.tsx";
import { chatPath, TurnForm } from "./composer/TurnForm.tsx";

interface ChatMenuProps {
  toolId: string;
  requestId: string;
  whatsapp: ChatLinkView | null;
}

/** What can be done with a conversation as a whole. */
export function ChatMenu({ toolId, requestId, whatsapp }: ChatMenuProps) {
  const exported = `${chatPath(toolId)}/export?format=`;
  return (
    <details class="menu" name="menu">
      <summary class="quiet">
        <MoreIcon />
        <span class="sr">Conversation menu</span>
      </summary>
      <ul class="panel">
        <li>
          <TurnForm toolId={toolId} requestId={requestId} action="new">
            <button type="submit">
              <NewIcon />New conversation
            </button>
          </TurnForm>
        </li>
        <li>
          <a href={`${chatPath(toolId)}/history`}>
            <HistoryIcon />Earlier conversations
          </a>
        </li>
        <li>
          <a href={`${exported}md`} download>
            <ExportIcon />Export Markdown
          </a>
        </li>
        <li>
          <a href={`${exported}json`} download>
            <ExportIcon />Export JSON
          </a>
        </li>
        {whatsapp && (
          <li>
            <a href={whatsapp.href}>
              <PhoneIcon />
              {linkTitle(whatsapp)}
            </a>
          </li>
        )}
        <li>
          <a href={`${chatPath(toolId)}/delete`}>
            <BinIcon />Delete this conversation
          </a>
        </li>
        <li class="scripted">
          <button type="button" data-open="shortcuts">
            <KeyboardIcon />Keyboard shortcuts
          </button>
        </li>
      </ul>
    </details>
  );
}

/** What the way to WhatsApp is called. */
export function linkTitle({ linked }: ChatLinkView): string {
  return linked ? "Linked with WhatsApp" : "Continue on WhatsApp";
}
