import { type Command, type DialogueState, type OpenQuestion, PLAIN_COMMANDS } from "./state.ts";
import { LANGUAGES } from "../../shared/languages.ts";
import { menuPage } from "./menu.ts";
import { normalise } from "./normalise.ts";
import { pickTool } from "./pick.ts";
import { languageNamed, type Lexicon, lexicon, lookUp } from "./words.ts";
import type { Word } from "./vocabulary.ts";
import { readLinkCode } from "../linking/link_code.ts";

/** Maximum length of a command, in UTF-16 units. */
const MAX_COMMAND_UNITS = 200;

/**
 * Interprets a message without a model. `text` is the unchanged body; empty text is an `ask`
 * of "". A command is the whole message, never a word in it.
 */
export function interpretMessage(text: string, state: DialogueState): Command {
  const body = text.trim();
  const said = body.length > MAX_COMMAND_UNITS ? "" : normalise(body);
  const known = lexicon(state.language);
  const meaning = lookUp(said, known);
  const word = meaning !== undefined && "word" in meaning ? meaning.word : null;
  if (state.optedOut) {
    return { kind: word === "start" || word === "resume" ? "start" : "ignore" };
  }
  if (word === "stop" || (word === "cancel" && state.pending === null)) return { kind: "stop" };
  const answered = answer(word, said, state.pending);
  if (answered !== null) return answered;
  if (meaning !== undefined && "mirror" in meaning) {
    return { kind: "mirror", mirror: meaning.mirror };
  }
  if (meaning !== undefined && "voice" in meaning) return { kind: "voice", voice: meaning.voice };
  if (meaning !== undefined && "language" in meaning) {
    return { kind: "language", language: meaning.language };
  }
  return (word === null ? null : command(word, state)) ??
    (said === "" ? null : withArgument(body, said, state, known)) ??
    { kind: "ask", text: body };
}

/** Interprets a caption: opt-out, opt-in, answer to an open question; otherwise an `ask`. */
export function interpretCaption(text: string, state: DialogueState): Command {
  const command = interpretMessage(text, state);
  const obeyed = state.optedOut || ["stop", "confirm", "decline"].includes(command.kind);
  return obeyed ? command : { kind: "ask", text: text.trim() };
}

function answer(word: Word | null, said: string, pending: OpenQuestion | null): Command | null {
  if (pending === null) return null;
  if (word === "no" || word === "cancel") return { kind: "decline", pending };
  if (pending.kind === "choose_language") {
    const language = /^\d$/.test(said) ? LANGUAGES[Number(said) - 1] : languageNamed(said);
    return language ? { kind: "language", language } : null;
  }
  // Deletion cannot be undone, so it requires YES itself.
  const agreed = word === "yes" || (word === "separate" && pending.kind === "unlink") ||
    (word === "agree" && pending.kind !== "delete_data");
  return agreed ? { kind: "confirm", pending } : null;
}

function command(word: Word, state: DialogueState): Command | null {
  switch (word) {
    case "menu":
      return { kind: "menu", page: 1 };
    case "more":
      return turned(state, 1);
    case "back":
      return turned(state, -1);
    case "language":
      return { kind: "language_list" };
    case "mirror":
      return { kind: "mirror_state" };
    case "voice":
      return { kind: "voice_state" };
    case "greeting":
      // With a tool chosen, a greeting is part of the conversation.
      return state.currentTool === null ? { kind: "menu", page: 1 } : null;
    default: {
      const kind = PLAIN_COMMANDS.find((each) => each === word);
      return kind === undefined ? null : { kind };
    }
  }
}

/** The page before or after the one shown; null while no list is shown. */
function turned(state: DialogueState, by: number): Command | null {
  if (state.menuPage === null) return null;
  return { kind: "menu", page: menuPage(state.tools, Math.max(1, state.menuPage + by)).page };
}

function withArgument(
  body: string,
  said: string,
  state: DialogueState,
  known: Lexicon,
): Command | null {
  return link(body, said) ?? pickTool(said, state, known.use);
}

function link(body: string, said: string): Command | null {
  const [, gap = "", typed = ""] = /^link([\s:-]*)(.*)$/.exec(said) ?? [];
  if (said !== "link" && typed === "") return null;
  const code = readLinkCode(typed);
  // Codes contain a digit; without one, a code must be in capitals, unlike "link sentence".
  if (code !== null && (/\d/.test(code) || (gap !== "" && !/\p{Ll}/u.test(body)))) {
    return { kind: "link", code };
  }
  const attempt = gap !== "" && /^(?=\S*\d)[a-z0-9-]{5,12}$/.test(typed);
  return said === "link" || attempt ? { kind: "link_unreadable" } : null;
}

interface Expectation {
  readonly pending: OpenQuestion | null;
  readonly menuPage: number | null;
}

/**
 * The open question and the list page shown after `command`, to be stored with the dialogue.
 * A question lapses with the next `ask`; lookups (help, cost …) keep it. Numbers pick from the
 * list until the next `ask`; an `ask` without a tool is answered with the list. A tool suggestion
 * sets `pending` itself afterwards.
 */
export function expectationAfter(command: Command, state: DialogueState): Expectation {
  const { pending, menuPage } = state;
  switch (command.kind) {
    case "menu":
      return {
        // Two numbered lists at once would be ambiguous.
        pending: pending?.kind === "choose_language" ? null : pending,
        menuPage: command.page,
      };
    case "ambiguous":
      return { pending: null, menuPage: menuPage ?? 1 };
    case "start":
      return { pending: null, menuPage: 1 };
    case "ask":
      return { pending: null, menuPage: state.currentTool === null ? 1 : null };
    case "stop":
    case "pick":
    case "new":
    case "confirm":
    case "decline":
      return { pending: null, menuPage: null };
    case "language":
      return { pending: null, menuPage };
    case "language_list":
      return { pending: { kind: "choose_language" }, menuPage: null };
    case "delete_data":
      return { pending: { kind: "delete_data" }, menuPage };
    case "unlink":
      return { pending: state.linked ? { kind: "unlink" } : pending, menuPage };
    default:
      return { pending, menuPage };
  }
}
