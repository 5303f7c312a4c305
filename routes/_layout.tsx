import { Brand } from "@/components/ui/brand.ts";
import { define } from "@/lib/web/define.ts";

/** Gives every page the looks and words of the organisation, where it set any. */
export default define.layout(({ Component, state }) => {
  const brand = state.brand ?? null;
  if (brand === null) return <Component />;
  return (
    <Brand.Provider value={brand}>
      <Component />
    </Brand.Provider>
  );
});
