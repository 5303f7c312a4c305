import { type Signal, signal } from "@preact/signals";
import type { ChatState } from "../../../lib/shared/chat_state.ts";
import type { MicrophoneRefusal, VoiceTexts } from "../../../lib/locales/page/voice/voice_texts.ts";
import {
  LONGEST_SECONDS,
  type Microphone,
  MicrophoneRefused,
  openMicrophone,
} from "./microphone.ts";
import {
  dropRecording,
  keepRecording,
  loadRecording,
  type VoiceRecording,
  wasSent,
} from "./recording_queue.ts";
import { submitMessage, writeMessage } from "./message_field.ts";
import { isUploadGone, removeUpload, sendRecording } from "./send_recording.ts";
import type { HearingView } from "../../../lib/shared/views/chat_view.ts";
import { recordedTime } from "./recorded_time.ts";
import { asHeard } from "./wav.ts";
import { leaveRecording, takeRecording } from "./taken_recording.ts";
import { sendsAtOnce } from "./voice_choices.ts";

/** What the composer has for recordings: texts, and a style sheet of its own. */
export interface VoiceProps {
  texts: VoiceTexts;
  sheet: string;
  /** Whether the tool keeps all recordings with their messages. */
  keeps: boolean;
  /** The recordings that the tool's model hears; null when none. */
  hears: HearingView | null;
}

/** The page's parts that a recording uses. An import of them would tear their bundle apart. */
export interface VoicePage extends VoiceProps {
  toolId: string;
  chat: Signal<Pick<ChatState, "pending" | "turns"> | null>;
  refusal: Signal<unknown>;
  /** Ids of the files that go with the next message. */
  attached: string[];
  /** How many things a load of the page would lose. */
  held: Signal<number>;
  /** Text of the page's live region. */
  announcement: Signal<string>;
  fill(text: string, places: Record<string, string | number>): string;
}

export type VoicePhase =
  | { name: "idle" }
  | { name: "recording"; microphone: Microphone; paused: boolean }
  | { name: "sending"; recording: VoiceRecording; sent: number; waiting: boolean }
  | { name: "writing"; recording: VoiceRecording }
  | { name: "heard"; recording: VoiceRecording }
  | { name: "refused"; why: MicrophoneRefusal }
  | { name: "failed"; recording: VoiceRecording; detail: string; again: boolean };

/** How often an unfinished recording is kept, in ms. */
const KEPT_EVERY = 5_000;

/** Recording, sending and text of one voice message. */
export class VoiceSession {
  readonly phase = signal<VoicePhase>({ name: "idle" });
  private stopping = new AbortController();
  private id = "";
  /** The id of the recording that was ended last. */
  private finished = "";
  private asking = false;
  private wanted = false;
  private keeping: ReturnType<typeof setInterval> | undefined;

  constructor(readonly page: VoicePage) {}

  /** Goes on with the recording that an earlier page left, unless another one is at it. */
  async goOn(): Promise<void> {
    if (!await takeRecording(this.page.toolId)) return;
    const recording = await loadRecording(this.page.toolId);
    if (recording === null || await wasSent(recording)) {
      leaveRecording();
      return await dropRecording(this.page.toolId);
    }
    const { text, mediaId } = recording;
    if (text === null) return await this.send(recording);
    // After a day the server has it no longer: the text goes alone.
    const isGone = mediaId !== null && await isUploadGone(mediaId);
    await this.heard({ ...recording, text, mediaId: isGone ? null : mediaId }, false);
  }

  /** Begins to record, unless a recording is here already. */
  async record(): Promise<void> {
    const phase = this.phase.peek();
    // The person removed the text of one that was heard, or it cannot be written down.
    if (phase.name === "heard" || phase.name === "failed" && !phase.again) await this.discard();
    const { name } = this.phase.peek();
    if (this.asking || (name !== "idle" && name !== "refused")) return await this.tryAgain();
    const { texts, fill, toolId } = this.page;
    // The browser may ask the person first.
    this.asking = true;
    try {
      const microphone = await openMicrophone(() => this.finish());
      // Not to record what is being read aloud.
      dispatchEvent(new Event("recording"));
      await takeRecording(toolId);
      this.id = newId();
      this.phase.value = { name: "recording", microphone, paused: false };
      this.say(fill(texts.recording, { minutes: LONGEST_SECONDS / 60 }));
      // A page that is closed or killed loses some seconds at most.
      this.keeping = setInterval(() => this.keep(microphone.sound(), microphone), KEPT_EVERY);
    } catch (error) {
      if (!(error instanceof MicrophoneRefused)) throw error;
      this.phase.value = { name: "refused", why: error.why };
      this.say(texts.refused[error.why].join(" "));
    } finally {
      this.asking = false;
    }
  }

  /** Pauses, or goes on. */
  pause(): void {
    const phase = this.phase.peek();
    if (phase.name !== "recording") return;
    const { microphone, paused } = phase;
    if (paused) microphone.resume();
    else microphone.pause();
    if (!paused) this.say(this.page.texts.paused);
    this.phase.value = { ...phase, paused: !paused };
  }

  /** Ends the recording, and sends it. */
  async finish(): Promise<void> {
    const phase = this.phase.peek();
    // Until it has ended it is still recording: a second press must not send it again.
    if (phase.name !== "recording" || this.finished === this.id) return;
    this.finished = this.id;
    clearInterval(this.keeping);
    const { microphone } = phase;
    if (microphone.seconds() >= LONGEST_SECONDS) this.say(this.page.texts.longest);
    const sound = await microphone.stop();
    if (this.phase.peek().name !== "recording") return;
    if (sound.size === 0) return await this.discard();
    const recording = await this.keep(sound, microphone);
    // Discarded meanwhile.
    if (this.phase.peek().name !== "recording") return await dropRecording(this.page.toolId);
    await this.send(recording);
  }

