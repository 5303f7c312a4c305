import { Brand } from "@/components/ui/brand.ts";
import { RetentionDays } from "@/components/ui/retention.ts";
import { Texts } from "@/components/ui/texts.ts";
import { ChosenTheme } from "@/components/ui/theme.ts";
import { ENGLISH_PAGES } from "@/lib/locales/page/en.ts";
import { define } from "@/lib/web/define.ts";

/** Provides texts, branding and the retention to every page. */
export default define.layout(({ Component, state }) => {
  // An error can occur before the state is set.
  const { texts = ENGLISH_PAGES, brand = null, theme = null, retentionDays = null } = state;
  return (
    <Texts.Provider value={texts}>
      <RetentionDays.Provider value={retentionDays}>
        <Brand.Provider value={brand}>
          <ChosenTheme.Provider value={theme}>
            <Component />
          </ChosenTheme.Provider>
        </Brand.Provider>
      </RetentionDays.Provider>
    </Texts.Provider>
  );
});
