import { signal } from "@preact/signals";

/** True while the reader is at the end of the page; new text then scrolls into view. */
export const atEnd = signal(true);

const NEAR_PX = 96;

/** Updates {@link atEnd} on scroll. Growth of the page fires no scroll event, so it stays true. */
export function watchScroll(): () => void {
  const measure = () => {
    const { scrollHeight, clientHeight } = document.documentElement;
    atEnd.value = scrollHeight - clientHeight - scrollY < NEAR_PX;
  };
  if (scrollY === 0 && !location.hash) scrollToEnd();
  measure();
  addEventListener("scroll", measure, { passive: true });
  return () => removeEventListener("scroll", measure);
}

export function scrollToEnd(): void {
  scrollTo({ top: document.documentElement.scrollHeight, behavior: "instant" });
}
