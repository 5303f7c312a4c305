import { useSignal } from "@preact/signals";
import { useEffect, useLayoutEffect, useRef } from "preact/hooks";
import type { CostAlertProps } from "../cost/CostAlert.tsx";
import { costText } from "../cost/cost_text.ts";
import { ComposerHints } from "./ComposerHints.tsx";
import { dropDraft, isKept, loadDraft, putBack, saveDraft } from "./draft.ts";
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
  chat,
  editing,
  keeper,
  PAGE,
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
  /** That of the latest message, which the device may still have. */
  taken?: string;
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
    if (field.current) field.current.value = text;
    written();
  }

  /** The next message comes into the field, unless a question is edited there. */
  function writeDraft(): void {
    if (editing.peek()) written();
    else write(loadDraft(toolId).text);
  }

  function written(): void {
    if (!field.current) return;
    const text = field.current.value;
    length.value = typed.value = text.length;
    announcement.value = "";
    const edited = Boolean(editing.peek());
    fitField(field.current, edited);
    if (!edited && text !== loadDraft(toolId).text) saveDraft(toolId, text);
  }

  /** One button: sends, stops the running reply, or records. */
  function onSubmit(event: Event): void {
    event.preventDefault();
    if (running) stop();
    else if (speaks && !field.current?.value) speak("record");
    else submit();
  }

  /** The recorder is loaded on its first use. */
  function speak(how: "record" | "goOn"): Promise<unknown> {
    return import("../voice/open_voice.ts").then(({ openVoice }) =>
      voice && openVoice({ ...PAGE, ...voice, toolId, fill }, how)
    ).catch(() => announcement.value = texts.unreachable);
  }

  async function submit(): Promise<void> {
    // Pictures of an earlier page, and its recording, go with the text.
    await Promise.allSettled(keeper.restoring);
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
    saveDraft(toolId, text, id, "sending");
    if (!edit) saveDraft(toolId, "");
    const sending = send(edit ? "edit" : "send", text, edit?.seq, id);
    editing.value = null;
    writeDraft();
    if (!isTouch()) box.focus();
    if (await sending) return dropDraft(toolId, id);
    queued.value = false;
    if (edit) {
      dropDraft(toolId, id);
      editing.value = { seq: edit.seq, text };
    } else {
      putBack(toolId, { requestId: id, text });
      writeDraft();
    }
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
    dropDraft(toolId, props.taken);
    const sent = loadDraft(toolId, "sending");
    if (sent.text) putBack(toolId, sent);
    // Written before the script ran, or given by the server.
    const text = !props.edit && field.current?.value || "";
    if (!loadDraft(toolId).text.startsWith(text)) putBack(toolId, { requestId: "", text });
    writeDraft();
    if (props.edit) document.getElementById(`m${props.edit.seq}`)?.scrollIntoView();
    if (voice && isKept(`voice:${toolId}`)) keeper.restoring.push(speak("goOn"));
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
    else writeDraft();
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
          autocomplete={state ? "off" : undefined}
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
