import {
  BinIcon,
  ExportIcon,
  HistoryIcon,
  KeyboardIcon,
  MoreIcon,
  NewIcon,
  PhoneIcon,
} from "./Icons.tsx";
import { chatPath, TurnForm } from "./TurnForm.tsx";

interface ChatMenuProps {
  toolId: string;
  requestId: string;
  whatsappHref?: string;
}

/** What can be done with a conversation as a whole. */
export function ChatMenu({ toolId, requestId, whatsappHref }: ChatMenuProps) {
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
        {whatsappHref !== undefined && (
          <li>
            <a href={whatsappHref}>
              <PhoneIcon />Continue on WhatsApp
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
