import { OWN_SETTINGS } from "../../lib/locales/own/settings.ts";
import { LANGUAGE_NAMES, LANGUAGES } from "../../lib/shared/languages.ts";
import { DayIcon, DeviceIcon, NightIcon } from "../ui/Icons.tsx";
import { useTexts } from "../ui/texts.ts";
import { OwnPage } from "./OwnPage.tsx";

interface ChoicesPageProps {
  organisation: string;
  simulated: boolean;
  choices: { theme: "light" | "dark" | null; atOnce: boolean; aloud: boolean };
  /** Whether voice messages can be written down here. */
  speaks: boolean;
  saved: boolean;
}

/** Language, theme and voice of this browser. */
export function ChoicesPage(props: ChoicesPageProps) {
  const { organisation, simulated, choices, speaks, saved } = props;
  const { language, voice } = useTexts();
  const texts = OWN_SETTINGS[language];
  const themes = [
    ["automatic", <DeviceIcon key="automatic" />],
    ["light", <DayIcon key="light" />],
    ["dark", <NightIcon key="dark" />],
  ] as const;
  return (
    <OwnPage organisation={organisation} simulated={simulated} title={texts.title} sections>
      {saved && <p class="note" role="status">{texts.saved}</p>}
      <form method="post" action="/settings">
        <section>
          <fieldset class="options">
            <legend>{texts.language}</legend>
            {LANGUAGES.map((each) => (
              <label key={each} class="option">
                <input type="radio" name="language" value={each} checked={each === language} />
                <span lang={each} dir="auto">{LANGUAGE_NAMES[each]}</span>
              </label>
            ))}
          </fieldset>
          <p class="meta">{texts.languageAbout}</p>
        </section>
        <section>
          <fieldset class="options">
            <legend>{texts.theme}</legend>
            {themes.map(([theme, icon]) => (
              <label key={theme} class="option">
                <input
                  type="radio"
                  name="theme"
                  value={theme}
                  checked={theme === (choices.theme ?? "automatic")}
                />
                {icon}
                <span>{texts.themes[theme]}</span>
              </label>
            ))}
          </fieldset>
        </section>
        {speaks && (
          <section>
            <fieldset class="options rows">
              <legend>{texts.voice}</legend>
              <label class="option">
                <input type="checkbox" name="atOnce" checked={choices.atOnce} />
                <span>{voice.atOnce}</span>
              </label>
              <label class="option">
                <input type="checkbox" name="aloud" checked={choices.aloud} />
                <span>{texts.aloud}</span>
              </label>
            </fieldset>
          </section>
        )}
        <p class="buttons">
          <button class="button primary" type="submit">{texts.save}</button>
        </p>
      </form>
    </OwnPage>
  );
}
