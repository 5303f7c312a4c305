import { AppError } from "@/lib/platform/errors.ts";
import type { ChatEvent } from "@/lib/shared/chat_events.ts";
import type { StartedTurn } from "@/lib/chat/chat.ts";
import type { AskAction } from "@/lib/chat/turn/question.ts";
import { meteringKeys } from "@/lib/metering/records.ts";
import type { World } from "@/tests/support/world.ts";
import { isStrange, modelOf, toolName } from "./program_tools.ts";
import type { Trial } from "./trials.ts";
import { type Result, verdict } from "./verdict.ts";

/** A person in a conversation with one tool. */
export interface Person {
  visitor: string;
  turns: number;
  /** Replies that this person was shown. */
  shown: Set<string>;
  tool: number | null;
}

/** The server's behaviour for a person's next question, and the requests it received. */
export interface Script {
  trial: Trial;
  refuses: readonly string[];
  asked: Record<string, unknown>[];
  answered: number;
  written: PromiseWithResolvers<void>;
}

/** Longer than any answer takes on the slowest machine. */
const HUNG_MS = 30_000;

/** Has one turn; returns its errors, and its outcome for the figures. */
export async function haveTurn(
  world: World,
  person: Person & { tool: number },
  script: Script,
  number: number,
): Promise<{ wrong: string[]; notes: string[] }> {
  const { store, catalogue } = world.deps;
  const { visitor } = person;
  const tool = toolName(person.tool);
  const { begun: { live, turn }, question } = await begin(world, person, script, number);
  if (live === null) return { wrong: ["It did not begin"], notes: [] };
  const ended = live.ended(HUNG_MS);
  if (script.trial.stopped) {
    await Promise.race([script.written.promise, ended]);
    for (let i = number % 4; i > 0; i--) await new Promise((done) => setTimeout(done));
    await world.services.chat.stop(visitor, tool);
  }
  await ended;
  const day = world.deps.calendar.dayOf(world.deps.clock());
  const { value: entry } = await store.kv.get(meteringKeys.ledger(day, turn));
  const head = await store.conversations.head(visitor, tool);
  const kept = head?.last?.replied && head.last.turn === turn
    ? await store.conversations.message(head, head.last.question + 1)
    : null;
  const { model } = modelOf(person.tool);
  const price = catalogue.priceOf("openai", model);
  if (price === null) throw new Error(`No price of ${model}`);
  const result: Result = {
    asked: script.asked,
    question,
    answered: script.answered,
    entry,
    streamed: live.text,
    kept: kept?.text ?? null,
    html: live.html,
    closing: live.closing,
    price,
    context: catalogue.contextOf("openai", model),
    systemRefused: isStrange(person.tool),
    shown: person.shown,
  };
  const wrong = verdict(script.trial, result);
  if (kept) person.shown.add(kept.text);
  const notes = [
    `booked: ${entry ? entry.basis : "nothing"}${entry?.disbelieved ? ", lies" : ""}`,
    `end: ${endOf(live.closing.at(-1))}`,
  ];
  return { wrong, notes };
}

/** Begins a turn; `question` is null for actions without text of their own. */
async function begin(
  world: World,
  { visitor, tool }: Person & { tool: number },
  { trial: { action } }: Script,
  number: number,
): Promise<{ begun: StartedTurn; question: string | null }> {
  const startTurn = (action: AskAction) =>
    world.services.chat.startTurn({
      visitor,
      tool: toolName(tool),
      request: `request-${number}-${visitor}`,
      channel: "web",
      action,
      rateLimitKey: null,
      address: `192.0.2.${number % 200}`,
    });
  if (action !== "send") {
    try {
      return { begun: await startTurn({ kind: action }), question: null };
    } catch (error) {
      // There is no reply yet to continue.
      if (!(error instanceof AppError && error.kind === "conflict")) throw error;
    }
  }
  const question = `${visitor} asks: what is ${number}?`;
  return { begun: await startTurn({ kind: "send", message: question }), question };
}

function endOf(last: ChatEvent | undefined): string {
  if (last?.type === "done") return `done, ${last.reason}`;
  return last?.type === "error" ? last.problem : `${last?.type}`;
}
