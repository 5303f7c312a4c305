import type { Shortcut } from "../../lib/locales/page/chat/chat_texts.ts";
import { OWN_PALETTE } from "../../lib/locales/own/palette.ts";
import { useTexts } from "../ui/texts.ts";

const SHORTCUTS: Shortcut[] = ["send", "newLine", "stop", "field", "show"];

/** Dialog of keyboard shortcuts. Opened by script only: shortcuts need it too. */
export function ShortcutsDialog() {
  const { language, chat: { menu, shortcuts, closeShortcuts } } = useTexts();
  const { shortcut, title } = OWN_PALETTE[language];
  const finding = [shortcut, title] as const;
  return (
    <dialog id="shortcuts" aria-labelledby="shortcuts-title">
      <h2 id="shortcuts-title">{menu.shortcuts}</h2>
      <dl>
        {[...SHORTCUTS.map((name) => shortcuts[name]), finding].map(([key, action]) => (
          <div key={key}>
            <dt>
              <kbd>{key}</kbd>
            </dt>
            <dd>{action}</dd>
          </div>
        ))}
      </dl>
      <form method="dialog">
        <button type="submit" class="button">{closeShortcuts}</button>
      </form>
    </dialog>
  );
}
