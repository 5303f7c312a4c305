import { filled } from "./filled.ts";
import { useTexts } from "./texts.ts";

/** Banner while no provider key is configured. */
export function SimulatedBanner() {
  const { demo, demoName } = useTexts().frame;
  return (
    <aside class="banner" aria-label={demoName}>
      {filled(demo, { mode: (words) => <strong>{words}</strong> })}
    </aside>
  );
}
