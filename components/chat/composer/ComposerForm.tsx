import { useSignal } from "@preact/signals";
import { useEffect, useLayoutEffect, useRef } from "preact/hooks";
import type { CostAlertProps } from "../cost/CostAlert.tsx";
import { costText } from "../cost/cost_text.ts";
import { ComposerHints } from "./ComposerHints.tsx";
import { isKept, loadDraft, saveDraft } from "./draft.ts";
import { fitField } from "./fit_field.ts";
import { DownIcon, MicrophoneIcon, SendIcon, StopIcon } from "../../ui/Icons.tsx";
import { atEnd, scrollToEnd } from "../../ui/scroll.ts";
import { chatPath } from "./TurnForm.tsx";
import { useLate } from "../../ui/late.ts";
import type { VoiceProps } from "../voice/voice_session.ts";
import { useWait } from "../../ui/wait.ts";
import { newRequestId } from "../../../lib/shared/chat_client.ts";
import type { ComposerTexts } from "../../../lib/locales/page/chat/chat_texts.ts";
import {
  announcement,
  attached,
  chat,
  editing,
  queued,
  refusal,
  send,
  stop,
  typed,
} from "../../../lib/shared/chat_session.ts";
import { isBusy, runningTurn } from "../../../lib/shared/chat_state.ts";
import { formatCount } from "../../../lib/shared/formats.ts";
import { fill } from "../../../lib/shared/text.ts";
import {
  type EditView,
  type EstimateView,
  LONGEST_MESSAGE,
  type RefusalView,
} from "../../../lib/shared/views/chat_view.ts";

export interface ComposerFormProps {
  texts: ComposerTexts;
  toolId: string;
  requestId: string;
  estimate: EstimateView;
  /** Cost beside the button at page load, or empty; from this length on the script estimates it. */
  price: { text: string; dearFrom: number };
  /** A reply is being written. */
  running: boolean;
  edit: EditView | null;
  refusal: RefusalView | null;
  /** Text of a fault's reference, with the place `{reference}`. */
  reference: string;
  alert: CostAlertProps;
  /** How the form is sent without a script. */
  attributes: { encType?: string };
  /** The picture button's markup. */
  pictures: string;
  /** Null where nobody writes voice messages down. */
  voice: VoiceProps | null;
  /** Text of a recording sent without a script, or of a starter. */
  heard: string | null;
}

