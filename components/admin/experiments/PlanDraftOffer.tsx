import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { asServed, formWith } from "../drafts/DraftBar.tsx";
import { draftOf, type FormDraft, keepDraft, keptDraft, sameDraft } from "../drafts/kept_draft.ts";

/** Id of the plan's form. */
export const PLAN_FORM = "plan";

export interface PlanDraftOfferProps {
  /** Storage key of what is typed; null where there is no form. */
  place: string | null;
  /** Keys of what was saved just now and can go. */
  stale: readonly string[];
  /** The form holds input that is not saved. */
  unsaved: boolean;
}

const WRITE_MS = 400;

/** Storage key of the plan of an experiment, or of a new one of a tool. */
export function planPlace(id: string | null, tool: string): string {
  return id === null ? `/experiments/new/${tool}` : `/experiments/${id}`;
}

/**
 * Stores what is typed in a plan in the browser, and offers it when the page is opened again. It
 * is put back by the server, as a plan may have more versions than the page.
 */
export function PlanDraftOffer({ place, stale, unsaved }: PlanDraftOfferProps) {
  const found = useSignal<FormDraft | null>(null);

  useEffect(() => {
    for (const each of stale) keepDraft(each, null);
    const form = formWith(PLAN_FORM);
    if (!form || place === null) return;
    const served = draftOf(asServed(form));
    const listening = new AbortController();
    const { signal } = listening;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const store = () => {
      clearTimeout(timer);
      const now = draftOf(form);
      if (unsaved || !sameDraft(now, served)) keepDraft(place, now);
      else if (found.value === null) keepDraft(place, null);
    };
    const kept = keptDraft(place);
    if (unsaved) store();
    else if (kept && !sameDraft(kept, served)) found.value = kept;
    form.addEventListener("input", () => {
      clearTimeout(timer);
      timer = setTimeout(store, WRITE_MS);
    }, { signal });
    form.addEventListener("submit", store, { signal });
    addEventListener("pagehide", store, { signal });
    return () => {
      clearTimeout(timer);
      listening.abort();
    };
  }, []);

  function take(): void {
    const form = formWith(PLAN_FORM);
    if (form && found.value) sendBack(form, found.value);
  }

  function drop(): void {
    if (place !== null) keepDraft(place, null);
    found.value = null;
  }

  return found.value === null ? null : (
    <div class="alert" role="status">
      <span class="g">This browser has a plan of yours that was never saved.</span>
      <button type="button" class="btn quiet" onClick={drop}>Throw it away</button>
      <button type="button" class="btn" onClick={take}>Put it in the form</button>
    </div>
  );
}

/** Posts a draft to the page, which shows it without saving it. */
function sendBack(form: HTMLFormElement, draft: FormDraft): void {
  const fields = new FormData(form);
  const own = ["csrf", "draft"].flatMap((name): [string, string][] => {
    const value = fields.get(name);
    return typeof value === "string" ? [[name, value]] : [];
  });
  const sent = document.createElement("form");
  sent.method = "post";
  sent.hidden = true;
  for (const [name, value] of [...Object.entries(draft), ...own, ["look", "kept"]]) {
    // A field of one line would lose the line breaks of a prompt.
    const field = document.createElement("textarea");
    field.name = name ?? "";
    field.value = value ?? "";
    sent.append(field);
  }
  document.body.append(sent);
  sent.submit();
}
