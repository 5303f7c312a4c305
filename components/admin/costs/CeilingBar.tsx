/** Bar of a used percentage; the figure stands beside it as text. */
export function CeilingBar({ percent, plain = false }: { percent: number; plain?: boolean }) {
  const level = plain || percent < 80 ? "fine" : percent < 100 ? "near" : "reached";
  return (
    <svg class={`ceiling-bar ${level}`} width="100%" height="8" aria-hidden="true">
      <rect class="track" width="100%" height="8" rx="4" />
      {percent > 0 && <rect class="used" width={`${Math.min(100, percent)}%`} height="8" rx="4" />}
    </svg>
  );
}
