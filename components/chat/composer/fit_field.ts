/** Length of text from which it does not fit between the buttons. */
let tallFrom = 0;

/** Gives an edited question, and text that wraps, the whole width above the buttons. */
export function fitField(field: HTMLTextAreaElement, edited: boolean): void {
  const { textLength, parentElement: box } = field;
  if (box && (textLength < tallFrom || !box.matches(".tall"))) {
    // Measured between the buttons: a tall field has more room, and would go back and forth.
    box.classList.remove("tall");
    grow(field);
    const line = parseFloat(getComputedStyle(field).lineHeight);
    const wraps = field.scrollHeight > 20 + 1.5 * line;
    box.classList.toggle("tall", edited || wraps);
    tallFrom = edited ? Infinity : textLength;
  }
  grow(field);
}

/** Sizes the field by script where CSS `field-sizing` is missing. */
function grow(field: HTMLTextAreaElement): void {
  if (CSS.supports("field-sizing", "content")) return;
  field.style.height = "auto";
  field.style.height = `${field.scrollHeight}px`;
}
