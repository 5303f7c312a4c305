import { createHash } from "node:crypto";
import { audit, AUDIT_WEIGHT } from "../../audit/log.ts";
import type { Conversations } from "../../chat/conversations.ts";
import { feedbackKeys } from "../../feedback/records.ts";
import { type Reviews, shownOf } from "../../feedback/reviews.ts";
import { cutText } from "../../llm/rules/reply_text.ts";
import type { Clock } from "../../platform/clock.ts";
import { AppError } from "../../platform/errors.ts";
import type { StoredSettings } from "../../settings/stored_settings.ts";
import { timePrefix } from "../../shared/time_prefix.ts";
import type { Transactions, Tx } from "../../store/transactions.ts";
import type { Tools } from "../../tools/stored_tools.ts";
import type { GoldenRemoval } from "./golden_removal.ts";
import { GOLDEN_LIMITS, type GoldenExample, goldenKeys } from "./records.ts";
import type { StoredGolden } from "./stored_golden.ts";

export interface ExampleDeps {
  store: {
    conversations: Conversations;
    golden: StoredGolden;
    reviews: Reviews;
    settings: StoredSettings;
    tools: Tools;
    transactions: Transactions;
  };
  clock: Clock;
}

type ExampleAction = "golden.create" | "golden.change" | "golden.take" | "golden.delete";

/** What an admin writes of an example. */
export type ExampleText = Pick<GoldenExample, "question" | "expects">;

/** Names an example's texts, by which a form knows whether they are still those that it showed. */
export function textsId({ question, expects }: ExampleText): string {
  return createHash("sha256").update(JSON.stringify([question, expects])).digest("base64url")
    .slice(0, 22);
}

/** Admins' work on examples; each change commits with its audit entry, which has no text. */
export class GoldenExamples {
  constructor(private readonly deps: ExampleDeps, private readonly removal: GoldenRemoval) {}

  /** @throws {AppError} `missing` */
  async get(tool: string, id: string): Promise<GoldenExample> {
    const found = await this.deps.store.golden.example(tool, id);
    if (found === null) throw gone();
    return found;
  }

  /**
   * Adds an example, or changes one's texts. Returns its id.
   * @param seen {@link textsId} of the texts that the admin saw; null for any
   * @throws {AppError} `missing`, `invalid` without a question, `too_large` beyond the limits,
   * `conflict` when another admin changed it since `seen`
   */
  async save(
    who: string,
    tool: string,
    id: string | null,
    text: ExampleText,
    seen: string | null = null,
  ): Promise<string> {
    const question = text.question.trim(), expects = text.expects.trim();
    if (question === "") {
      throw new AppError("invalid", { code: "golden.no_question" }, { field: "question" });
    }
    const { question: most, expects: mostExpected } = GOLDEN_LIMITS;
    if (question.length > most || expects.length > mostExpected) {
      const field = question.length > most ? "question" : "expects";
      const limit = field === "question" ? most : mostExpected;
      throw new AppError("too_large", { code: "golden.too_long", limit }, { field });
    }
    const before = id === null ? null : await this.get(tool, id);
    const at = this.deps.clock();
    const example: GoldenExample = before === null
      ? { id: newId(at), question, expects, earlier: [], from: null, by: who, at }
      : { ...before, question, expects };
    await this.put(who, tool, example, before === null ? "golden.create" : "golden.change", seen);
    return example.id;
  }

  /**
   * Removes an example, from the runs too.
   * @throws {AppError} `missing`; `conflict` as {@link save}
   */
  async remove(
    who: string,
    tool: string,
    id: string,
    seen: string | null = null,
  ): Promise<void> {
    const example = await this.get(tool, id);
    await this.removal.dropExample(tool, example, (tx, now) => {
      if (now === null) throw gone();
      if (seen !== null && seen !== textsId(now)) throw changed();
      this.note(tx, who, tool, "golden.delete");
    }, AUDIT_WEIGHT);
  }

  /**
   * Takes a question with the messages before it from a conversation that is open to review.
   * @param message a question's id, or the id of its reply
   * @throws {AppError} `missing`
   */
  async take(
    who: string,
    conversation: string,
    message: string,
  ): Promise<{ tool: string; id: string }> {
    const { store, clock } = this.deps;
    const review = store.settings.current.review.enabled
      ? await store.reviews.get(conversation)
      : null;
    if (review === null) throw new AppError("missing", { code: "golden.not_open" });
    const shown = await shownOf(store.conversations, conversation, review);
    const said: GoldenExample["earlier"] = [];
    for await (const piece of store.conversations.all(shown, shown.messages)) {
      for (const { message: each } of piece) {
        const reached = each.id === message;
        if (each.reviewable && !(reached && each.role === "assistant")) {
          said.push({ role: each.role, text: each.text });
        }
        if (!reached) continue;
        const asked = said.findLastIndex(({ role }) => role === "user");
        const question = said[asked]?.text.trim() ?? "";
        if (!each.reviewable || question === "") {
          throw new AppError("missing", { code: "golden.not_open" });
        }
        const at = clock();
        const example: GoldenExample = {
          id: newId(at),
          question: cutText(question, GOLDEN_LIMITS.question),
          expects: "",
          earlier: said.slice(0, asked).slice(-GOLDEN_LIMITS.earlier)
            .map(({ role, text }) => ({ role, text: cutText(text, GOLDEN_LIMITS.earlierText) })),
          from: { conversation, message },
          by: who,
          at,
        };
        await this.put(who, review.tool, example, "golden.take");
        return { tool: review.tool, id: example.id };
      }
    }
    throw new AppError("missing", { code: "golden.not_open" });
  }

  private async put(
    who: string,
    tool: string,
    example: GoldenExample,
    action: ExampleAction,
    seen: string | null = null,
  ): Promise<void> {
    const { store } = this.deps;
    await store.tools.find(tool);
    const { examples: most } = GOLDEN_LIMITS;
    const there = await store.golden.examples(tool);
    if (there.length >= most && action !== "golden.change") {
      throw new AppError("too_large", { code: "golden.too_many", limit: most });
    }
    const { from, id } = example;
    const key = goldenKeys.example(tool, id);
    // Its conversation is off this list from its deletion on.
    const open = from && action === "golden.take" ? feedbackKeys.review(from.conversation) : null;
    await store.transactions.run(open === null ? [key] : [key, open], (tx) => {
      if (action === "golden.change") {
        const now = tx.get(key);
        if (now === null) throw gone();
        const asked = textsId(example), stored = textsId(now);
        if (stored === asked) return;
        if (seen !== null && seen !== stored) throw changed();
      }
      if (open && tx.get(open) === null) {
        throw new AppError("missing", { code: "golden.not_open" });
      }
      tx.set(key, example);
      if (from) tx.set(goldenKeys.taken(from.conversation, tool, id), true);
      this.note(tx, who, tool, action);
    }, AUDIT_WEIGHT + 20_000);
  }

  private note(tx: Tx, who: string, tool: string, action: ExampleAction): void {
    audit(tx, {
      at: this.deps.clock(),
      who,
      action,
      thing: `tool:${tool}`,
      before: null,
      after: null,
    });
  }
}

function changed(): AppError {
  return new AppError("conflict", { code: "golden.changed" });
}

function gone(): AppError {
  return new AppError("missing", { code: "golden.gone" });
}

function newId(at: number): string {
  return timePrefix(at) + crypto.randomUUID().slice(0, 8);
}
