import type { OutgoingTurn } from "../../../lib/shared/chat_client.ts";
import type { ChatState } from "../../../lib/shared/chat_state.ts";
import { type DevicePicture, devicePictures, forgetUploads } from "./device_pictures.ts";
import { type PostOnce, sendWaiting } from "./send_waiting.ts";
import {
  dropMessage,
  isWaiting,
  putMessage,
  takeMessage,
  type WaitingMessage,
  waitingMessages,
} from "./waiting_messages.ts";

/** The page's parts that the outbox uses. An import of them would tear their bundle apart. */
export interface OutboxPage {
  toolId: string;
  chat: { peek(): ChatState | null; subscribe(look: (state: ChatState | null) => void): void };
  isBusy(state: ChatState): boolean;
  post: PostOnce;
  backoff(attempt: number): number;
  /** `first`: whether the page's next message has to wait behind others. */
  keeper: { first: boolean };
  /** Said of a refusal without a reason. */
  notSent: string;
}

/** One page's list of waiting messages. */
export interface OutboxView {
  show(messages: readonly WaitingMessage[], pictures: readonly DevicePicture[]): void;
  /** A new message waits. */
  say(message: WaitingMessage): void;
}

/** A tool whose earlier reply is being written, or a server that restarts: at first. */
const BUSY_MS = 3_000;
const LONGEST_BUSY_MS = 5 * 60_000;
const LONGEST_TIMER = 3_600_000;

/**
 * Messages that wait for the network, or for the time that the server told. All pages of the
 * browser share them; one of them sends at a time, in the order of writing.
 */
export class PageOutbox {
  private timer: ReturnType<typeof setTimeout> | undefined;
  /** Attempts without an answer, of all messages. */
  private failures = 0;
  /** Attempts that the server did not take yet, by message. */
  private readonly refusals = new Map<string, number>();
  /** Turns that this page knew when a message was kept, by message. */
  private readonly known = new Map<string, ReadonlySet<string>>();
  private readonly pages = new BroadcastChannel("outbox");

  constructor(private readonly page: OutboxPage, private readonly view: OutboxView) {
    this.pages.onmessage = () => void this.refresh();
    addEventListener("online", () => void this.deliverNow());
    // Timers of a page in the background may have rested.
    document.addEventListener("visibilitychange", () => {
      if (!document.hidden) void this.deliverNow();
    });
    let busy = false;
    page.chat.subscribe((state) => {
      void this.compare();
      const before = busy;
      busy = state !== null && page.isBusy(state);
      if (before && !busy) void this.deliver();
    });
  }

  /** Keeps a message; false where the browser has no room for it. */
  async keep(turn: OutgoingTurn, seconds: number | null): Promise<boolean> {
    const { requestId, toolId, message: text = "" } = turn;
    const message: WaitingMessage = {
      id: requestId,
      toolId,
      text,
      attachments: [],
      at: Date.now(),
      due: seconds === null ? 0 : Date.now() + seconds * 1_000,
      refused: "",
    };
    try {
      // A picture that the server has for a day only stays on this device, too.
      const pictures = await devicePictures();
      message.attachments = (turn.attachments ?? []).map((id) =>
        pictures.find(({ mediaId }) => mediaId === id)?.id ?? String(id)
      );
      // Behind another one it waits for as long.
      const dues = (await waitingMessages())
        .filter((each) => each.toolId === toolId && !each.refused).map(({ due }) => due);
      message.due = Math.max(message.due, ...dues);
      await putMessage(message);
    } catch {
      return false;
    }
    const state = this.page.chat.peek();
    // Its turn began meanwhile: only the answer was lost.
    if (state && !state.pending) {
      await dropMessage(message);
      return true;
    }
    this.known.set(message.id, new Set(state?.turns.map(({ turnId }) => turnId)));
    await this.changed();
    this.view.say(message);
    this.later(seconds === null ? this.page.backoff(this.failures++) : seconds * 1_000);
    return true;
  }

  /** Shows what waits for this page's tool, and sends what is due. */
  async open(): Promise<void> {
    await this.refresh();
    await this.deliver();
  }

  /** Does not send a message. */
  async discard(message: WaitingMessage): Promise<void> {
    await dropMessage(message);
    await this.changed();
  }

  /** Sends a message once more, at once. */
  async again(message: WaitingMessage): Promise<void> {
    if (message.refused) await forgetUploads(message.attachments);
    await this.update({ ...message, refused: "", told: "", due: 0 });
    await this.changed();
    await this.deliverNow();
  }

  /**
   * Takes a message out of the list, so that it can be changed; its pictures stay on this device.
   * One that is being sent is waited for. False when it was sent or discarded.
   */
  async take(message: WaitingMessage): Promise<boolean> {
    const taken = await exclusively(async () => {
      if (!await isWaiting(message)) return false;
      await takeMessage(message);
      return true;
    });
    this.known.delete(message.id);
    await this.changed();
    return taken;
  }

