/** Instructions to the simulated provider in a question, for tests and demos. */
export interface Directives {
  /** Answers with this HTTP status instead of a reply. */
  error?: number;
  /** Sends the first words, then nothing. */
  stall?: boolean;
  /** Milliseconds before the first words. */
  slow?: number;
  /** Ends within the reply, without its end mark. */
  cut?: boolean;
  /** Reports no usage. */
  nousage?: boolean;
  /** Approximate length of the reply in tokens. */
  tokens?: number;
  /** Milliseconds between two pieces. */
  pace?: number;
}

const DIRECTIVE = /\[\[mock:(error|stall|slow|cut|nousage|tokens|pace)(?:=(\d{1,7}))?\]\]/g;

/** Extracts `[[mock:…]]` from a question: `[[mock:error=429]]`, `[[mock:tokens=400]]` … */
export function readDirectives(question: string): { question: string; directives: Directives } {
  const directives: Directives = {};
  const rest = question.replace(DIRECTIVE, (_, name: string, digits: string | undefined) => {
    const number = Number(digits ?? "");
    if (name === "error") directives.error = number;
    else if (name === "slow") directives.slow = number;
    else if (name === "tokens") directives.tokens = number;
    else if (name === "pace") directives.pace = number;
    else if (name === "stall") directives.stall = true;
    else if (name === "cut") directives.cut = true;
    else directives.nousage = true;
    return "";
  });
  return { question: rest.trim(), directives };
}
