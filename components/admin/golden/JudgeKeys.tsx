import { useEffect } from "preact/hooks";

const PICKS: Readonly<Record<string, string>> = {
  ArrowLeft: "left",
  ArrowDown: "same",
  ArrowRight: "right",
};

/** Lets the arrow keys press the judging buttons; a field or an opened part keeps its own keys. */
export function JudgeKeys() {
  useEffect(() => {
    const listening = new AbortController();
    document.addEventListener("keydown", (event) => {
      const pick = PICKS[event.key];
      const target = event.target instanceof Element ? event.target : null;
      const free = target?.closest("input, select, textarea, summary, nav, [tabindex]") === null;
      if (pick === undefined || !free || event.altKey || event.ctrlKey || event.metaKey) return;
      const button = document.querySelector(`.trio [value="${pick}"]`);
      if (!(button instanceof HTMLButtonElement)) return;
      event.preventDefault();
      button.click();
      // A second press must not judge the next pair unseen.
      listening.abort();
    }, { signal: listening.signal });
    return () => listening.abort();
  }, []);
  return null;
}
