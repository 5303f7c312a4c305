import fc from "fast-check";
import { assert, assertEquals } from "@/tests/support/assert.ts";
import { expectationAfter, interpretCaption, interpretMessage } from "./dialogue.ts";
import type { Command, DialogueState, DialogueTool, OpenQuestion } from "./state.ts";
import { LANGUAGES } from "../../shared/languages.ts";
import { lexicon } from "./words.ts";

const named = (id: string, name: string): DialogueTool => ({
  id,
  name,
  description: "",
  icon: "✨",
});
const TOOLS = [
  named("math-tutor", "Math Tutor"),
  named("code-helper", "Code Helper"),
  named("recipe-helper", "Recipe Helper"),
  ...Array.from({ length: 9 }, (_, at) => named(`extra-${at}`, `Extra ${at}`)),
  named("oral", "Naración oral 🎧"),
];
const CALM: DialogueState = {
  language: "en",
  tools: TOOLS,
  currentTool: "math-tutor",
  menuPage: null,
  pending: null,
  optedOut: false,
  linked: false,
};
const DELETE: OpenQuestion = { kind: "delete_data" };
const SWITCH: OpenQuestion = { kind: "switch_tool", tool: "math-tutor", question: "2+2?" };
const UNLINK: OpenQuestion = { kind: "unlink" };
const CHOOSE: OpenQuestion = { kind: "choose_language" };

type Case = [text: string, expected: Command | Command["kind"], state?: Partial<DialogueState>];

function means(name: string, cases: Case[]): void {
  Deno.test(`interpretMessage(): ${name}`, () => {
    for (const [text, expected, state] of cases) {
      const command = interpretMessage(text, { ...CALM, ...state });
      if (typeof expected === "string") assertEquals(command.kind, expected, JSON.stringify(text));
      else assertEquals(command, expected, JSON.stringify(text));
    }
  });
}

