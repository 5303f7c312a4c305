/** A soak test: a program that exits with 0 on success. */
export interface Proof {
  name: string;
  /** Its claim, in a line. */
  about: string;
  file: string;
  /** Its arguments, including the seed. */
  args: (seed: number) => string[];
  /** False for a program that takes no seed. */
  seeded?: boolean;
  /** Time limit; over it, the program is killed and has failed. */
  minutes: number;
}

/**
 * The soak tests, in the order in which they run. They take four hours in all at most, which
 * tests/soak/proofs_test.ts checks.
 */
export const PROOFS: readonly Proof[] = [
  {
    name: "streams",
    about: "20,000 answers of OpenAI-like servers through the whole program: money, texts, roles",
    file: "tests/llm/fuzz.ts",
    args: (seed) => ["20000", String(seed)],
    minutes: 5,
  },
  {
    name: "crowd",
    about: "10,000 chats in 4 processes: ceilings hold, and each call is booked once",
    file: "tests/money/full.ts",
    args: (seed) => ["10000", "4", String(seed)],
    minutes: 11,
  },
  {
    name: "kills",
    about: "210 kills of serving processes: nothing is lost, doubled or held for ever",
    file: "tests/money/kills.ts",
    args: (seed) => ["150", "50", String(seed)],
    minutes: 16.5,
  },
  {
    name: "mixed",
    about: "600 kills of the whole program under chats, webhooks, edits, uploads and backups",
    file: "tests/operate/mixed_kills.ts",
    args: (seed) => ["500", "100", String(seed)],
    minutes: 75,
  },
  {
    name: "rolling",
    about:
      "two units restarted six times behind nginx, 20 chats a second, 120 s to drain: nothing lost",
    file: "tests/operate/rolling.ts",
    args: (seed) => ["6", String(seed)],
    minutes: 20,
  },
  {
    name: "people",
    about: "50 people chat for an hour with one server on one core: it stays below 512 MB",
    file: "tests/operate/people.ts",
    args: (seed) => ["60", String(seed)],
    minutes: 65,
  },
  {
    name: "storm",
    about: "1,000 messages to WhatsApp, delivered three times, with 20 kills: one reply each",
    file: "tests/whatsapp/storm.ts",
    args: (seed) => ["100", "10", "20", String(seed)],
    minutes: 7,
  },
  {
    name: "webhooks",
    about: "700,000 bodies through the webhook's parsers: no forgery is accepted",
    file: "tests/whatsapp/fuzz.ts",
    args: (seed) => ["700000", String(seed)],
    minutes: 4.5,
  },
  {
    name: "handler",
    about:
      "300,000 bodies through the webhook's handler: no forgery is accepted, no answer is a server error",
    file: "tests/whatsapp/handler_fuzz.ts",
    args: (seed) => ["300000", String(seed)],
    minutes: 5,
  },
  {
    name: "mutants",
    about: "10 random changes of pure rules, of which the nearest tests notice most",
    file: "tests/mutants/main.ts",
    args: (seed) => ["10", String(seed)],
    minutes: 1.5,
  },
  {
    name: "untested",
    about: "all tests but the browser's, with coverage: they enter every file of lib",
    file: "tests/soak/untested.ts",
    args: () => [],
    seeded: false,
    minutes: 18,
  },
  {
    name: "outage",
    about:
      "a minute without the first provider, of three kinds: it is left alone, no reply is lost or late",
    file: "tests/llm/outage.ts",
    args: () => [],
    seeded: false,
    minutes: 3,
  },
  {
    name: "defaults",
    about: "no default model, and no replacement of one that ends, ends within 60 days",
    file: "tests/llm/default_ends.ts",
    args: () => [],
    seeded: false,
    minutes: 0.5,
  },
  {
    name: "siege",
    about: "thousands of streams, silent connections and endless bodies: other visitors are served",
    file: "tests/flood/siege.ts",
    args: () => [],
    seeded: false,
    minutes: 6,
  },
];
