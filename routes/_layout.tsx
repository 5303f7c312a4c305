import { Brand } from "@/components/ui/brand.ts";
import { Texts } from "@/components/ui/texts.ts";
import { ENGLISH_PAGES } from "@/lib/locales/page/en.ts";
import { define } from "@/lib/web/define.ts";

/** Provides texts and branding to every page. */
export default define.layout(({ Component, state }) => {
  // An error can occur before the state is set.
  const { texts = ENGLISH_PAGES, brand = null } = state;
  return (
    <Texts.Provider value={texts}>
      {brand === null ? <Component /> : (
        <Brand.Provider value={brand}>
          <Component />
        </Brand.Provider>
      )}
    </Texts.Provider>
  );
});
