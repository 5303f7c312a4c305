import { OWN_PALETTE } from "../../lib/locales/own/palette.ts";
import { SearchIcon } from "./Icons.tsx";
import { useTexts } from "./texts.ts";

/** Opens the list of tools and conversations by script, as Ctrl+K does; else leads to the history. */
export function FindLink() {
  const { title, shortcut } = OWN_PALETTE[useTexts().language];
  return (
    <a
      class="quiet"
      href="/history"
      data-palette
      aria-label={title}
      aria-keyshortcuts="Control+K"
      title={`${title} (${shortcut})`}
    >
      <SearchIcon />
    </a>
  );
}
