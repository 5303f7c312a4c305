import fc from "fast-check";
import { type ModelRequest, type Provider, ProviderError } from "../llm/provider.ts";
import { buildPrompt, HISTORY_MESSAGES } from "../llm/rules/prompt.ts";
import { parseUsd } from "../shared/money.ts";
import { systemPromptOf } from "../tools/rules/tool.ts";
import type { AskAction } from "./turn/question.ts";
import { exportMarkdown } from "./history/export.ts";
import { assert, assertEquals } from "@/tests/support/assert.ts";
import { TOOL } from "@/tests/support/asking.ts";
import { scratch } from "@/tests/support/scratch.ts";
import { openWorld, type World } from "@/tests/support/world.ts";

/** A message and the messages that follow it; versions of one are in order of creation. */
class Node {
  readonly versions: Node[] = [];
  shown: Node | null = null;
  rating: "up" | "down" | null = null;

  constructor(readonly role: "user" | "assistant" | null, readonly text: string) {}

  add(role: "user" | "assistant", text: string): Node {
    const next = new Node(role, text);
    this.versions.push(next);
    this.shown = next;
    return next;
  }
}

/** Model: the conversation as a tree; shown messages are numbered from 0. */
class Model {
  root = new Node(null, "");
  spent = 0n;

  get path(): Node[] {
    const path: Node[] = [];
    for (let node = this.root.shown; node; node = node.shown) path.push(node);
    return path;
  }

  before(number: number): Node {
    return number === 0 ? this.root : this.path[number - 1] ?? this.root;
  }
}

type Step =
  | { kind: "ask"; fails: boolean }
  | { kind: "edit" | "regenerate"; at: number; fails: boolean }
  | { kind: "show" | "rate"; at: number; which: number }
  | { kind: "delete" };

const STEP: fc.Arbitrary<Step> = fc.oneof(
  { weight: 5, arbitrary: fc.record({ kind: fc.constant("ask"), fails: rarely() }) },
  {
    weight: 4,
    arbitrary: fc.record({
      kind: fc.constantFrom("edit", "regenerate"),
      at: fc.nat(),
      fails: rarely(),
    }),
  },
  { weight: 5, arbitrary: fc.record({ kind: fc.constant("show"), at: fc.nat(), which: fc.nat() }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant("rate"), at: fc.nat(), which: fc.nat() }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant("delete") }) },
);

function rarely(): fc.Arbitrary<boolean> {
  return fc.nat(5).map((n) => n === 0);
}

/** Provider with numbered replies; some fail before the first word. */
function numbered() {
  const asked: ModelRequest[] = [];
  const control = { fails: false, replies: 0, asked };
  const provider: Provider = {
    name: "mock",
    simulated: true,
    async *stream(request) {
      asked.push(request);
      await Promise.resolve();
      if (control.fails) throw new ProviderError("down", "No answer");
      yield { type: "text", text: `reply ${++control.replies}` };
      yield { type: "end", reason: "stop" };
    },
  };
  return { control, provider };
}

/** One run: the same steps in the program and in the model. */
class Run {
  private model = new Model();
  private steps = 0;

  constructor(
    private readonly world: World,
    private readonly visitor: string,
    private readonly control: ReturnType<typeof numbered>["control"],
    private readonly path: string,
  ) {}

  async take(step: Step): Promise<void> {
    this.steps++;
    switch (step.kind) {
      case "ask":
        return await this.turn({ kind: "send", message: `question ${this.steps}` }, step.fails);
      case "edit": {
        const questions = [...this.model.path.keys()].filter((i) =>
          this.model.path[i]?.role === "user"
        );
        const seq = questions[step.at % questions.length];
        if (seq === undefined) return;
        const message = `question ${this.steps}`;
        return await this.turn({ kind: "edit", seq, message }, step.fails);
      }
      case "regenerate":
        if (this.model.path.every(({ role }) => role !== "user")) return;
        return await this.turn({ kind: "regenerate" }, step.fails);
      case "show":
        return await this.show(step.at, step.which);
      case "rate":
        return await this.rate(step.at, step.which % 2 === 0 ? "up" : "down");
      case "delete":
        return await this.delete();
    }
  }