means("opt-out words are the whole body, in any case and with marks around them", [
  ...["STOP", "Unsubscribe", "end", "QUIT", "stopall", "revoke", "OptOut", "cancel"]
    .map((word): Case => [word, "stop"]),
  [" stop.\n", "stop"],
  ["\u200eＳＴＯＰ\u00a0!", "stop"],
  ["“Stop”", "stop"],
  ["stop the sun in Joshua 10", "ask"],
  ["the end", "ask"],
  ["Don't stop", "ask"],
]);
means("Twilio's opt-out keywords count in every language", [
  ...["STOP", "UNSUBSCRIBE", "END", "QUIT", "STOPALL", "REVOKE", "OPTOUT", "CANCEL"].flatMap(
    (word) => LANGUAGES.map((language): Case => [word, "stop", { language, pending: DELETE }]),
  ),
]);
means("STOP, START, YES and NO are understood among courtesies, dashes and emoji", [
  ...["STOP 🙏", "Stop. Thank you", "stop please", "Please stop", "STOP – obrigado", "🛑", "🛑🛑"]
    .map((word): Case => [word, "stop"]),
  ["START 🙏", "start", { optedOut: true }],
  ["start please", "start", { optedOut: true }],
  ["start - thanks!", "start", { optedOut: true }],
  ["Hello, start please", "start", { optedOut: true }],
  ["Yes 🙏", { kind: "confirm", pending: DELETE }, { pending: DELETE }],
  ["yes – thank you", { kind: "confirm", pending: DELETE }, { pending: DELETE }],
  ["Sí 😊 gracias", { kind: "confirm", pending: DELETE }, { pending: DELETE }],
  ["👍🙏", { kind: "confirm", pending: SWITCH }, { pending: SWITCH }],
  ["ok thanks", { kind: "confirm", pending: SWITCH }, { pending: SWITCH }],
  ["no 🙏", { kind: "decline", pending: DELETE }, { pending: DELETE }],
  ["No - sorry", { kind: "decline", pending: DELETE }, { pending: DELETE }],
  ["👍👎", "ask", { pending: SWITCH }],
  ["🙏", "ask", { pending: SWITCH }],
  ["thanks", "ask", { pending: SWITCH }],
  ["help please", "ask"],
]);
means("everyday yes and no of each language are understood", [
  ...["yup", "pode", "ouais", "أيوه", "haan ji", "yea"]
    .map((word): Case => [word, "confirm", { pending: SWITCH }]),
  ...["gak", "नही", "nggak", "no ya"]
    .map((word): Case => [word, "decline", { pending: SWITCH }]),
  ["أيوه", "confirm", { pending: DELETE }],
  ["haan ji", "confirm", { pending: DELETE }],
]);
means("words with another meaning in other languages opt out in their own language only", [
  ...([["acha", "sw"], ["baja", "es"], ["alto", "es"], ["sair", "pt"], ["बंद", "hi"]] as const)
    .flatMap(([word, own]) =>
      LANGUAGES.map((language): Case => [word, language === own ? "stop" : "ask", { language }])
    ),
  ["pare", "ask", { language: "id" }],
  ["ya", "ask", { language: "es", pending: SWITCH }],
  ["si", "ask", { language: "sw", pending: DELETE }],
  ["acha hiyo", "ask", { language: "sw" }],
  ["baja el volumen", "ask", { language: "es" }],
]);
const THREE_PAGES = Array.from({ length: 20 }, (_, at) => named(`tool-${at}`, `Tool ${at}`));
means("MORE and BACK turn one page, up to the last and the first", [
  ["more", { kind: "menu", page: 2 }, { menuPage: 1, tools: THREE_PAGES }],
  ["more", { kind: "menu", page: 3 }, { menuPage: 2, tools: THREE_PAGES }],
  ["more", { kind: "menu", page: 3 }, { menuPage: 3, tools: THREE_PAGES }],
  ["back", { kind: "menu", page: 2 }, { menuPage: 3, tools: THREE_PAGES }],
  ["back", { kind: "menu", page: 1 }, { menuPage: 1, tools: THREE_PAGES }],
]);
means("a command has 200 units at most, and a part of a name three at least", [
  [`help${"!".repeat(196)}`, "help"],
  [`help${"!".repeat(197)}`, "ask"],
  ["use cod", { kind: "pick", tool: "code-helper" }],
  ["use co", "ask"],
]);
means("a word for cancelling is NO to an open question and STOP without one", [
  ["CANCELAR", "stop", { language: "pt" }],
  ["Cancelar, gracias", "stop"],
  ["annuler", "decline", { language: "fr", pending: DELETE }],
  ["إلغاء", "decline", { language: "ar", pending: SWITCH }],
]);
means("فصل is a chapter, but an answer to the question about unlinking", [
  ["فصل", "ask", { language: "ar" }],
  ["فصل", "ask", { language: "ar", pending: DELETE }],
  ["فصل", { kind: "confirm", pending: UNLINK }, { language: "ar", pending: UNLINK }],
]);
means("each language's own word for STOP counts in every language", [
  ...[
    "PARE",
    "CANCELAR",
    "स्टॉप",
    "ARRÊT",
    "arret",
    "parar",
    "sitisha",
    "berhenti",
    "توقف",
    "إيقاف",
    "ايقاف",
    "रोकें",
    "बंद करें",
  ]
    .flatMap((word) =>
      LANGUAGES.filter((language) => word !== "PARE" || !["id", "sw"].includes(language))
        .map((language): Case => [word, "stop", { language }])
    ),
]);
means("STOP stops while a question is open, and CANCEL too", [
  ["STOP", "stop", { pending: DELETE }],
  ["cancel", "stop", { pending: SWITCH }],
  ["berhenti", "stop", { pending: CHOOSE, menuPage: 1 }],
]);
means("after an opt-out only START gets an answer", [
  ["START", "start", { optedOut: true }],
  ["unstop!", "start", { optedOut: true }],
  ["anza", "start", { optedOut: true }],
  ["reprendre", "start", { optedOut: true, language: "hi" }],
  ["help", "ignore", { optedOut: true }],
  ["STOP", "ignore", { optedOut: true }],
  ["yes", "ignore", { optedOut: true, pending: DELETE }],
  ["LINK 2345-ABCD", "ignore", { optedOut: true }],
  ["", "ignore", { optedOut: true }],
  ["start again please", "ignore", { optedOut: true }],
  // Everyday words are START only after an opt-out.
  ["empezar", "ask", { language: "es" }],
]);
means("YES and NO answer an open question and are nothing else", [
  ["yes", { kind: "confirm", pending: DELETE }, { pending: DELETE }],
  ["Sí.", { kind: "confirm", pending: DELETE }, { pending: DELETE }],
  ["ndiyo", { kind: "confirm", pending: SWITCH }, { pending: SWITCH }],
  ["हां", { kind: "confirm", pending: DELETE }, { pending: DELETE }],
  ["نَعَم", { kind: "confirm", pending: DELETE }, { pending: DELETE }],
  ["No, thanks", { kind: "decline", pending: DELETE }, { pending: DELETE }],
  ["não", { kind: "decline", pending: SWITCH }, { pending: SWITCH }],
  ["👍🏽", { kind: "confirm", pending: SWITCH }, { pending: SWITCH }],
  ["ok", { kind: "confirm", pending: SWITCH }, { pending: SWITCH }],
  // Deletion requires YES itself.
  ["ok", "ask", { pending: DELETE }],
  ["👍", "ask", { pending: DELETE }],
  ["yes", "ask"],
  ["no", "ask"],
  // Words that merely contain n or y are no answer.
  ["Any news?", "ask", { pending: DELETE }],
  ["maybe yes", "ask", { pending: DELETE }],
  ["yesterday", "ask", { pending: SWITCH }],
  ["No, what is the capital of France?", "ask", { pending: SWITCH }],
  ["help", "help", { pending: DELETE }],
]);
means("a number picks from a list that is shown, and only as the whole body", [
  ["2", { kind: "pick", tool: "code-helper" }, { menuPage: 1 }],
  ["10", { kind: "pick", tool: "extra-6" }, { menuPage: 1 }],
  ["1", { kind: "pick", tool: "math-tutor" }, { menuPage: 2 }],
  ["２", { kind: "pick", tool: "code-helper" }, { menuPage: 1 }],
  ["٢", { kind: "pick", tool: "code-helper" }, { menuPage: 1 }],
  ["۲", { kind: "pick", tool: "code-helper" }, { menuPage: 1 }],
  ["२", { kind: "pick", tool: "code-helper" }, { menuPage: 1 }],
  ["2️⃣", { kind: "pick", tool: "code-helper" }, { menuPage: 1 }],
  ["🔟", { kind: "pick", tool: "extra-6" }, { menuPage: 1 }],
  ["(2).", { kind: "pick", tool: "code-helper" }, { menuPage: 1 }],
  ["2", { kind: "ask", text: "2" }],
  ["0", "ask", { menuPage: 1 }],
  ["14", "ask", { menuPage: 1 }],
  ["99999999999999999999", "ask", { menuPage: 1 }],
  ["2.5", "ask", { menuPage: 1 }],
  ["-2", "ask", { menuPage: 1 }],
  ["2 apples", "ask", { menuPage: 1 }],
]);
means("a tool's name picks as the whole body or after use, tool or #", [
  ["math tutor", { kind: "pick", tool: "math-tutor" }],
  ["✨ Math Tutor!", { kind: "pick", tool: "math-tutor" }],
  ["naracion ORAL", { kind: "pick", tool: "oral" }],
  ["recipe-helper", { kind: "pick", tool: "recipe-helper" }],
  ["use math", { kind: "pick", tool: "math-tutor" }],
  ["Use the code helper", { kind: "pick", tool: "code-helper" }],
  ["tool 3", { kind: "pick", tool: "recipe-helper" }],
  ["#3", { kind: "pick", tool: "recipe-helper" }],
  ["usar math", { kind: "pick", tool: "math-tutor" }, { language: "es" }],
  ["use helper", { kind: "ambiguous", candidates: ["code-helper", "recipe-helper"] }],
  ["use your brain", "ask"],
  ["use it", "ask"],
  ["tool 99", "ask"],
  ["My math tutor is ill", "ask"],
  ["math", "ask"],
]);
means("commands are whole messages", [
  ["help", "help"],
  ["?", "help"],
  ["/help", "help"],
  ["Ayuda", "help"],
  ["menu", { kind: "menu", page: 1 }],
  ["New", "new"],
  ["cost?", "cost"],
  ["export", "export"],
  ["Delete my data", "delete_data"],
  ["language", "language_list"],
  ["language es", { kind: "language", language: "es" }],
  ["Idioma inglés", { kind: "language", language: "en" }, { language: "es" }],
  ["unlink", "unlink"],
  ["mirror", "mirror_state"],
  ["Mirror OFF", { kind: "mirror", mirror: "off" }],
  ["mirror both", { kind: "mirror", mirror: "both" }],
  ["mirror reply", { kind: "mirror", mirror: "reply" }],
  ["help me translate Ruth 1", "ask"],
  ["new wine in old wineskins", "ask"],
  ["cost of living", "ask"],
  ["language of love", "ask"],
  ["mirror, mirror on the wall", "ask"],
  ["menu for a wedding", "ask"],
  ["export of coffee from Kenya", "ask"],
  ["coste", "ask"],
  ["coste", "cost", { language: "es" }],
  ["hello", { kind: "menu", page: 1 }, { currentTool: null }],
  ["hello", "ask"],
  ["", { kind: "ask", text: "" }],
  [`help${" ".repeat(500)}`, "help"],
  ["stop ".repeat(100), "ask"],
]);
means("a list that is shown can be paged", [
  ["more", { kind: "menu", page: 2 }, { menuPage: 1 }],
  ["more", { kind: "menu", page: 2 }, { menuPage: 2 }],
  ["back", { kind: "menu", page: 1 }, { menuPage: 2 }],
  ["more", "ask"],
]);
means("a language is chosen from its list by number or name", [
  ["2", { kind: "language", language: "es" }, { pending: CHOOSE }],
  ["८", { kind: "language", language: "hi" }, { pending: CHOOSE }],
  ["Français", { kind: "language", language: "fr" }, { pending: CHOOSE }],
  ["العربية", { kind: "language", language: "ar" }, { pending: CHOOSE }],
  ["9", "ask", { pending: CHOOSE }],
  ["no", { kind: "decline", pending: CHOOSE }, { pending: CHOOSE }],
  ["Spanish", "ask"],
]);
means("LINK takes a code in any spelling", [
  ...[
    "LINK 2345ABCD",
    "link 2345-abcd",
    "Link: 2345 ABCD",
    "LINK%20".slice(0, 4) + "\u00a02345‑ABCD",
    "link 2 3 4 5 a b c d",
    "linkＡBCD 2345".replace("linkＡBCD 2345", "LINK ２３４５ABCD"),
  ]
    .map((text): Case => [text, { kind: "link", code: "2345ABCD" }]),
  ["LINK SENTENCE", { kind: "link", code: "SENTENCE" }],
  ["link sentence", "ask"],
  ["link", "link_unreadable"],
  ["LINK 2345ABC0", "link_unreadable"],
  ["LINK 2345ABC", "link_unreadable"],
  ["link me to some studies", "ask"],
  ["link 5", "ask"],
  ["linked 2345ABCD", "ask"],
]);

