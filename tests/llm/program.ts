import fc from "fast-check";
import { Buffer } from "node:buffer";
import { AppError } from "@/lib/domain/errors.ts";
import type { ChatEvent } from "@/lib/shared/chat_events.ts";
import type { Conversing } from "@/lib/services/chat.ts";
import type { Action } from "@/lib/services/question.ts";
import { keys } from "@/lib/store/keys.ts";
import { type Answered, startOpenAiBodies } from "@/tests/simulators/openai_bodies.ts";
import { refusing } from "@/tests/simulators/openai_refusing.ts";
import { openWorld, type World } from "@/tests/support/world.ts";
import { messagesOf } from "./expected.ts";
import { checkClosed, checkOpen } from "./program_books.ts";
import { isStrange, modelOf, prepare, toolFor, toolName } from "./program_tools.ts";
import { cutTrials, type Trial, trials } from "./trials.ts";
import { HUNG, type Result, verdict } from "./verdict.ts";

/*
 * Answers of OpenAI-like servers through the whole program below HTTP: the chat service with a
 * real store, and the real adapter that speaks HTTP with a server that sends whatever it likes.
 */

export interface ProgramOptions {
  /** Where the store is. */
  path: string;
  runs: number;
  seed: number;
  /** People who talk at the same time. */
  people?: number;
  /** Only this run, to look at it alone. */
  only?: number;
  say?: (line: string) => void;
}

export interface ProgramResult {
  wrong: string[];
  figures: Record<string, number>;
}

/** No answer takes so long, on the slowest machine. */
const HUNG_MS = 30_000;
/** Turns of a conversation. */
const TURNS = 8;
/** How much of the runs are known answers, cut at every byte. */
const CUTS = 0.25;
const NOON = Date.UTC(2026, 10, 28, 12);
const ENV = {
  LLM_PROVIDER: "openai",
  OPENAI_API_KEY: "sk-test",
  // Never reached, but counted: for shares of it are held.
  ORGANISATION_CEILING_USD: "1000000",
  PERSON_SHARE_PERCENT: "50",
  ADDRESS_SHARE_PERCENT: "90",
};

/** Somebody in a conversation with one tool. */
interface Person {
  visitor: string;
  turns: number;
  /** Replies that they were shown. */
  shown: Set<string>;
  tool: number | null;
}

/** What the server does for a person's next question, and what it was asked. */
interface Script {
  trial: Trial;
  refuses: readonly string[];
  asked: Record<string, unknown>[];
  answered: number;
  written: PromiseWithResolvers<void>;
}

export async function runProgram(options: ProgramOptions): Promise<ProgramResult> {
  const run = new ProgramRun(options);
  await run.all();
  return run.result();
}

class ProgramRun {
  readonly #wrong: string[] = [];
  readonly #figures: Record<string, number> = {};
  readonly #scripts = new Map<string, Script>();
  #persons = 0;
  #next = 0;

  constructor(private readonly options: ProgramOptions) {}

  result(): ProgramResult {
    return { wrong: this.#wrong, figures: this.#figures };
  }

  async all(): Promise<void> {
    const { runs, only, people = 48, path } = this.options;
    const known = await cutTrials(Math.floor(runs * CUTS));
    const server = startOpenAiBodies((request) => {
      server.requests.length = 0;
      return this.#answer(request.body);
    });
    await using _server = server;
    const unhandled = (event: PromiseRejectionEvent | ErrorEvent) => {
      event.preventDefault();
      this.#wrong.push(`Unhandled: ${"reason" in event ? event.reason : event.message}`);
    };
    globalThis.addEventListener("unhandledrejection", unhandled);
    globalThis.addEventListener("error", unhandled);
    const began = performance.now();
    {
      const clock = () => NOON + Math.floor(performance.now());
      const env = { ...ENV, OPENAI_BASE_URL: server.url };
      await using world = await openWorld({ path, env, clock });
      await prepare(world);
      if (only === undefined) {
        await Promise.all(Array.from({ length: people }, () => this.#talk(world, known)));
      } else await this.#run(world, this.#newcomer(), only, known);
      this.#wrong.push(...await checkOpen(world));
      this.#count(world);
    }
    this.#wrong.push(...await checkClosed(path));
    this.#figures.seconds = Math.round((performance.now() - began) / 1_000);
    globalThis.removeEventListener("unhandledrejection", unhandled);
    globalThis.removeEventListener("error", unhandled);
  }

  /** Conversations, one after the other, as long as there are runs. */
  async #talk(world: World, known: readonly Trial[]): Promise<void> {
    let person = this.#newcomer();
    while (this.#next < this.options.runs) {
      const number = this.#next++;
      const { kind } = await this.#run(world, person, number, known);
      // Two very long replies are more than a prompt holds, the question before them included.
      if (++person.turns >= TURNS || kind.includes("delta")) person = this.#newcomer();
      if (number > 0 && number % 2_000 === 0) {
        this.options.say?.(`${number} runs, ${this.#wrong.length} wrong`);
      }
    }
  }

  #newcomer(): Person {
    return { visitor: `visitor-${++this.#persons}`, turns: 0, shown: new Set(), tool: null };
  }

  async #run(world: World, person: Person, number: number, known: readonly Trial[]) {
    const trial = this.#trial(number, known);
    const tool = person.tool ??= toolFor(trial);
    const script: Script = {
      trial,
      refuses: isStrange(tool) ? trial.refuses : [],
      asked: [],
      answered: 0,
      written: Promise.withResolvers(),
    };
    this.#scripts.set(person.visitor, script);
    let wrong: string[];
    try {
      wrong = await this.#turn(world, { ...person, tool }, script, number);
    } catch (error) {
      wrong = [`It threw ${error instanceof Error ? error.stack : error}`];
    }
    this.#scripts.delete(person.visitor);
    // Each takes its time: one is enough.
    if (wrong.includes(HUNG)) this.#next = this.options.runs;
    this.#note("runs");
    this.#note(`trial: ${trial.kind}`);
    for (const { kind } of trial.events ?? []) this.#note(`event: ${kind}`);
    if (wrong.length > 0) {
      const told = wrong.map((what) => `run ${number}: ${what}`);
      this.#wrong.push(...told, ...shown(trial));
      this.options.say?.([...told, ...shown(trial)].join("\n"));
    }
    return trial;
  }