/** Message form; a plain HTML form until its script runs. */
export function ComposerForm(props: ComposerFormProps) {
  const { texts, toolId, requestId, estimate, voice } = props;
  const { language } = texts;
  const given = props.edit?.text ?? props.refusal?.message ?? props.heard ?? "";
  const field = useRef<HTMLTextAreaElement>(null);
  const length = useSignal(given.length);
  const state = chat.value;
  const edit = editing.value === undefined ? props.edit : editing.value;
  const refused = refusal.value === undefined ? props.refusal : refusal.value;
  const running = state ? isBusy(state) : props.running;
  const phase = state && runningTurn(state)?.phase;
  const stopping = phase?.name === "running" && phase.stopping;
  const wait = useWait(texts, refused);
  const tooLong = length.value > LONGEST_MESSAGE
    ? fill(texts.tooLong, {
      length: formatCount(length.value, language),
      longest: formatCount(LONGEST_MESSAGE, language),
    })
    : "";
  const speaks = voice !== null && state !== null && !running && !edit && length.value === 0;
  const blocked = wait.waits || tooLong !== "";

  function write(text: string): void {
    if (!field.current) return;
    field.current.value = text;
    written();
  }

  function written(): void {
    if (!field.current) return;
    const text = field.current.value;
    length.value = typed.value = text.length;
    announcement.value = "";
    fitField(field.current, Boolean(editing.peek()));
    // The draft slot holds a pending message until the server has accepted it.
    if (!editing.peek() && !chat.peek()?.pending && text !== loadDraft(toolId).text) {
      saveDraft(toolId, text);
    }
  }

  /** One button: sends, stops the running reply, or records. */
  function onSubmit(event: Event): void {
    event.preventDefault();
    if (running) stop();
    else if (speaks && !field.current?.value) speak("record");
    else submit();
  }

  /** The recorder is loaded on its first use. */
  function speak(how: "record" | "goOn"): void {
    import("../voice/open_voice.ts").then(({ openVoice }) =>
      voice && openVoice({ ...voice, toolId, chat, refusal, attached, announcement, fill }, how)
    ).catch(() => announcement.value = texts.unreachable);
  }

  async function submit(): Promise<void> {
    const box = field.current;
    const now = chat.peek();
    const text = box?.value ?? "";
    if (!box || !now || text.trim() === "") return;
    if (blocked) {
      // Announces again why sending is blocked.
      announcement.value = document.querySelector("#hints .warn")?.textContent ?? "";
      return;
    }
    if (isBusy(now)) return void (queued.value = true);
    const draft = loadDraft(toolId);
    const id = draft.text === text && draft.requestId || newRequestId();
    saveDraft(toolId, text, id);
    const sending = send(edit ? "edit" : "send", text, edit?.seq, id);
    const later = edit ? draft.text : "";
    editing.value = null;
    write("");
    if (!isTouch()) box.focus();
    if (await sending) {
      if (box.value === "") write(later);
      saveDraft(toolId, box.value);
      return;
    }
    queued.value = false;
    if (edit) editing.value = { seq: edit.seq, text };
    else if (box.value !== text) write(box.value === "" ? text : `${text}\n\n${box.value}`);
  }

  function onKeyDown(event: KeyboardEvent): void {
    if (event.key !== "Enter" || event.shiftKey || isTouch()) return;
    // keyCode 229: Safari ends a composition before the Enter that ended it.
    if (event.isComposing || event.keyCode === 229) return;
    event.preventDefault();
    submit();
  }

  useEffect(() => {
    editing.value ??= props.edit;
    refusal.value ??= props.refusal;
    const { value } = field.current ?? { value: "" };
    if (value === "") write(loadDraft(toolId).text);
    else written();
    if (props.edit) document.getElementById(`m${props.edit.seq}`)?.scrollIntoView();
    if (voice && isKept(`voice:${toolId}`)) speak("goOn");
    if (!isTouch() && !location.hash.startsWith("#m")) {
      field.current?.focus({ preventScroll: true });
    }
  }, []);

  // Marks the edited question; what follows it is muted by the style sheet.
  useEffect(() => {
    const { classList } = document.getElementById(`m${edit?.seq}`) ?? {};
    classList?.add("editing");
    return () => classList?.remove("editing");
  }, [edit]);

  const wasEditing = useRef(edit);
  useLayoutEffect(() => {
    if (edit === wasEditing.current) return;
    if (edit) write(edit.text);
    else if (!chat.peek()?.pending) write(loadDraft(toolId).text);
    wasEditing.current = edit;
    field.current?.focus();
  }, [edit]);

  useEffect(() => {
    if (refused?.message && field.current?.value === "") write(refused.message);
  }, [refused]);

  useEffect(() => {
    if (running && refused?.message && refused.kind === "conflict") {
      // Another tab's turn is running; this tab learned of it from the refusal.
      refusal.value = null;
      queued.value = true;
    } else if (!running && queued.peek()) submit();
  }, [running, refused]);

  // From half a cent on, the estimate follows the text.
  const dear = state?.estimate || length.value >= props.price.dearFrom ||
    Number(state?.cost?.turn) >= 0.005;
  const price = useLate(!!dear, () => import("../cost/estimate.ts"));
  const label = running
    ? texts.stop
    : edit
    ? texts.resend
    : speaks
    ? voice.texts.record
    : texts.send;
  return (
    <form
      id="composer"
      class="composer"
      method="post"
      {...props.attributes}
      action={chatPath(toolId)}
      aria-label={texts.form}
      onSubmit={onSubmit}
    >
      {!atEnd.value && (
        <button
          type="button"
          class="button jump"
          onClick={() => (scrollToEnd(), field.current?.focus())}
        >
          <DownIcon />
          {texts.latest}
        </button>
      )}
      <input type="hidden" name="requestId" value={requestId} />
      {edit && <input type="hidden" name="seq" value={edit.seq} />}
      <ComposerHints
        {...{ texts, toolId, edit, refused, wait }}
        reference={props.reference}
        alert={props.alert}
        tooLong={tooLong === wait.lead ? "" : tooLong}
      />
      <div id="voice" class="stack" />
      <div class={props.edit ? "box tall" : "box"}>
        <span dangerouslySetInnerHTML={{ __html: props.pictures }} />
        <textarea
          ref={field}
          id="message"
          name="message"
          rows={1}
          required
          dir="auto"
          placeholder={texts.placeholder}
          aria-label={texts.field}
          autoFocus={props.edit !== null}
          onInput={written}
          onKeyDown={onKeyDown}
        >
          {given}
        </textarea>
        <span class="meta">
          {price
            ? costText(texts, price.estimateCost(estimate, state, length.value))
            : props.price.text}
        </span>
        <button
          type="submit"
          class="send"
          name="action"
          value={running ? "stop" : edit ? "edit" : "send"}
          formNoValidate={running || speaks}
          aria-disabled={running ? stopping : state !== null && blocked}
          aria-describedby={blocked ? "hints" : undefined}
          aria-label={label}
          title={label}
        >
          {running ? <StopIcon /> : speaks ? <MicrophoneIcon /> : <SendIcon />}
        </button>
      </div>
    </form>
  );
}

/** Touch screens have no Shift+Enter, so Enter inserts a line break. */
function isTouch(): boolean {
  return matchMedia("(pointer: coarse)").matches;
}
