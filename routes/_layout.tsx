import { Brand } from "@/components/ui/brand.ts";
import { Texts } from "@/components/ui/texts.ts";
import { ENGLISH_PAGES } from "@/lib/locales/page/en.ts";
import { define } from "@/lib/web/define.ts";

/** Gives every page its texts, and the looks and words of the organisation, where it set any. */
export default define.layout(({ Component, state }) => {
  // An error may come before the state is made.
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
