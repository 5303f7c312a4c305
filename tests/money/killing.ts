import { type Server, startServer } from "@/tests/support/server.ts";
import { type Books, checkHalves, checkTotals, readBooks } from "./books.ts";
import { randomFrom } from "./fates.ts";
import { percentile } from "./inspector.ts";
import { type Asked, askOver, checkWitnesses } from "./witness.ts";

/** The longest that a dead process's holds may last. */
const HOLDS_MS = 60_000;
const ENV = { MOCK_PACE_MS: "20", RATE_LIMIT_CHAT_PER_MINUTE: "7000", LOG_LEVEL: "warn" };

export interface KillsOptions {
  path: string;
  seed: number;
  /** Kills of the only process. */
  single: number;
  /** Kills where two processes serve the store: one of them, or now and then both. */
  double: number;
  /** Chats of each process at a kill. */
  chats: number;
  say?: (line: string) => void;
}

export interface KillsResult {
  wrong: string[];
  figures: Record<string, number>;
}

/** Kills serving processes in mid-stream, restarts them, and checks the books each time. */
export async function runKills(options: KillsOptions): Promise<KillsResult> {
  const world = new Killing(options);
  for (let round = 0; round < options.single; round++) await world.round(1, 1);
  for (let round = 0; round < options.double; round++) {
    await world.round(2, round % 5 === 4 ? 2 : 1);
  }
  return await world.end();
}

class Killing {
  private servers: Server[] = [];
  private readonly asked: Asked[] = [];
  private readonly wrong: string[] = [];
  private readonly healed: number[] = [];
  /** A visitor whose reply was killed, and who asks again after it. */
  private unlucky: string | null = null;
  private readonly random: () => number;
  private kills = 0;
  private kv: Deno.Kv | null = null;

  constructor(private readonly options: KillsOptions) {
    this.random = randomFrom(options.seed);
  }

  /** Chats with some processes, kills some of them meanwhile, and checks the outcome. */
  async round(processes: number, killed: number): Promise<void> {
    await this.serve(processes);
    const talks = this.servers.map((server) => this.talk(server));
    await pause(300 + this.random() * 2_200);
    const victims = this.servers.splice(0, killed);
    for (const server of victims) server.kill("SIGKILL");
    const at = performance.now();
    this.kills += victims.length;
    const heard = (await Promise.all(talks)).flat();
    this.asked.push(...heard);
    await Promise.all(victims.map((server) => server[Symbol.asyncDispose]()));
    this.unlucky = heard.find((a) => a.end === "cut off" && a.turn !== null)?.cookie ?? null;
    if (this.servers.length === 0) await this.serve(1);
    const books = await this.quiet(at);
    const found = [...checkTotals(books), ...checkHalves(books), ...checkWitnesses(books, heard)];
    this.wrong.push(...found.map((what) => `after kill ${this.kills}: ${what}`));
    this.options.say?.(
      `kill ${this.kills}: ${heard.filter((a) => a.end === "cut off").length} of ${heard.length} ` +
        `cut off, healed in ${Math.round(this.healed.at(-1) ?? 0)} ms, ${found.length} wrong`,
    );
  }

  async end(): Promise<KillsResult> {
    if (this.kv === null) throw new Error("There was no round");
    const books = await readBooks(this.kv);
    this.wrong.push(...checkWitnesses(books, this.asked));
    await Promise.all(this.servers.map((server) => server[Symbol.asyncDispose]()));
    this.kv.close();
    const ends = (end: Asked["end"]) => this.asked.filter((asked) => asked.end === end).length;
    return {
      wrong: [...new Set(this.wrong)],
      figures: {
        kills: this.kills,
        questions: this.asked.length,
        taken: this.asked.filter((asked) => asked.turn !== null).length,
        done: ends("done"),
        failed: ends("error"),
        "cut off": ends("cut off"),
        entries: books.entries.length,
        "of them estimated": books.entries.filter((entry) => entry.basis === "estimated").length,
        "holds gone after ms, p50": Math.round(percentile(this.healed, 0.5)),
        "holds gone after ms, most": Math.round(Math.max(...this.healed)),
        "left behind": books.leftovers.length,
      },
    };
  }

  private async serve(processes: number): Promise<void> {
    const { path } = this.options;
    while (this.servers.length < processes) {
      this.servers.push(await startServer({ kvPath: path, env: ENV }));
    }
    this.kv ??= await Deno.openKv(path);
  }

  /** Several visitors, started shortly after one another, with replies of different lengths. */
  private async talk(server: Server): Promise<Asked[]> {
    const asks: Promise<Asked>[] = [];
    for (let chat = 0; chat < this.options.chats; chat++) {
      const name = crypto.randomUUID().slice(0, 8);
      const dice = this.random();
      const how = dice < 0.1
        ? "[[mock:nousage]]"
        : dice < 0.15
        ? "[[mock:error=500]]"
        : `[[mock:tokens=${5 + Math.floor(this.random() * 150)}]]`;
      const again = chat === 0 ? this.unlucky : null;
      if (again !== null) this.unlucky = null;
      asks.push(askOver(server.url, `What is ${name}? ${how}`, again));
      await pause(this.random() * 100);
    }
    return await Promise.all(asks);
  }

  /** Waits until no turn runs and nothing is held, then reads the books. */
  private async quiet(since: number): Promise<Books> {
    for (;;) {
      const books = await this.read();
      const held = [...books?.days.values() ?? []].some((day) => day.holds > 0 || day.held > 0n);
      const late = performance.now() - since > HOLDS_MS;
      if (books && (late || (!held && books.running.length === 0))) {
        this.healed.push(performance.now() - since);
        if (late) this.wrong.push("Something is still held after 60 s");
        // The last turn may have ended during the first read: read once more.
        return await this.read() ?? books;
      }
      await pause(50);
    }
  }

  /** Null when the file was locked or changed while it was read. */
  private async read(): Promise<Books | null> {
    try {
      return this.kv && await readBooks(this.kv);
    } catch (error) {
      if (error instanceof Error && error.message.includes("locked")) return null;
      throw error;
    }
  }
}

function pause(ms: number): Promise<void> {
  return new Promise((done) => setTimeout(done, ms));
}
