import { signal } from "@preact/signals";

/** True while the reader is at the end of the page: only then does it follow what is written. */
export const atEnd = signal(true);

const NEAR_PX = 96;

/** Keeps {@link atEnd} right. A page that grows does not scroll, so growing never unsets it. */
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
