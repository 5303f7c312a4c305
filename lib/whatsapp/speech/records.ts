import { z } from "zod";
import { languageSchema } from "../../shared/languages.ts";
import { family } from "../../store/key.ts";

const count = z.number().int().min(0);

const state = z.discriminatedUnion("kind", [
  /** Not asked for yet, after `tries` attempts that cost nothing. */
  z.object({ kind: z.literal("waiting"), tries: count, notBefore: z.number() }),
  /** Under way until then; after a crash it is not asked for again, as it may be billed. */
  z.object({ kind: z.literal("asked"), until: z.number() }),
  /** Stored, and booked. */
  z.object({
    kind: z.literal("made"),
    id: z.string(),
    seconds: z.number(),
    usd: z.bigint().min(0n),
    until: z.number(),
  }),
]);

/** A reply to be spoken. */
const speech = z.object({
  text: z.string(),
  /** The last words before a cut; null for a whole reply. */
  cutAfter: z.string().nullable(),
  tool: z.string(),
  visitor: z.string(),
  language: languageSchema,
  state,
});

export type Speech = z.output<typeof speech>;

const HOUR = 60 * 60_000;
/** How long a voice note can be fetched. */
export const NOTE_MS = HOUR;

/*
 * Records of spoken replies.
 *
 *   key                         value                                  lives
 *   speech, conversation, turn  a reply to be spoken                   1 hour
 *   voice_note, id              the end of a voice note's address      1 hour
 */
export const speechKeys = {
  speech: family<Speech, [conversation: string, turn: string]>("speech", speech, {
    lifetime: HOUR,
  }),
  voiceNote: family<{ until: number }, [id: string]>(
    "voice_note",
    z.object({ until: z.number() }),
    { lifetime: NOTE_MS },
  ),
} as const;