Deno.test("interpretCaption() recognises opt-out, opt-in and answers, and asks otherwise", () => {
  const cases: [string, Command["kind"], Partial<DialogueState>?][] = [
    ["STOP", "stop"],
    ["Stop please 🙏", "stop"],
    ["START", "start", { optedOut: true }],
    ["what is this?", "ignore", { optedOut: true }],
    ["", "ignore", { optedOut: true }],
    ["yes", "confirm", { pending: SWITCH }],
    ["no thanks", "decline", { pending: SWITCH }],
    ["help", "ask"],
    ["START", "ask"],
    ["2", "ask", { menuPage: 1 }],
    ["", "ask"],
  ];
  for (const [text, kind, state] of cases) {
    assertEquals(interpretCaption(text, { ...CALM, ...state }).kind, kind, text);
  }
});

Deno.test("interpretMessage() passes a long question on unchanged", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary", minLength: 201, maxLength: 400 }), (text) => {
      fc.pre(text.trim().length > 200);
      assertEquals(interpretMessage(text, { ...CALM, menuPage: 1, pending: DELETE }), {
        kind: "ask",
        text: text.trim(),
      });
    }),
  );
});

Deno.test("interpretMessage() picks a tool by its name in the person's language, and by its own", () => {
  const tools = [{ ...named("coach", "Guía de narración"), mainName: "Storying Coach" }];
  for (const text of ["Guía de narración", "storying coach", "usar storying", "usar narración"]) {
    const command = interpretMessage(text, { ...CALM, language: "es", tools });
    assertEquals(command, { kind: "pick", tool: "coach" }, text);
  }
});

