import { useSignal } from "@preact/signals";
import { useEffect, useRef } from "preact/hooks";
import {
  draftOf,
  fillForm,
  type FormDraft,
  keepDraft,
  keptDraft,
  sameDraft,
} from "./kept_draft.ts";

export interface DraftNoteProps {
  /** Storage key of the draft; "" stores none. */
  place: string;
  /** Key of a draft that was just saved and can go. */
  stale?: string | null;
  /** The form holds input that the server refused. */
  unsaved?: boolean;
}

const WRITE_MS = 400;

/** Stores unsaved input in the browser, offers to restore it, and warns before leaving. */
export function DraftNote({ place, stale = null, unsaved = false }: DraftNoteProps) {
  const self = useRef<HTMLDivElement>(null);
  const found = useSignal<FormDraft | null>(null);
  const said = useSignal("");

  useEffect(() => {
    const form = self.current?.closest("form");
    if (!form) return;
    const first = draftOf(form);
    const listening = new AbortController();
    const { signal } = listening;
    let timer: ReturnType<typeof setTimeout> | undefined;
    let sending = false;
    const changed = () => unsaved || !sameDraft(draftOf(form), first);
    if (stale !== null) keepDraft(stale, null);
    const kept = keptDraft(place);
    if (kept && !sameDraft(kept, first)) found.value = kept;
    const keep = () => {
      clearTimeout(timer);
      timer = setTimeout(() => keepDraft(place, changed() ? draftOf(form) : null), WRITE_MS);
    };
    form.addEventListener("input", keep, { signal });
    form.addEventListener("submit", () => {
      sending = true;
      keepDraft(place, draftOf(form));
    }, { signal });
    addEventListener("beforeunload", (event) => {
      if (!sending && changed()) event.preventDefault();
    }, { signal });
    addEventListener("pageshow", () => void (sending = false), { signal });
    return () => {
      clearTimeout(timer);
      listening.abort();
    };
  }, []);

  function take(): void {
    const form = self.current?.closest("form");
    if (form && found.value) fillForm(form, found.value);
    found.value = null;
    said.value = "Your draft is back in the form.";
    form?.dispatchEvent(new Event("input", { bubbles: true }));
  }

  function drop(): void {
    keepDraft(place, null);
    found.value = null;
    said.value = "The draft is gone.";
  }

  return (
    <div ref={self} class="draft-note">
      <input type="hidden" name="draft" value={place} />
      {found.value && (
        <div class="note warn">
          <p>This browser has a draft of yours that was never saved.</p>
          <button type="button" class="button" onClick={take}>Put it in the form</button>
          <button type="button" class="quiet" onClick={drop}>Throw it away</button>
        </div>
      )}
      <p class="sr" role="status">{said.value}</p>
    </div>
  );
}
