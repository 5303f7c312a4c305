import type { ComponentChildren } from "preact";
import { OWN_FRAMES } from "../../lib/locales/own/frames.ts";
import { OWN_SETTINGS } from "../../lib/locales/own/settings.ts";
import { LANGUAGE_NAMES } from "../../lib/shared/languages.ts";
import { FindLink } from "./FindLink.tsx";
import { GlobeIcon, HistoryIcon } from "./Icons.tsx";
import { Logo } from "./Logo.tsx";
import { useTexts } from "./texts.ts";

interface BarProps {
  organisation: string;
  /** Link back, in place of the organisation. */
  back?: ComponentChildren;
  /** Whether the page's script opens the list of tools and conversations. */
  finds?: boolean;
}

/** Top of a page: the organisation, or the way back to a tool. */
export function Bar({ organisation, back, finds = false }: BarProps) {
  const { language } = useTexts();
  const { conversations } = OWN_FRAMES[language];
  const settings = `${LANGUAGE_NAMES[language]} · ${OWN_SETTINGS[language].title}`;
  return (
    <header class="bar">
      {back ?? (
        <a class="brand" href="/">
          <Logo />
          <span>{organisation}</span>
        </a>
      )}
      {finds && <FindLink />}
      <a class="quiet" href="/history" aria-label={conversations} title={conversations}>
        <HistoryIcon />
      </a>
      <a class="quiet" href="/settings" aria-label={settings} title={settings}>
        <GlobeIcon />
      </a>
    </header>
  );
}