Deno.test("interpretMessage() ignores all but START after an opt-out, and picks existing tools only", () => {
  const text = fc.oneof(
    fc.string({ unit: "binary", maxLength: 30 }),
    fc.constantFrom(...lexicon("es").meanings.keys(), ...TOOLS.map(({ name }) => name), "3", "99"),
  );
  const state = fc.record({
    language: fc.constantFrom(...LANGUAGES),
    tools: fc.constantFrom(TOOLS, TOOLS.slice(0, 2), []),
    currentTool: fc.constantFrom(null, "math-tutor"),
    menuPage: fc.constantFrom(null, 1, 2, 7),
    pending: fc.constantFrom<OpenQuestion | null>(null, DELETE, SWITCH, CHOOSE),
    optedOut: fc.boolean(),
    linked: fc.boolean(),
  });
  fc.assert(
    fc.property(text, state, (text, state) => {
      const command = interpretMessage(text, state);
      if (state.optedOut) assert.ok(command.kind === "ignore" || command.kind === "start");
      else assert.notEqual(command.kind, "ignore");
      if (command.kind === "pick") assert.ok(state.tools.some(({ id }) => id === command.tool));
      if (command.kind === "confirm") assertEquals(command.pending, state.pending ?? DELETE);
      const next = expectationAfter(command, state);
      if (command.kind === "ask") assertEquals(next.pending, null);
    }),
    { numRuns: 3_000 },
  );
});

Deno.test("expectationAfter() keeps the open question across lookups and drops it with the next ask", () => {
  const open = { ...CALM, pending: DELETE, menuPage: 2 };
  const after = (text: string, state: DialogueState = open) =>
    expectationAfter(interpretMessage(text, state), state);
  assertEquals(after("help"), { pending: DELETE, menuPage: 2 });
  assertEquals(after("cost"), { pending: DELETE, menuPage: 2 });
  assertEquals(after("What is grace?"), { pending: null, menuPage: null });
  assertEquals(after("Hm", { ...open, currentTool: null }), { pending: null, menuPage: 1 });
  assertEquals(after("yes").pending, null);
  assertEquals(after("stop"), { pending: null, menuPage: null });
  assertEquals(after("3"), { pending: null, menuPage: null });
  assertEquals(after("menu").menuPage, 1);
  assertEquals(after("delete my data", CALM).pending, DELETE);
  assertEquals(after("unlink", CALM).pending, null);
  assertEquals(after("unlink", { ...CALM, linked: true }).pending, { kind: "unlink" });
  assertEquals(after("language"), { pending: CHOOSE, menuPage: null });
  assertEquals(after("menu", { ...CALM, pending: CHOOSE }).pending, null);
});
