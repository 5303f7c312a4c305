import { toolKeys } from "@/lib/tools/records.ts";
import { assert } from "./assert.ts";
import { type AnsweringModel, type Asked, startAnsweringModel } from "./answering_model.ts";
import { ask, TOOL } from "./asking.ts";
import { openWorld, type World } from "./world.ts";

/** Longer than a conversation may be silent before it is noted. */
export const IDLE = 31 * 60_000;
export const DAY = 24 * 60 * 60_000;

/** Whether a note is asked for, not a reply. */
export const isNoting = ({ system }: Asked) => system.startsWith("You write a short note");

/** A model at the wire that replies with the question, and writes notes as told. */
export function startNotingModel(
  note: (asked: Asked) => string | Promise<string> = ({ question }) =>
    `en\nThe person asked: ${/<person>(.*?)<\/person>/.exec(question)?.[1]}`,
): AnsweringModel {
  return startAnsweringModel((asked) =>
    isNoting(asked) ? note(asked) : `Answer to ${asked.question.slice(-40)}`
  );
}

/** Switches a tool's memory on or off. */
export async function setRemembers(world: World, remembers = true, tool = TOOL): Promise<void> {
  const { kv, tools } = world.deps.store;
  // The copy in memory may be older than a change that was just made.
  const { value } = await kv.get(toolKeys.tool(tool));
  assert.ok(value);
  await tools.put({ ...value, remembers });
  await tools.snapshot();
}

export interface MemoryWorld extends World {
  model: AnsweringModel;
  time: { now: number };
  /** The notes asked of the model, and the questions. */
  notes(): Asked[];
  questions(): Asked[];
  /** Asks, and archives the conversation, so that it is over. */
  talk(message: string, visitor?: string): Promise<void>;
  /** Notes what is over. */
  round(): Promise<void>;
  /** What the tool remembers of a visitor. */
  remembered(visitor?: string): Promise<string[]>;
}

/** A world with a model at the wire and a tool that remembers. */
export async function openMemory(options: {
  path?: string;
  note?: Parameters<typeof startNotingModel>[0];
  time?: { now: number };
  env?: Record<string, string>;
} = {}): Promise<MemoryWorld> {
  const time = options.time ?? { now: Date.parse("2026-08-15T12:00:00Z") };
  const model = startNotingModel(options.note);
  const world = await openWorld({
    clock: () => time.now,
    env: { ...model.env, ...options.env },
    ...(options.path ? { path: options.path } : {}),
  });
  await setRemembers(world);
  const { services } = world;
  return {
    ...world,
    model,
    time,
    notes: () => model.asked.filter(isNoting),
    questions: () => model.asked.filter((asked) => !isNoting(asked)),
    talk: async (message, visitor = "v1") => {
      await ask(world, message, { visitor });
      await services.history.putAside(visitor, TOOL);
      time.now += 1_000;
    },
    round: () => services.memory.rounds.round(),
    remembered: async (visitor = "v1") => {
      const { tools } = await services.memory.view(visitor);
      return tools.flatMap(({ notes }) => notes.map(({ text }) => text));
    },
    [Symbol.asyncDispose]: async () => {
      await world[Symbol.asyncDispose]();
      await model[Symbol.asyncDispose]();
    },
  };
}
