import { ByteRoom } from "../../platform/byte_room.ts";
import { AppError } from "../../platform/errors.ts";
import type { Log } from "../../platform/log.ts";
import { ProviderError } from "../../llm/provider.ts";
import type { TranscriptionHints } from "../../llm/audio/transcriber.ts";
import type { Tx } from "../../store/transactions.ts";
import type { Tool } from "../../tools/rules/tool.ts";
import type { Transcription } from "../transcription.ts";
import type { HearingDeps } from "../../llm/audio/hearing.ts";
import { isHeard } from "../heard_sound.ts";
import { uploadKeys } from "./records.ts";
import { SOUND_BYTES_IN_MEMORY, type UploadDeps, Uploads } from "./uploads.ts";

/** How long a call keeps others for the same recording away; longer than it can last. */
const CLAIM_MS = 90_000;
const LOOK_AGAIN_MS = 2_000;

interface Needs extends UploadDeps, HearingDeps {
  log: Log;
}

/** Request for the transcript of a visitor's recording. */
export interface TranscriptRequest extends Pick<TranscriptionHints, "languages"> {
  visitor: string;
  /** Client address, whose share of the day new visitors use. */
  address: string;
  id: string;
  /** Whose budget pays. */
  tool: Pick<Tool, "id" | "ceiling" | "keyTerms" | "hearingModel">;
}

/** Text of a recording, empty where nothing was heard in it or nobody could write it down. */
export interface Spoken {
  text: string;
  seconds: number;
  /** Whether the tool's model takes the recording itself. */
  heard: boolean;
}

/** Transcripts of recordings that visitors uploaded; each is paid for once. */
export class VoiceNotes {
  private refusing = false;
  private readonly stopping = new AbortController();
  /** Calls by visitor and recording. */
  private readonly underWay = new Map<string, Promise<unknown>>();

  /** Memory for recordings, also those of phones. */
  readonly room = new ByteRoom(SOUND_BYTES_IN_MEMORY);
  readonly uploads: Uploads;

  constructor(private readonly deps: Needs, private readonly transcription: Transcription) {
    this.uploads = new Uploads(deps, this.room);
  }

  /** Whether recordings can be written down. */
  get isAvailable(): boolean {
    return this.transcription.isAvailable;
  }

  /**
   * Transcript of a complete recording; empty for silence, and where it fails for a recording that
   * the tool's model hears. The call goes on when its requester is gone, and its result is kept for
   * a day.
   * @throws {AppError} `over_budget`, `over_share`; `unavailable` without a transcriber or price, or
   * while another request for it runs; `upstream`; those of {@link Uploads.sound}
   */
  async transcribe(request: TranscriptRequest): Promise<Spoken> {
    if (this.refusing) {
      throw new AppError("unavailable", { code: "server.restarting" }, { retryAfterMs: 5_000 });
    }
    // Before the recording is read: many requests for a large one would fill the memory.
    const name = `${request.visitor} ${request.id}`;
    if (this.underWay.has(name)) throw underWay();
    const call = this.transcript(request);
    this.underWay.set(name, call);
    try {
      return await call;
    } finally {
      this.underWay.delete(name);
    }
  }

  /** Text of a visitor's recording as transcribe() told it; null for any other. */
  async spoken(
    { visitor, id, tool }: Pick<TranscriptRequest, "visitor" | "id" | "tool">,
  ): Promise<Spoken | null> {
    if (id === "" || await this.uploads.progress(visitor, id) === null) return null;
    const { kv } = this.deps.store;
    const { value: upload } = await kv.get(uploadKeys.upload(id));
    if (!upload?.sound) return null;
    const text = (await kv.get(uploadKeys.transcript(id))).value?.text ?? null;
    const heard = isHeard(this.deps, tool, upload.sound);
    if (text === null && !heard) return null;
    return { text: text ?? "", seconds: upload.sound.seconds, heard };
  }

  /** Refuses new calls, waits `graceMs` for those under way, ends the rest and books them. */
  async drain(graceMs: number): Promise<void> {
    this.refusing = true;
    const timer = setTimeout(() => this.stopping.abort(), graceMs);
    await Promise.allSettled(this.underWay.values());
    clearTimeout(timer);
  }

  private async transcript(request: TranscriptRequest): Promise<Spoken> {
    const { visitor, address, id, tool, languages } = request;
    using sound = await this.uploads.sound(visitor, id, this.stopping.signal);
    const { type, bytes, seconds } = sound;
    const heard = isHeard(this.deps, tool, sound);
    if (heard && !this.isAvailable) return { text: "", seconds, heard };
    try {
      const text = await this.transcription.transcribe(
        {
          type,
          bytes,
          seconds,
          kept: uploadKeys.transcript(id),
          claim: this.claim(id),
          hints: { languages, keywords: tool.keyTerms },
        },
        { tool: tool.id, ceiling: tool.ceiling, channel: "web", visitor, address },
        this.stopping.signal,
      );
      return { text, seconds, heard };
    } catch (error) {
      if (!(error instanceof ProviderError)) throw error;
      const { fault, message } = error;
      this.deps.log("warn", "Recording not transcribed", { fault, error: message });
      if (heard) return { text: "", seconds, heard };
      throw fault === "refused"
        ? new AppError("wrong_type", { code: "sound.unreadable" }, { cause: error })
        : new AppError("upstream", { code: "voice.failed" }, { cause: error });
    }
  }

  /** Refuses a second call for a recording while the first one runs, after it, and for a deleted one. */
  private claim(id: string) {
    const kept = uploadKeys.transcript(id), key = uploadKeys.transcribing(id);
    const upload = uploadKeys.upload(id);
    const now = this.deps.clock();
    const run = (tx: Tx) => {
      if (tx.get(upload) === null) throw new AppError("missing", { code: "upload.gone" });
      if (tx.get(kept) !== null || (tx.get(key) ?? 0) > now) throw underWay();
      tx.set(key, now + CLAIM_MS);
    };
    return { key, reads: [kept, key, upload], run };
  }
}

const underWay = () =>
  new AppError("unavailable", { code: "voice.under_way" }, { retryAfterMs: LOOK_AGAIN_MS });
