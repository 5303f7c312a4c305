import { DOUBT_CODES } from "../locales/admin/alerts.ts";
import { z } from "zod";
import { EFFORTS } from "../llm/rules/effort.ts";
import { modelPrice, worstCase } from "../llm/rules/prices.ts";
import { BUDGET_SCOPES, BUDGET_WINDOWS } from "./rules/budget.ts";

const count = z.number().int().min(0);
const amount = z.bigint().min(0n);

/** Source of an amount: the provider's figures, an estimate, or an estimate of a part. */
export const basis = z.enum(["reported", "estimated", "partial"]);

const nearest = z.enum(["person", "address", "tool"]);

/** Notice about a turn's cost; earlier versions stored its text. */
export const notice = z.union([
  z.discriminatedUnion("code", [
    z.object({ code: z.literal("downgraded"), nearest, model: z.string() }),
    z.object({ code: z.literal("clamped"), nearest }),
    z.object({ code: z.literal("alert"), session: amount }),
    z.object({ code: z.literal("failed_over") }),
  ]),
  z.object({
    kind: z.enum(["clamped", "downgraded", "alert", "truncated"]),
    text: z.string(),
  }),
]);

/** The day in which a call counts, and the sum of its attempts' holds. */
const hold = z.object({ day: z.string(), amount });

/** A budget in which a call counts, and its hold there. */
const heldBudget = z.object({
  scope: z.enum(BUDGET_SCOPES),
  id: z.string(),
  window: z.enum(BUDGET_WINDOWS),
  limit: amount.nullable(),
  tool: z.string().optional(),
  held: amount,
});

/** Usage and cost of an attempt. */
const callCost = z.object({
  usd: amount,
  basis,
  input: count.optional(),
  cached: count.optional(),
  output: count.optional(),
  reasoning: count.optional(),
  audioSeconds: z.number().min(0).optional(),
  /** Why the provider's figures are doubted. */
  doubt: z.object({
    code: z.enum(["usage_not_believed", "usage_above_hold"]),
    why: z.enum(DOUBT_CODES),
    booked: z.enum(["hold", "estimate", "claim"]),
  }).nullable().optional(),
});

const asked = {
  provider: z.string(),
  model: z.string(),
  simulated: z.boolean(),
  /** Null where it is not paid by tokens. */
  price: modelPrice.nullable(),
  /** Its part of the call's hold, without fees. */
  hold: amount,
};

/** One request to a provider. The last attempt of a call is under way, the earlier ones failed. */
const attempt = z.discriminatedUnion("state", [
  z.object({ state: z.literal("running"), ...asked }),
  z.object({
    state: z.literal("failed"),
    ...asked,
    /** Null when nothing can have been billed. */
    cost: callCost.nullable(),
  }),
]);

const call = {
  /** Turn id; also the id of its ledger entry. */
  turn: z.string(),
  tool: z.string(),
  /** The chosen model and provider; attempts may use others. */
  model: z.string(),
  provider: z.string(),
  simulated: z.boolean(),
  channel: z.string(),
  variant: z.string().nullable(),
  startedAt: z.number(),
  hold,
  budgets: z.array(heldBudget),
  attempts: z.array(attempt),
};

/** A model of a provider. */
export const modelRef = z.object({ provider: z.string(), model: z.string() });

const turn = {
  visitor: z.string(),
  request: z.string(),
  conversation: z.string(),
  /** Number of the turn in its conversation, from 1. */
  number: count,
  /** Number of the question's message. */
  question: count,
  /** The tool's version, and whether the conversation may be reviewed. */
  version: count.optional(),
  reviewable: z.boolean().optional(),
  maxTokens: count,
  /** The wanted reasoning effort, null for the model's least; absent from earlier versions. */
  effort: z.enum(EFFORTS).nullable().optional(),
  inputEstimate: count,
  /** Upper bound of the prompt's tokens. */
  promptTokens: count.optional(),
  images: count.optional(),
  price: modelPrice,
  estimate: amount,
  notices: z.array(notice),
  /** The tool's own model, where another one was asked first. */
  insteadOf: modelRef.optional(),
  /** Data of participants for the settlement, by participant name; each validates its own. */
  participants: z.record(z.string(), z.unknown()).optional(),
  /** WhatsApp's part, in turns that an earlier version began. */
  deliver: z.unknown().optional(),
};

