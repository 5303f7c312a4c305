import type { WritePart } from "../store/transactions.ts";
import type { Tool } from "./rules/tool.ts";

/** Experiments of a tool as a file has them, read by their own capability. */
export interface GivenExperiments {
  /** In our format; undefined if the file has none. */
  own: unknown;
  /** The A/B test of the original, also of earlier files of ours; undefined without one. */
  test: unknown;
}

/** What comes with a tool of a file. */
export interface Arrival {
  /** Names of what would be stored. */
  names: readonly string[];
  /** What the admin should know of it. */
  notes: readonly string[];
}

/** What comes with the tools of a file, decided on what is stored. */
export interface Arrivals {
  of(tool: Tool, given: GivenExperiments): Arrival;
  /** Stores, in the tools' commit, what comes with some of the tools; null for nothing. */
  part(who: string, tools: readonly string[]): WritePart | null;
}

/** Records of a capability above that travel with tools in their files. */
export interface ToolCompanions {
  /** What a file has of each tool. */
  export(): Promise<(tool: string) => readonly unknown[]>;
  arrivals(): Promise<Arrivals>;
}
