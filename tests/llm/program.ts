import fc from "fast-check";
import { Buffer } from "node:buffer";
import { type Answered, startOpenAiBodies } from "@/tests/simulators/openai_bodies.ts";
import { refusing } from "@/tests/simulators/openai_refusing.ts";
import { openWorld, type World } from "@/tests/support/world.ts";
import { messagesOf } from "./expected.ts";
import { checkClosed, checkOpen } from "./program_books.ts";
import { isStrange, prepare, toolFor } from "./program_tools.ts";
import { haveTurn, type Person, type Script } from "./program_turn.ts";
import { cutTrials, type Trial, trials } from "./trials.ts";
import { HUNG } from "./verdict.ts";

/*
 * Runs answers of OpenAI-like servers through the program below HTTP: the chat service with a real
 * store, and the real adapter against a server that sends arbitrary answers.
 */

export interface ProgramOptions {
  /** Path of the store. */
  path: string;
  runs: number;
  seed: number;
  people?: number;
  /** Runs only this one, for debugging. */
  only?: number;
  say?: (line: string) => void;
}

export interface ProgramResult {
  wrong: string[];
  figures: Record<string, number>;
}

/** Turns per conversation. */
const TURNS = 8;
/** Share of runs that are recorded answers, cut at every byte. */
const CUTS = 0.25;
const ENV = {
  LLM_PROVIDER: "openai",
  OPENAI_API_KEY: "sk-test",
  // Never reached, but needed: holds are limited to shares of it.
  ORGANISATION_CEILING_USD: "1000000",
  PERSON_SHARE_PERCENT: "50",
  ADDRESS_SHARE_PERCENT: "90",
};

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
      const clock = () => Date.UTC(2026, 10, 28, 12) + Math.floor(performance.now());
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

  /** Has conversations one after the other until no runs are left. */
  async #talk(world: World, known: readonly Trial[]): Promise<void> {
    let person = this.#newcomer();
    while (this.#next < this.options.runs) {
      const number = this.#next++;
      const { kind } = await this.#run(world, person, number, known);
      // Two very long replies and the question before them exceed a prompt.
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
      const had = await haveTurn(world, { ...person, tool }, script, number);
      wrong = had.wrong;
      for (const note of had.notes) this.#note(note);
    } catch (error) {
      wrong = [`It threw ${error instanceof Error ? error.stack : error}`];
    }
    this.#scripts.delete(person.visitor);
    // A hung turn takes its full time limit: one is enough.
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
    // Every fourth run is a recorded answer.
    const cut = Math.floor((number + 1) * CUTS) > place ? known[place] : undefined;
    if (cut) return cut;
    const [trial] = fc.sample(trials, { numRuns: 1, seed: (seed + number) | 0 });
    if (!trial) throw new Error("No trial was made");
    return trial;
  }

  /** The server's answer to a request; each question contains its person's name. */
  #answer(body: Record<string, unknown>): Answered {
    const said = messagesOf(body).map(({ content }) => content).join(" ");
    const name = /visitor-\d+/.exec(said)?.[0] ?? "nobody";
    const script = this.#scripts.get(name);
    if (!script) {
      this.#wrong.push(`No question names ${name}`);
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

/** The answer's bytes and settings of a failed trial. */
function shown({ kind, answer: { body, ...how }, refuses, stopped, action }: Trial): string[] {
  return [
    `  ${JSON.stringify({ kind, action, stopped, refuses, ...how })}`,
    `  ${JSON.stringify(new TextDecoder().decode(body)).slice(0, 6_000)}`,
    `  ${body.length} bytes: ${Buffer.from(body.subarray(0, 6_000)).toString("base64")}`,
  ];
}
