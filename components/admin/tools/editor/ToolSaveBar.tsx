import { useSignal } from "@preact/signals";
import { useEffect, useRef } from "preact/hooks";
import { toolForm } from "../preview/preview_client.ts";
import { changedFields } from "./changed_fields.ts";
import {
  draftOf,
  fillForm,
  type FormDraft,
  keepDraft,
  keptDraft,
  sameDraft,
} from "./kept_draft.ts";

export interface ToolSaveBarProps {
  /** Id of the form that it saves. */
  form: string;
  /** Storage key of the draft; "" stores none. */
  place: string;
  /** Key of a draft that was just saved and can go. */
  stale?: string | null;
  /** The form holds input that the server refused. */
  unsaved: boolean;
  /** The bar shows even when nothing is changed, as of a new tool. */
  always: boolean;
  /** What saving does. */
  about: string;
  verb: string;
  /** Leads back to the stored values. */
  discard: { href: string; label: string };
}

const WRITE_MS = 400;

/** The form with the server's values: somebody may have typed before the scripts ran. */
function asServed(form: HTMLFormElement): HTMLFormElement {
  const copy = form.cloneNode(true);
  if (!(copy instanceof HTMLFormElement)) return form;
  copy.reset();
  return copy;
}

/**
 * Bar with the changed fields, Discard and Save; hidden without changes. Stores unsaved input in
 * the browser, offers to restore it, and warns before leaving.
 */
export function ToolSaveBar(props: ToolSaveBarProps) {
  const { form: formId, place, stale = null, unsaved, always, about, verb, discard } = props;
  const found = useSignal<FormDraft | null>(null);
  const changes = useSignal("");
  const shown = useSignal(true);
  const said = useSignal("");
  const look = useRef(() => {});

  useEffect(() => {
    const form = toolForm();
    if (!form) return;
    const first = draftOf(asServed(form));
    const listening = new AbortController();
    const { signal } = listening;
    let timer: ReturnType<typeof setTimeout> | undefined;
    let sending = false;
    const changed = () => unsaved || !sameDraft(draftOf(form), first);
    if (stale !== null) keepDraft(stale, null);
    const kept = keptDraft(place);
    if (kept && !sameDraft(kept, first)) found.value = kept;
    look.current = () => {
      changes.value = changedFields(first, draftOf(form));
      shown.value = always || unsaved || changes.value !== "";
    };
    look.current();
    const keep = () => {
      look.current();
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
    const form = toolForm();
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

  /** Takes the stored values back into the form; what was typed is offered until the page is left. */
  function reset(event: Event): void {
    const form = toolForm();
    if (!form || unsaved) return;
    event.preventDefault();
    const typed = draftOf(form);
    form.reset();
    form.dispatchEvent(new Event("input", { bubbles: true }));
    found.value = typed;
    said.value = "Discarded. Your draft can still be put back.";
  }

  return (
    <div
      class="save"
      role="region"
      aria-label="Unsaved changes"
      hidden={!shown.value && found.value === null}
    >
      <p class="sr" role="status">{said.value}</p>
      {found.value
        ? (
          <>
            <p>This browser has a draft of yours that was never saved.</p>
            <button type="button" class="btn quiet" onClick={drop}>Throw it away</button>
            <button type="button" class="btn" onClick={take}>Put it in the form</button>
          </>
        )
        : (
          <p>
            <b>{changes.value}</b> <span class="meta">{about}</span>
          </p>
        )}
      {(found.value === null || shown.value) && (
        <>
          <a class="btn quiet" href={discard.href} onClick={reset}>{discard.label}</a>
          <button class="btn pri" type="submit" form={formId}>{verb}</button>
        </>
      )}
    </div>
  );
}