  private async turn(action: AskAction, fails: boolean): Promise<void> {
    const { control, model, visitor, world } = this;
    const { path } = model;
    const question = action.kind === "edit"
      ? action.seq
      : action.kind === "regenerate"
      ? path.findLastIndex(({ role }) => role === "user")
      : path.length;
    control.fails = fails;
    const { live } = await world.services.chat.startTurn({
      visitor,
      tool: TOOL,
      request: `${visitor}-request-${this.steps}`,
      channel: "web",
      action,
      rateLimitKey: null,
    });
    await live?.ended(5_000);
    assert.ok(live);
    const asked = action.kind === "regenerate"
      ? path[question]
      : model.before(question).add("user", "message" in action ? action.message : "");
    assert.ok(asked);
    const before = path.slice(0, question).slice(-HISTORY_MESSAGES).map(({ role, text }) => ({
      role: role ?? "user" as const,
      text,
    }));
    const tool = await world.deps.store.tools.get(TOOL);
    assert.ok(tool);
    assertEquals(
      control.asked.at(-1)?.messages,
      buildPrompt(systemPromptOf(tool), before, asked.text),
    );
    if (fails) asked.shown = null;
    else asked.add("assistant", `reply ${control.replies}`);
    const [cost] = live.closing;
    if (cost?.type === "cost") model.spent += parseUsd(cost.turn);
  }

  private async show(at: number, which: number): Promise<void> {
    const number = at % (this.model.path.length + 1);
    const fork = this.model.before(number);
    const { history } = this.world.services;
    const { ids } = await history.alternatives(this.visitor, TOOL, number);
    const wanted = which % Math.max(1, ids.length);
    const id = ids[wanted];
    if (id === undefined) return;
    await history.showAlternative(this.visitor, TOOL, number, id);
    fork.shown = fork.versions[wanted] ?? null;
  }

  private async rate(at: number, verdict: "up" | "down"): Promise<void> {
    const replies = this.model.path.filter(({ role }) => role === "assistant");
    const node = replies[at % replies.length];
    if (node === undefined) return;
    const { messages } = await this.world.services.pages.chat(this.visitor, TOOL, null);
    const view = messages.find(({ text }) => text === node.text);
    if (view === undefined) return;
    await this.world.services.ratings.rate({
      visitor: this.visitor,
      tool: TOOL,
      message: view.id,
      number: view.seq,
      verdict,
      address: null,
    });
    node.rating = verdict;
  }

  private async delete(): Promise<void> {
    const head = await this.world.deps.store.conversations.head(this.visitor, TOOL);
    if (head === null) return;
    const { conversation } = head;
    assert.ok(await this.world.services.history.remove(this.visitor, TOOL, conversation));
    using kv = await Deno.openKv(this.path);
    for await (const { key } of kv.list({ prefix: [] })) {
      // Ledger entries stay; they have no text.
      if (key[0] === "ledger") continue;
      assert.ok(!key.includes(conversation), `Left behind: ${key.join(" ")}`);
    }
    this.model = new Model();
  }

  async check(): Promise<void> {
    const { visitor, model, world: { services, deps: { store } } } = this;
    const { path } = model;
    const head = await store.conversations.head(visitor, TOOL);
    assertEquals(head?.next ?? 0, path.length);
    assertEquals(head?.spent ?? 0n, model.spent);
    const texts = path.map(({ role, text }) => `${role}: ${text}`);
    const view = await services.pages.chat(visitor, TOOL, null);
    assertEquals(
      view.messages.map(({ role, text, reply }) => [`${role}: ${text}`, reply?.rating ?? null]),
      path.slice(-view.messages.length || path.length).map(({ role, text, rating }) => [
        `${role}: ${text}`,
        rating,
      ]),
    );
    assertEquals(view.messages.length, Math.min(20, path.length));
    const pieces = exportMarkdown(
      { id: TOOL, name: "bot" },
      new Date(0),
      services.pages.whole(visitor, TOOL),
    );
    const exported = (await Array.fromAsync(pieces)).join("");
    assertEquals(
      [...exported.matchAll(/\n## (You|bot) · [^\n]*\n\n([^\n]*)\n/g)].map(([, who, text]) =>
        `${who === "You" ? "user" : "assistant"}: ${text}`
      ),
      texts,
    );
    for (let number = 0; number <= path.length; number++) {
      const { versions, shown } = model.before(number);
      const there = await services.history.alternatives(visitor, TOOL, number);
      assertEquals(there.ids.length, versions.length, `Versions of ${number}`);
      const at = there.shown === null ? -1 : there.ids.indexOf(there.shown);
      assertEquals(at, shown === null ? -1 : versions.indexOf(shown), `Shown of ${number}`);
    }
  }
}

Deno.test("alternatives: after any sequence of asking, editing, regenerating, showing, rating and deleting, all readers of a conversation agree with the model", async () => {
  await using files = await scratch();
  const { control, provider } = numbered();
  await using world = await openWorld({ path: files.store, provider });
  let runs = 0;
  await fc.assert(
    fc.asyncProperty(fc.array(STEP, { minLength: 5, maxLength: 25 }), async (steps) => {
      const run = new Run(world, `v${++runs}`, control, files.store);
      for (const step of steps) {
        await run.take(step);
        await run.check();
      }
      await run.take({ kind: "delete" });
    }),
    { numRuns: 40 },
  );
});
