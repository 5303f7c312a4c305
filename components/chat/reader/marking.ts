const NAME = "reading";
/** Marks the block in browsers without the CSS Custom Highlight API. */
const CLASS = "read-now";

let marked: Range | null = null;

/** Marks a sentence without changing the page's elements, and scrolls along. */
export function mark(range: Range): void {
  const follows = marked === null || isInView(marked);
  unmark();
  marked = range;
  if ("highlights" in CSS) CSS.highlights.set(NAME, new Highlight(range));
  else blockOf(range)?.classList.add(CLASS);
  // A person who scrolled away stays there.
  if (follows && !isInView(range)) blockOf(range)?.scrollIntoView({ block: "center" });
}

export function unmark(): void {
  if ("highlights" in CSS) CSS.highlights.delete(NAME);
  else if (marked) blockOf(marked)?.classList.remove(CLASS);
  marked = null;
}

function blockOf({ startContainer }: Range): Element | null {
  return startContainer.parentElement?.closest("p, li, td, th, h1, h2, h3, h4, h5, h6") ?? null;
}

/** Whether it is above the field at the window's end. */
function isInView(range: Range): boolean {
  const { top, bottom } = range.getBoundingClientRect();
  const end = document.querySelector(".dock")?.getBoundingClientRect().top ?? innerHeight;
  return top >= 0 && bottom <= end;
}
