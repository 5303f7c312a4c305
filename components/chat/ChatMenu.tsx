import type { ChatTexts } from "../../lib/locales/page/chat/chat_texts.ts";
import { OWN_PALETTE } from "../../lib/locales/own/palette.ts";
import { OWN_SETTINGS } from "../../lib/locales/own/settings.ts";
import type { ChatLinkView } from "../../lib/shared/views/link_view.ts";
import {
  BinIcon,
  CostIcon,
  ExportIcon,
  GlobeIcon,
  HistoryIcon,
  KeyboardIcon,
  MemoryIcon,
  MoreIcon,
  PhoneIcon,
  SearchIcon,
  ShareIcon,
} from "../ui/Icons.tsx";
import { useTexts } from "../ui/texts.ts";
import { chatPath } from "./composer/TurnForm.tsx";

interface ChatMenuProps {
  toolId: string;
  whatsapp: ChatLinkView | null;
  /** Whether the tool remembers conversations. */
  remembers: boolean;
}

/** Menu of a conversation. */
export function ChatMenu({ toolId, whatsapp, remembers }: ChatMenuProps) {
  const { language, chat: { menu } } = useTexts();
  const exported = `${chatPath(toolId)}/export?format=`;
  return (
    <details class="pop" name="menu">
      <summary class="quiet" aria-label={menu.name} title={menu.name}>
        <MoreIcon />
      </summary>
      <ul class="menu">
        {whatsapp && (
          <li>
            <a href={whatsapp.href}>
              <PhoneIcon />
              {linkTitle(whatsapp, menu)}
            </a>
          </li>
        )}
        <li class="of-cost">
          <a href="#cost">
            <CostIcon />
            {menu.cost}
          </a>
        </li>
        <li>
          <a href={`${exported}md`} download>
            <ExportIcon />
            {menu.exportMarkdown}
          </a>
        </li>
        <li>
          <a href={`${exported}json`} download>
            <ExportIcon />
            {menu.exportJson}
          </a>
        </li>
        <li>
          <a href="/history">
            <HistoryIcon />
            {menu.history}
          </a>
        </li>
        <li class="scripted">
          <a href="/history" data-palette aria-keyshortcuts="Control+K">
            <SearchIcon />
            {OWN_PALETTE[language].title}
          </a>
        </li>
        {remembers && (
          <li>
            <a href="/memory">
              <MemoryIcon />
              {menu.memory}
            </a>
          </li>
        )}
        <li>
          <a href={`${chatPath(toolId)}/share`}>
            <ShareIcon />
            {menu.share}
          </a>
        </li>
        <li>
          <a href={`${chatPath(toolId)}/delete`}>
            <BinIcon />
            {menu.remove}
          </a>
        </li>
        <li>
          <a href="/settings">
            <GlobeIcon />
            {OWN_SETTINGS[language].title}
          </a>
        </li>
        <li class="scripted">
          <button type="button" data-open="shortcuts">
            <KeyboardIcon />
            {menu.shortcuts}
          </button>
        </li>
      </ul>
    </details>
  );
}

/** Label of the WhatsApp entry. */
export function linkTitle({ linked }: ChatLinkView, menu: ChatTexts["menu"]): string {
  return linked ? menu.linked : menu.whatsapp;
}
