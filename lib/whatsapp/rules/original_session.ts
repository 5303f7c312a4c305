import { z } from "zod";
import { phoneSchema } from "../../people/rules/phone.ts";
import { type Language, LANGUAGES } from "../../shared/languages.ts";
import { type NanoUsd, parseUsd } from "../../shared/money.ts";

/** A question and its reply. */
export interface OriginalExchange {
  question: string;
  reply: string;
  at: number;
}

/** A phone's session of the original. */
export interface OriginalSession {
  id: string;
  /** E.164. */
  number: string;
  tool: string | null;
  language: Language;
  exchanges: OriginalExchange[];
  /** Messages that belong to no exchange: replies without a question, questions without a reply. */
  dropped: number;
  startedAt: number;
  lastAt: number;
  usd: NanoUsd;
  tokens: number;
}

/** Longest text that a record takes in any alphabet, in UTF-16 units. */
const LONGEST = 15_000;

/** Times as the original wrote them: ISO 8601, or milliseconds. */
const time = z.union([z.string(), z.number()]).transform((value) => new Date(value).getTime())
  .pipe(z.number().int().min(0));
const message = z.object({
  role: z.string(),
  content: z.string().optional(),
  text: z.string().optional(),
  timestamp: time.optional().catch(undefined),
});
const session = z.object({
  sessionId: z.string().min(1).max(200),
  phoneNumber: z.string().transform((value) => value.replace(/^whatsapp:/, "")).pipe(phoneSchema),
  currentTool: z.string().nullish(),
  language: z.string().nullish(),
  conversationHistory: z.array(message).default([]),
  metadata: z.object({ startTime: time, lastActivity: time }),
  usage: z.object({
    cost: z.number().min(0).max(1e6),
    tokens: z.number().int().min(0),
  }).catch({ cost: 0, tokens: 0 }),
});

/** Whether JSON looks like a session of the original. */
export function isOriginalSession(json: unknown): boolean {
  return typeof json === "object" && json !== null && "sessionId" in json && "phoneNumber" in json;
}

/** Reads a session; null for one that is damaged. */
export function readOriginalSession(json: unknown): OriginalSession | null {
  const { data } = session.safeParse(json);
  if (data === undefined) return null;
  const { startTime, lastActivity } = data.metadata;
  const { exchanges, dropped } = exchangesOf(data.conversationHistory, lastActivity);
  return {
    id: data.sessionId,
    number: data.phoneNumber,
    tool: data.currentTool ?? null,
    language: LANGUAGES.find((each) => each === data.language?.slice(0, 2).toLowerCase()) ?? "en",
    exchanges,
    dropped,
    startedAt: Math.min(startTime, lastActivity),
    lastAt: lastActivity,
    usd: parseUsd(data.usage.cost.toFixed(9)),
    tokens: data.usage.tokens,
  };
}

function exchangesOf(history: readonly z.output<typeof message>[], lastAt: number) {
  const exchanges: OriginalExchange[] = [];
  let question: { text: string; at: number } | null = null;
  let used = 0;
  for (const { role, content, text, timestamp } of history) {
    const said = (content ?? text ?? "").toWellFormed().replaceAll("\0", "").trim()
      .slice(0, LONGEST);
    if (said === "") continue;
    if (role === "user") question = { text: said, at: timestamp ?? lastAt };
    else if (role === "assistant" && question !== null) {
      exchanges.push({ question: question.text, reply: said, at: question.at });
      question = null;
      used += 2;
    }
  }
  return { exchanges, dropped: history.length - used };
}
