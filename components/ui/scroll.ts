import { signal } from "@preact/signals";

/** True while the reader is at the end of the page. */
export const atEnd = signal(true);

const NEAR_PX = 96;

/** Updates {@link atEnd}: on scroll, and when the page has grown, which fires no event. */
export function measure(): void {
  const { scrollHeight, clientHeight } = document.documentElement;
  atEnd.value = scrollHeight - clientHeight - scrollY < NEAR_PX;
}

/** Follows the reader's scrolling, for the page's lifetime. A conversation opens at its end. */
export function watchScroll(): void {
  if (scrollY === 0 && !location.hash && document.querySelector("#messages > li")) scrollToEnd();
  measure();
  addEventListener("scroll", measure, { passive: true });
}

export function scrollToEnd(): void {
  scrollTo({ top: document.documentElement.scrollHeight, behavior: "instant" });
}