  /** Takes a recording from a file. */
  async choose(file: File): Promise<void> {
    this.id = newId();
    await takeRecording(this.page.toolId);
    await this.send(await this.keep(file, { seconds: () => 0 }));
  }

  /** Removes the recording, wherever it is. */
  async discard(): Promise<void> {
    const phase = this.phase.peek();
    clearInterval(this.keeping);
    this.stopping.abort();
    this.wanted = false;
    this.phase.value = { name: "idle" };
    this.say(phase.name === "refused" ? "" : this.page.texts.discarded);
    if (phase.name === "recording") await phase.microphone.stop();
    if ("recording" in phase && phase.recording.mediaId) removeUpload(phase.recording.mediaId);
    await dropRecording(this.page.toolId);
  }

  /** Whether the recording stays with its message. */
  get keeps(): boolean {
    return this.page.keeps || this.wanted;
  }

  /** The person's choice, for this recording only. */
  setKeeps(on: boolean): void {
    this.wanted = on;
  }

  /** The message is on its way: the recording goes with it, or is no longer needed. */
  async sending(requestId: string): Promise<void> {
    const phase = this.phase.peek();
    if (phase.name !== "heard") return;
    const { mediaId, heard } = phase.recording;
    if (mediaId && (this.keeps || heard)) {
      this.page.attached.push(this.keeps ? mediaId : `${mediaId}:once`);
      return await keepRecording({ ...phase.recording, requestId });
    }
    if (mediaId) removeUpload(mediaId);
    await this.leave();
  }

  /** The message was taken, and the recording with it, or it was refused and waits for another try. */
  async answered(taken: boolean): Promise<void> {
    const phase = this.phase.peek();
    if (phase.name !== "heard") return;
    const { attached } = this.page;
    const { mediaId } = phase.recording;
    const at = attached.findIndex((id) => id === mediaId || id === `${mediaId}:once`);
    if (at < 0) return;
    attached.splice(at, 1);
    if (taken) await this.leave();
  }

  private async leave(): Promise<void> {
    this.wanted = false;
    // First: the next page would offer it again.
    await dropRecording(this.page.toolId);
    this.phase.value = { name: "idle" };
  }

  async tryAgain(): Promise<void> {
    const phase = this.phase.peek();
    if (phase.name === "failed") await this.send(phase.recording);
  }

  private async send(recording: VoiceRecording): Promise<void> {
    const { texts, fill, toolId } = this.page;
    this.stopping = new AbortController();
    const { signal } = this.stopping;
    let latest = recording, told = false;
    const progress = (sent: number, waiting: boolean) => {
      if (signal.aborted) return;
      this.phase.value = { name: "sending", recording: latest, sent, waiting };
      // Said once, and again when the network is lost.
      const percent = Math.round(100 * sent);
      if (!told) this.say(fill(waiting ? texts.waiting : texts.sending, { percent }));
      told = !waiting;
    };
    progress(0, false);
    const sound = await asHeard(recording, this.page.hears);
    if (signal.aborted) return;
    if (sound !== recording.sound) await keepRecording(latest = { ...recording, sound });
    try {
      const outcome = await sendRecording(latest, {
        progress,
        begun: (mediaId) => {
          latest = { ...latest, mediaId };
          keepRecording(latest);
        },
        arrived: () => {
          this.phase.value = { name: "writing", recording: latest };
          this.say(texts.writing);
        },
        signal,
      });
      if (signal.aborted) return;
      if ("text" in outcome && (outcome.heard || outcome.text.trim() !== "")) {
        const text = outcome.text.trim() === "" ? this.marker(outcome) : outcome.text;
        return await this.heard({ ...latest, text, heard: outcome.heard }, true);
      }
      const [detail, again] = "text" in outcome
        ? [texts.notHeard, false]
        : [outcome.refused, outcome.again];
      this.phase.value = { name: "failed", recording: latest, detail, again };
      this.say(`${texts.notWritten} ${detail}`);
      if (!again) await dropRecording(toolId);
    } catch (error) {
      if (!signal.aborted) throw error;
    }
  }

  /** Text of a message that nobody wrote down. */
  private marker({ seconds }: { seconds: number }): string {
    const { fill, texts } = this.page;
    return fill(texts.marker, { time: recordedTime(seconds) });
  }

  /** The text goes into the field, or is sent if the person chose so. */
  private async heard(recording: VoiceRecording & { text: string }, isNew: boolean): Promise<void> {
    this.phase.value = { name: "heard", recording };
    if (!isNew) return;
    await keepRecording(recording);
    writeMessage(recording.text);
    if (!sendsAtOnce() || !await submitMessage(this.page)) this.say(this.page.texts.check);
  }

  private async keep(
    sound: Blob,
    { seconds }: Pick<Microphone, "seconds">,
  ): Promise<VoiceRecording> {
    const recording = {
      toolId: this.page.toolId,
      id: this.id,
      sound,
      seconds: seconds(),
      mediaId: null,
      text: null,
      heard: false,
    };
    if (sound.size > 0) await keepRecording(recording);
    return recording;
  }

  private say(text: string): void {
    this.page.announcement.value = text;
  }
}

function newId(): string {
  return [...crypto.getRandomValues(new Uint8Array(16))]
    .map((byte) => byte.toString(16).padStart(2, "0")).join("");
}
