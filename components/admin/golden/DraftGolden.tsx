import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { draftOf, sameDraft } from "../drafts/kept_draft.ts";

export interface DraftGoldenProps {
  /** Id of the editor's form, whose fields are the draft. */
  form: string;
  /** Address of the run's state; null while none runs. */
  from: string | null;
  said: string;
  changed: string;
}

const POLL_MS = 2_000;

/** Follows a run of the draft, then asks for the editor with its result; says when the draft changed since. */
export function DraftGolden({ form: formId, from, said, changed }: DraftGoldenProps) {
  const text = useSignal(from === null ? "" : said);
  useEffect(() => {
    const form = document.getElementById(formId);
    if (!(form instanceof HTMLFormElement)) return;
    const first = draftOf(form);
    const listening = new AbortController();
    const look = () => {
      if (from === null) text.value = sameDraft(draftOf(form), first) ? "" : changed;
    };
    form.addEventListener("input", look, { signal: listening.signal });
    const timer = from === null ? undefined : setInterval(async () => {
      if (document.hidden) return;
      const response = await fetch(from).catch(() => null);
      if (!response?.ok) return;
      const { running, progress } = await response.json();
      if (running === true) text.value = String(progress);
      // The form goes along, so that nothing typed is lost.
      else {document.querySelector<HTMLButtonElement>('button[name="golden"][value="look"]')
          ?.click();}
    }, POLL_MS);
    return () => {
      clearInterval(timer);
      listening.abort();
    };
  }, []);
  return <p class="meta" role="status">{text.value}</p>;
}