  /** Sends what is due without waiting for the next attempt's time. */
  private async deliverNow(): Promise<void> {
    this.failures = 0;
    this.refusals.clear();
    await this.deliver();
  }

  /** Sends what is due, unless another page is at it. */
  private async deliver(): Promise<void> {
    clearTimeout(this.timer);
    const wait = await exclusively(() => this.deliverDue());
    if (wait !== null) this.later(wait);
  }

  /** Milliseconds until the next attempt; null when nothing waits. */
  private async deliverDue(): Promise<number | null> {
    const held = new Map<string, number>();
    for (const message of await waitingMessages()) {
      const { toolId, due, refused } = message;
      if (refused || held.has(toolId)) continue;
      const state = toolId === this.page.toolId ? this.page.chat.peek() : null;
      const early = due - Date.now();
      if (early > 0) held.set(toolId, early);
      else if (state && this.page.isBusy(state)) held.set(toolId, BUSY_MS);
      // Discarded while an earlier one was sent.
      else if (await isWaiting(message)) {
        const wait = await this.send(message);
        if (wait === null) continue;
        held.set(toolId, wait);
        if (this.failures > 0) break;
      }
    }
    return held.size === 0 ? null : Math.min(...held.values());
  }

  /** Sends one message; milliseconds to wait when it is not sent yet. */
  private async send(message: WaitingMessage): Promise<number | null> {
    const outcome = await sendWaiting(message, this.page.post);
    if (outcome === null) {
      await this.tell(message, "");
      return this.page.backoff(this.failures++);
    }
    this.failures = 0;
    if (outcome === "taken") {
      this.refusals.delete(message.id);
      await dropMessage(message);
      await this.changed();
      return null;
    }
    const { kind, detail, retryable, seconds } = outcome;
    // A limit opens again at a told time, whether or not the server calls that a retry.
    if (seconds !== null) {
      const told = kind === "limited" ? "" : detail;
      return await this.waitFor(seconds * 1_000, { ...message, told });
    }
    if (kind !== "conflict" && !retryable) {
      await this.update({ ...message, refused: detail || this.page.notSent });
      await this.changed();
      // The browser is no longer the visitor's device: the next page clears what it kept.
      if (kind === "denied") location.reload();
      return null;
    }
    const refusals = this.refusals.get(message.id) ?? 0;
    this.refusals.set(message.id, refusals + 1);
    await this.tell(message, kind === "conflict" ? "" : detail);
    return Math.min(LONGEST_BUSY_MS, BUSY_MS * 2 ** refusals);
  }

  /** Why the message is not sent yet. */
  private async tell(message: WaitingMessage, told: string): Promise<void> {
    if ((message.told ?? "") === told) return;
    await this.update({ ...message, told });
    await this.changed();
  }

  private async waitFor(ms: number, message: WaitingMessage): Promise<number> {
    await this.update({ ...message, due: Date.now() + ms });
    await this.changed();
    return ms;
  }

  /** Changes a message that nobody discarded meanwhile. */
  private async update(message: WaitingMessage): Promise<void> {
    if (await isWaiting(message)) await putMessage(message);
  }

  /** A message whose answer was lost is sent once its turn's events come. */
  private async compare(): Promise<void> {
    const turns = this.page.chat.peek()?.turns ?? [];
    if (this.known.size === 0) return;
    for (const message of await waitingMessages()) {
      const known = this.known.get(message.id);
      const begun = turns.some(({ turnId, question }) =>
        known && !known.has(turnId) && question?.text.trim() === message.text.trim()
      );
      if (!begun) continue;
      this.known.delete(message.id);
      await this.discard(message);
    }
  }

  private later(ms: number): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.deliver(), Math.min(ms, LONGEST_TIMER));
  }

  private async changed(): Promise<void> {
    this.pages.postMessage("");
    await this.refresh();
  }

  private async refresh(): Promise<void> {
    const all = await waitingMessages();
    const mine = all.filter(({ toolId }) => toolId === this.page.toolId);
    this.page.keeper.first = mine.some(({ refused }) => !refused);
    const pictures = mine.some(({ attachments }) => attachments.length > 0)
      ? await devicePictures()
      : [];
    this.view.show(mine, pictures);
  }
}

let last: Promise<unknown> = Promise.resolve();

/** Runs `work` while no other page does; pages without https have no locks, but their own turns. */
async function exclusively<T>(work: () => Promise<T>): Promise<T> {
  if ("locks" in navigator) return await navigator.locks.request("outbox", work);
  const turn = last.then(work);
  last = turn.catch(() => {});
  return await turn;
}
