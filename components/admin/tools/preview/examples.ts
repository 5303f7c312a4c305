const MOST_QUESTION = 400;

/** Writes an example into the editor's first free slot; returns the message to show. */
export function keepExample(question: string, answer: string): string {
  const places = document.querySelectorAll<HTMLElement>("form.tool-form [data-example]");
  for (const place of places) {
    const [asked, replied] = place.querySelectorAll("textarea");
    if (!asked || !replied || asked.value !== "" || replied.value !== "") continue;
    asked.value = question.slice(0, MOST_QUESTION);
    replied.value = answer.trim();
    const details = place.closest("details");
    if (details) details.open = true;
    asked.dispatchEvent(new Event("input", { bubbles: true }));
    return "It is among the examples now. Save the tool to keep it.";
  }
  return "All places for examples are taken: empty one first.";
}
