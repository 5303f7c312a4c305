/** A tool's emoji on a tint that is derived from its id. */
export function ToolIcon({ id, icon }: { id: string; icon: string }) {
  return <span class={`tool-icon tint-${toolTint(id)}`} aria-hidden="true">{icon || "✨"}</span>;
}

/** Number of a tool's tint. */
export function toolTint(id: string): number {
  let sum = 0;
  for (let at = 0; at < id.length; at++) sum = (sum * 31 + id.charCodeAt(at)) % 9973;
  return sum % 6;
}
