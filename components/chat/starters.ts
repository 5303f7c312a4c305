/** Whether a starter lacks the person's words: it only fills the field. */
export function asksForMore(starter: string): boolean {
  return /(…|\.\.\.)\s*$/.test(starter);
}

/** The beginning of a message from such a starter. */
export function startOf(starter: string): string {
  return starter.replace(/\s*(…|\.\.\.)\s*$/, " ");
}
