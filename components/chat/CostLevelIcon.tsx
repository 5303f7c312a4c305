import type { CostLevel } from "../../lib/shared/money.ts";

const SHAPES = {
  green: <circle cx="6" cy="6" r="4.5" />,
  yellow: <path d="M6 1 11.5 11H.5z" />,
  red: <path d="M3.7.5h4.6l3.2 3.2v4.6l-3.2 3.2H3.7L.5 8.3V3.7z" />,
};

/** How much it costs by shape as well as by colour: circle, triangle, octagon. */
export function CostLevelIcon({ level }: { level: CostLevel }) {
  return <svg class={`level ${level}`} viewBox="0 0 12 12" aria-hidden="true">{SHAPES[level]}</svg>;
}