  #trial(number: number, known: readonly Trial[]): Trial {
    const { seed } = this.options;
    const place = Math.floor(number * CUTS);
    // Every fourth is a known answer.
    const cut = Math.floor((number + 1) * CUTS) > place ? known[place] : undefined;
    if (cut) return cut;
    const [trial] = fc.sample(trials, { numRuns: 1, seed: (seed + number) | 0 });
    if (!trial) throw new Error("No trial was made");
    return trial;
  }

  async #turn(
    world: World,
    person: Person & { tool: number },
    script: Script,
    number: number,
  ): Promise<string[]> {
    const { store, prices } = world.deps;
    const { visitor } = person;
    const tool = toolName(person.tool);
    const { begun: { live, turn }, question } = await this.#begin(world, person, script, number);
    if (live === null) return ["It did not begin"];
    const ended = live.ended(HUNG_MS);
    if (script.trial.stopped) {
      await Promise.race([script.written.promise, ended]);
      for (let i = number % 4; i > 0; i--) await new Promise((done) => setTimeout(done));
      await world.services.chat.stop(visitor, tool);
    }
    await ended;
    const day = world.deps.calendar.dayOf(NOON);
    const { value: entry } = await store.kv.get(keys.ledger(day, turn));
    const head = await store.conversations.head(visitor, tool);
    const kept = head?.last?.replied && head.last.turn === turn
      ? await store.conversations.message(head.conversation, head.last.question + 1)
      : null;
    const { model } = modelOf(person.tool);
    const price = prices.priceOf("openai", model);
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
      context: prices.contextOf("openai", model),
      systemRefused: isStrange(person.tool),
      shown: person.shown,
    };
    const wrong = verdict(script.trial, result);
    if (kept) person.shown.add(kept.text);
    this.#note(`booked: ${entry ? entry.basis : "nothing"}${entry?.disbelieved ? ", lies" : ""}`);
    this.#note(`end: ${endOf(live.closing.at(-1))}`);
    return wrong;
  }

  /** Begins a turn; `question` is null when it is not asked in words of its own. */
  async #begin(
    world: World,
    { visitor, tool }: Person & { tool: number },
    { trial: { action } }: Script,
    number: number,
  ): Promise<{ begun: Conversing; question: string | null }> {
    const converse = (action: Action) =>
      world.services.chat.converse({
        visitor,
        tool: toolName(tool),
        request: `request-${number}-${visitor}`,
        channel: "web",
        action,
        meter: null,
        address: `192.0.2.${number % 200}`,
      });
    if (action !== "send") {
      try {
        return { begun: await converse({ kind: action }), question: null };
      } catch (error) {
        // There is nothing yet to go on with.
        if (!(error instanceof AppError && error.kind === "conflict")) throw error;
      }
    }
    const question = `${visitor} asks: what is ${number}?`;
    return { begun: await converse({ kind: "send", message: question }), question };
  }

  /** What the server answers to a request: the person's name is in each of their questions. */
  #answer(body: Record<string, unknown>): Answered {
    const said = messagesOf(body).map(({ content }) => content).join(" ");
    const name = /visitor-\d+/.exec(said)?.[0] ?? "nobody";
    const script = this.#scripts.get(name);
    if (!script) {
      this.#wrong.push(`Nobody asked for ${name}`);
      return { status: 500, body: "" };
    }
    script.asked.push(body);
    const { trial } = script;
    const refused = refusing(body, script.refuses);
    if (refused) return refused;
    script.answered++;
    return { ...trial.answer, stays: trial.stopped, written: script.written.resolve };
  }

  #note(what: string): void {
    this.#figures[what] = (this.#figures[what] ?? 0) + 1;
  }

  #count({ logged }: World): void {
    for (const { level, message, details } of logged) {
      if (level === "error" && message !== "Alert") this.#wrong.push(`Logged: ${message}`);
      if (details?.fault === "internal") this.#wrong.push(`Logged: ${JSON.stringify(details)}`);
      if (message === "A reply failed") this.#note(`fault: ${details?.fault}`);
    }
  }
}

function endOf(last: ChatEvent | undefined): string {
  if (last?.type === "done") return `done, ${last.reason}`;
  return last?.type === "error" ? last.problem : `${last?.type}`;
}

/** The bytes of a trial that failed. */
function shown({ kind, answer: { body, ...how }, refuses, stopped, action }: Trial): string[] {
  return [
    `  ${JSON.stringify({ kind, action, stopped, refuses, ...how })}`,
    `  ${JSON.stringify(new TextDecoder().decode(body)).slice(0, 6_000)}`,
    `  ${body.length} bytes: ${Buffer.from(body.subarray(0, 6_000)).toString("base64")}`,
  ];
}
