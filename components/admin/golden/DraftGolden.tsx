import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { draftOf, sameDraft } from "../drafts/kept_draft.ts";
import { followRun } from "./follow_run.ts";

export interface DraftGoldenProps {
  /** Id of the editor's form, whose fields are the draft. */
  form: string;
  /** Address of the run's state; null while none runs. */
  from: string | null;
  said: string;
  changed: string;
  /** Whether the draft was changed before it was served. */
  since: boolean;
}

/** The button that asks for the editor with the run's result. */
const LOOK = 'button[name="golden"][value="look"]';

/** Follows a run of the draft, then asks for its result; says when the draft changed since. */
export function DraftGolden({ form: formId, from, said, changed, since }: DraftGoldenProps) {
  const text = useSignal(from !== null ? said : since ? changed : "");
  useEffect(() => {
    const form = document.getElementById(formId);
    if (!(form instanceof HTMLFormElement)) return;
    const first = draftOf(form);
    const listening = new AbortController();
    const look = () => {
      if (from === null) text.value = !since && sameDraft(draftOf(form), first) ? "" : changed;
    };
    form.addEventListener("input", look, { signal: listening.signal });
    const stop = from === null ? null : followRun(from, {
      progressed: (told) => void (text.value = told),
      // The form goes along, so that nothing typed is lost.
      ended: () => document.querySelector<HTMLButtonElement>(LOOK)?.click(),
    });
    return () => {
      stop?.();
      listening.abort();
    };
  }, []);
  return <p class="meta" role="status">{text.value}</p>;
}
