import type { Command, DialogueState, Pending } from "./dialogue_state.ts";

/**
 * What a WhatsApp message means, before any model is called. `text` is its
 * whole body as it came; a message without text is an `ask` of "".
 */
export function decide(text: string, state: DialogueState): Command {
  void state;
  return { kind: "ask", text: text.trim() };
}

/** What a person may answer to next: the open question and the page of the list on his screen. */
export interface Expectation {
  readonly pending: Pending | null;
  readonly menuPage: number | null;
}

/**
 * What waits for an answer after `command` was carried out: to be stored with
 * the dialogue. A question lapses with the next `ask`; looking something up
 * (help, cost …) leaves it. Numbers choose from a list until something else is
 * asked. A service that proposes another tool during an `ask` sets `pending`
 * itself afterwards.
 */
export function expectationAfter(command: Command, state: DialogueState): Expectation {
  void command;
  return { pending: state.pending, menuPage: state.menuPage };
}
