import { z } from "zod";
import type { CostSummary } from "../../reports/cost_summary.ts";
import type { Health } from "../../reports/health.ts";
import { toolId } from "../../tools/rules/tool.ts";
import { mirrorSchema } from "../../whatsapp/dialogue/state.ts";
import type { Problem } from "../errors.ts";

const count = z.number().int().min(0);
const usd = z.number();
const time = z.iso.datetime();

/** Problem details (RFC 9457), of every error below /api. */
export const problemSchema = z.strictObject({
  type: z.string().regex(/^\/problems\//),
  title: z.string(),
  status: count,
  detail: z.string(),
  code: z.string().optional(),
  field: z.string().optional(),
  retryable: z.boolean(),
  requestId: z.string().optional(),
}) satisfies z.ZodType<Problem>;

export const begunTurn = z.strictObject({ turnId: z.string() });

export const publicTools = z.array(z.strictObject({
  id: toolId,
  name: z.string(),
  description: z.string(),
  icon: z.string(),
  model: z.string(),
  greeting: z.string(),
  starters: z.array(z.string()),
}));

export const keptPicture = z.strictObject({
  id: z.string(),
  kind: z.literal("picture"),
  type: z.string(),
  bytes: count,
  width: count,
  height: count,
});

export const begunUpload = z.strictObject({ id: z.string(), kind: z.literal("sound") });

export const transcriptAnswer = z.strictObject({
  text: z.string(),
  seconds: z.number(),
  heard: z.boolean(),
});

const linkedPhone = { phone: z.string(), mirror: mirrorSchema };
export const linkState = z.strictObject({
  linked: z.strictObject({ ...linkedPhone, since: time }).nullable(),
});
export const verifiedLink = z.strictObject({ linked: z.strictObject(linkedPhone).nullable() });
export const shownCode = z.strictObject({
  code: z.string(),
  message: z.string(),
  url: z.string(),
  expiresAt: time,
});
export const sentCode = z.strictObject({ phone: z.string(), detail: z.string(), expiresAt: time });

/** `ceiling` and `held` are for admins and the token only. */
export const costSummarySchema = z.strictObject({
  toolId: z.string().nullable(),
  date: z.iso.date(),
  todayCost: usd,
  messageCount: count,
  tokenCount: count,
  avgCostPerMessage: usd,
  weeklyCost: usd,
  trend: z.enum(["up", "down", "stable"]),
  ceiling: usd.nullable().optional(),
  held: usd.optional(),
}) satisfies z.ZodType<Partial<CostSummary>>;

/** Of the process alone. */
const processSchema = z.strictObject({
  status: z.enum(["pass", "fail"]),
  checks: z.record(
    z.string(),
    z.array(z.strictObject({
      componentType: z.string(),
      status: z.enum(["pass", "warn", "fail"]),
      output: z.string().optional(),
      observedValue: z.number().optional(),
      observedUnit: z.string().optional(),
    })),
  ),
});

const wholeHealth = processSchema.extend({
  version: z.string(),
  timestamp: time,
  toolCount: count,
  toolsHash: z.string(),
  storage: z.enum(["available", "unavailable"]),
}) satisfies z.ZodType<Health>;

export const healthSchema = z.union([wholeHealth, processSchema]);

export const liveness = z.strictObject({ status: z.literal("pass") });

/** A conversation as its visitor exports it; fields may be added. */
export const exportedConversation = z.looseObject({ messages: z.array(z.looseObject({})) });