/** Call for a turn's reply, with everything needed to settle it after its process died. */
const turnCall = z.object({ kind: z.literal("turn"), ...call, ...turn });

/** A call outside of conversations, such as for a transcript, a suggestion or an API reply. */
const auxiliaryCall = z.object({
  kind: z.literal("auxiliary"),
  ...call,
  /** Whether it is for a reply, which counts like a turn's. */
  reply: z.boolean().optional(),
  images: count.optional(),
  /** The tool's own model, where another one is asked in its place. */
  insteadOf: modelRef.optional(),
  /** Data of participants for the settlement, by participant name; each validates its own. */
  participants: z.record(z.string(), z.unknown()).optional(),
});

/** A call as versions up to 0.1 stored it: its budgets follow from its place and shares. */
const callBeforeBudgets = z.object({
  turn: call.turn,
  tool: call.tool,
  model: call.model,
  provider: call.provider,
  simulated: call.simulated,
  channel: call.channel,
  variant: call.variant,
  startedAt: call.startedAt,
  hold,
  ...turn,
  ceilings: z.object({ tool: amount.nullable(), organisation: amount.nullable() }),
  apart: z.boolean().optional(),
  shares: z.object({
    of: z.array(z.object({ kind: z.enum(["person", "address"]), id: z.string() })),
    held: amount,
  }).optional(),
}).transform(({ ceilings, apart, shares, ...old }): PaidCall => {
  const { turn, tool, model, provider, simulated, channel, variant, startedAt, hold } = old;
  const held = hold.amount;
  const budgets: HeldBudget[] = apart ? [] : [
    { scope: "tool", id: tool, window: "day", limit: ceilings.tool, held },
    { scope: "organisation", id: "all", window: "day", limit: ceilings.organisation, held },
  ];
  for (const { kind, id } of shares?.of ?? []) {
    const share = {
      scope: apart ? "simulator" as const : kind,
      id,
      window: "day" as const,
      limit: null,
      held: shares?.held ?? 0n,
    };
    budgets.push({ ...share, tool }, share);
  }
  // Up to 0.1, number 0 marked a call outside of conversations, which had no token price.
  const kind = old.number === 0 ? "auxiliary" as const : "turn" as const;
  const { promptTokens, maxTokens, price } = old;
  const attempts: Attempt[] = [{
    state: "running",
    provider,
    model,
    simulated,
    price: kind === "turn" ? price : null,
    // The difference to the attempt's hold is the fees of its messages.
    hold: promptTokens === undefined ? held : worstCase(promptTokens, maxTokens, price),
  }];
  return kind === "turn" ? { ...old, kind, budgets, attempts } : {
    kind,
    turn,
    tool,
    model,
    provider,
    simulated,
    channel,
    variant,
    startedAt,
    hold,
    budgets,
    attempts,
  };
});

export type HeldBudget = z.output<typeof heldBudget>;
export type CallCost = z.output<typeof callCost>;
export type Attempt = z.output<typeof attempt>;
export type Notice = z.output<typeof notice>;
export type Running = z.output<typeof turnCall>;
export type AuxiliaryCall = z.output<typeof auxiliaryCall>;
/** A call that is held and under way; settling deletes the record and books the cost. */
export type PaidCall = Running | AuxiliaryCall;

export const paidCall: z.ZodType<PaidCall> = z.union([turnCall, auxiliaryCall, callBeforeBudgets]);
