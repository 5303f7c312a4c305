import { filled } from "./filled.ts";
import { useTexts } from "./texts.ts";

/** Said on every page while no key of a provider is set. */
export function SimulatedBanner() {
  const { demo, demoName } = useTexts().frame;
  return (
    <aside class="banner" aria-label={demoName}>
      {filled(demo, { mode: (words) => <strong>{words}</strong> })}
    </aside>
  );
}
