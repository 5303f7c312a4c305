import { useSignal } from "@preact/signals";
import type { ComponentChildren } from "preact";
import { useEffect, useRef } from "preact/hooks";
import {
  draftOf,
  fillForm,
  type FormDraft,
  keepDraft,
  keptDraft,
  sameDraft,
} from "./kept_draft.ts";

export interface SaveBarProps {
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

interface DraftBarProps extends SaveBarProps {
  /** Names what differs from the served form; "" for nothing. */
  describe: (served: FormDraft, now: FormDraft) => string;
  /** Text of the bar before the scripts run. */
  said?: string;
  /** A kept draft is put back at once; else it is offered. */
  putBack?: boolean;
  /** What else matters before saving. */
  children?: ComponentChildren;
}

const WRITE_MS = 400;

/** The form with the server's values: somebody may have typed before the scripts ran. */
export function asServed(form: HTMLFormElement): HTMLFormElement {
  const copy = form.cloneNode(true);
  if (!(copy instanceof HTMLFormElement)) return form;
  copy.reset();
  return copy;
}

/** The form with an id. */
export function formWith(id: string): HTMLFormElement | null {
  const form = document.getElementById(id);
  return form instanceof HTMLFormElement ? form : null;
}

/**
 * Bar with what changed, Discard and Save; hidden without changes. Stores unsaved input in the
 * browser, to be put back or offered, and warns before leaving where it is only offered.
 */
export function DraftBar(props: DraftBarProps) {
  const { form: formId, place, stale = null, unsaved, always, about, verb, discard } = props;
  const { describe, putBack = false, children } = props;
  const found = useSignal<FormDraft | null>(null);
  const changes = useSignal(props.said ?? "");
  const shown = useSignal(true);
  const said = useSignal("");
  const served = useRef<FormDraft>({});

  useEffect(() => {
    const form = formWith(formId);
    if (!form) return;
    document.documentElement.classList.add("js");
    const first = served.current = draftOf(asServed(form));
    const listening = new AbortController();
    const { signal } = listening;
    let timer: ReturnType<typeof setTimeout> | undefined;
    let sending = false;
    const changed = () => unsaved || !sameDraft(draftOf(form), first);
    const look = () => {
      changes.value = describe(first, draftOf(form));
      shown.value = always || unsaved || changes.value !== "";
    };
    const store = () => {
      clearTimeout(timer);
      keepDraft(place, changed() ? draftOf(form) : null);
    };
    if (stale !== null) keepDraft(stale, null);
    const kept = keptDraft(place);
    // A form that the server refused holds the newest input.
    if (kept && !unsaved && !sameDraft(kept, first)) {
      if (!putBack) found.value = kept;
      // Without a field that differs it has been saved meanwhile.
      else if (describe(first, kept) !== "") {
        fillForm(form, kept);
        said.value = "What you typed here is not saved yet.";
      }
    }
    look();
    form.addEventListener("input", () => {
      look();
      clearTimeout(timer);
      timer = setTimeout(store, WRITE_MS);
    }, { signal });
    form.addEventListener("submit", () => {
      sending = true;
      keepDraft(place, draftOf(form));
    }, { signal });
    if (putBack) document.addEventListener("submit", store, { signal });
    addEventListener(putBack ? "pagehide" : "beforeunload", (event) => {
      if (putBack) store();
      else if (!sending && changed()) event.preventDefault();
    }, { signal });
    addEventListener("pageshow", () => void (sending = false), { signal });
    return () => {
      clearTimeout(timer);
      listening.abort();
    };
  }, []);

  function take(): void {
    const form = formWith(formId);
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
    const form = formWith(formId);
    if (!form || unsaved) return;
    event.preventDefault();
    const typed = draftOf(form);
    fillForm(form, served.current);
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
            <b>{changes.value}</b> {children} <span class="meta">{about}</span>
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
