import { assert, assertEquals } from "@/tests/support/assert.ts";
import { interpretMessage } from "../../whatsapp/dialogue/dialogue.ts";
import { menuPage } from "../../whatsapp/dialogue/menu.ts";
import type { DialogueState, DialogueTool } from "../../whatsapp/dialogue/state.ts";
import { texts } from "./texts.ts";
import { phrases } from "../../whatsapp/dialogue/words.ts";
import { type Language, LANGUAGE_NAMES, LANGUAGES } from "../../shared/languages.ts";

const LONG = "Lorem ipsum ".repeat(200);
const TOOLS: DialogueTool[] = Array.from({ length: 20 }, (_, at) => ({
  id: `tool-${at}`,
  name: `N${at} ${LONG}`,
  description: LONG,
  icon: "👨‍👩‍👧‍👦",
}));

/** Every text of a language with its expected contents; `name` stands for texts of others. */
function all(language: Language, name: string): [key: string, text: string, holds: string[]][] {
  const t = texts(language);
  const page = menuPage(TOOLS.map((tool) => ({ ...tool, name })), 2);
  return [
    ["welcome", t.welcome, ["STOP"]],
    ["menu", t.menu(page, name), ["Zq", "*9*", "*16*", "2", "3"]],
    ["picked", t.picked({ icon: "✨", name, description: `Dw ${LONG}` }), ["Zq", "✨", "Dw"]],
    ["ambiguous", t.ambiguous(page.items), ["Zq", "*9*"]],
    ["help", t.help(name), ["Zq", "LINK", "STOP"]],
    ["help without a tool", t.help(null), ["LINK", "STOP"]],
    ["noTools", t.noTools, []],
    ["pickFirst", t.pickFirst, []],
    ["dataHandled", t.dataHandled(name), ["Zq"]],
    ["newStarted", t.newStarted(name), ["Zq"]],
    ["cost", t.cost({ replies: 71, conversation: "$0.02", today: "$0.03" }), [
      "71",
      "$0.02",
      "$0.03",
    ]],
    ["exportSent", t.exportSent(71), ["71"]],
    ["exportLink", t.exportLink("https://a.b/c", 71), ["71", "https://a.b/c"]],
    ["nothingToExport", t.nothingToExport, []],
    ["memory", t.memory(Array(20).fill({ tool: name, text: `Dw ${LONG}` }), false), ["Zq", "Dw"]],
    ["memory, none", t.memory([], false), []],
    ["memory, off", t.memory([], true), []],
    ["memoryOff", t.memoryOff, []],
    ["memoryOn", t.memoryOn, []],
    ["memoryCleared", t.memoryCleared, []],
    ["remembers", t.remembers, ["30"]],
    ["deleteAsk", t.deleteAsk, []],
    ["deleteDone", t.deleteDone, []],
    ["declined", t.declined, []],
    ["optedOut", t.optedOut, ["START"]],
    ["optedIn", t.optedIn, ["STOP"]],
    ["languageList", t.languageList(["Zq", "Xx"]), ["1. Zq", "2. Xx"]],
    ["languageChanged", t.languageChanged, []],
    ["linkDone", t.linkDone, []],
    ["linkFailed", t.linkFailed, []],
    ["linkExpired", t.linkExpired, []],
    ["linkBlocked", t.linkBlocked(71), ["71"]],
    ["linkHow", t.linkHow, ["LINK"]],
    ["unlinkAsk", t.unlinkAsk, []],
    ["unlinked", t.unlinked, []],
    ["notLinked", t.notLinked, ["LINK"]],
    ["linkCode", t.linkCode("2345-ABCD", 71), ["2345-ABCD", "71"]],
    ["mirror", t.mirror("reply", { reply: "$0.01", both: "$0.02" }), ["$0.01", "$0.02"]],
    ["voice", t.voice("always", "$0.01"), ["$0.01"]],
    ["voiceNone", t.voiceNone, []],
    ["voiceCut", t.voiceCut(name), ["Zq", "🔊"]],
    ["fromWeb", t.fromWeb(name), ["Zq"]],
    ["limited", t.limited(71), ["71"]],
    ["overBudget", t.overBudget("17:00"), ["17:00"]],
    ["shareUsed", t.shareUsed("17:00"), ["17:00"]],
    ["mediaRefused", t.mediaRefused, []],
    ["modelEnded", t.modelEnded, []],
    ["imagesNotSeen", t.imagesNotSeen, []],
    ["pictureNotRead", t.pictureNotRead, ["JPEG", "PNG"]],
    ["mediaTooLarge", t.mediaTooLarge(71), ["71"]],
    ["voiceHeard", t.voiceHeard(name), ["Zq", "🎤"]],
    ["recordingKept", t.recordingKept, []],
    ["voiceUnwritten", t.voiceUnwritten, []],
    ["voiceMarker", t.voiceMarker("4:56"), ["4:56"]],
    ["voiceFailed", t.voiceFailed, []],
    ["voiceTooLong", t.voiceTooLong(10), ["10"]],
    ["takenOver", t.takenOver, []],
    ["handedBack", t.handedBack, []],
    ["fromHuman", t.fromHuman("Zq\nqZ"), ["Zq\nqZ"]],
    ["offScope", t.offScope(name, `Dw ${LONG}`), ["Zq", "Dw"]],
    ["failed, retry", t.failed(true), []],
    ["failed", t.failed(false), []],
    ["interrupted", t.interrupted, []],
    ["otherModel", t.otherModel, []],
    ["propose", t.propose(name), ["Zq"]],
    ["tooLong", t.tooLong(71), ["71"]],
    ["audioNotHeard", t.audioNotHeard, []],
    ["mediaGone", t.mediaGone, []],
    ["reviewed", t.reviewed, []],
  ];
}

Deno.test("texts() contain their parameters in every language, in at most 1,500 characters", () => {
  const keys = Object.keys(texts("en")).sort();
  for (const language of LANGUAGES) {
    assertEquals(Object.keys(texts(language)).sort(), keys);
    const said = all(language, `Zq ${LONG}`);
    assertEquals([...new Set(said.map(([key]) => key.split(/[ ,]/)[0] ?? ""))].sort(), keys);
    for (const [key, text, holds] of said) {
      const about = `${language} ${key}: ${text}`;
      assert.ok(text.length > 0 && text.length <= 1_500, about);
      assert.ok(!/undefined|null|NaN|\[object|\$\{|[{}]/.test(text), about);
      for (const part of holds) assert.ok(text.includes(part), `${about} lacks ${part}`);
    }
  }
});

Deno.test("texts() differ between any two languages", () => {
  const english = new Map(all("en", "Zq").map(([key, text]) => [key, text]));
  for (const language of LANGUAGES.filter((each) => each !== "en")) {
    for (const [key, text] of all(language, "Zq")) {
      if (key === "languageList" || key === "voiceHeard" || key === "fromHuman") continue;
      assert.notEqual(text, english.get(key), `${language} ${key}`);
    }
  }
});

const STATE: DialogueState = {
  language: "en",
  tools: TOOLS,
  currentTool: "tool-1",
  menuPage: 1,
  pending: { kind: "delete_data" },
  optedOut: false,
  linked: true,
};

Deno.test("texts() names only words that interpretMessage() understands in that language", () => {
  const NAMED = /\*([^*\n]+)\*/gu;
  for (const language of LANGUAGES) {
    const t = texts(language);
    const mirror = t.mirror("off", { reply: "a", both: "b" });
    const voice = t.voice("never", "a");
    const told = [
      t.welcome,
      t.help(null),
      t.memory([], false),
      t.memory([], true),
      t.memoryOff,
      t.memoryOn,
      t.remembers,
      t.deleteAsk,
      t.optedIn,
      t.linkDone,
      t.unlinkAsk,
      t.notLinked,
      t.failed(false),
      mirror.slice(mirror.indexOf("\n")),
      voice.slice(voice.indexOf("\n")),
      t.menu(menuPage(TOOLS, 1), null).split("\n").at(-1) ?? "",
    ];
    const words = told.flatMap((text) => [...text.matchAll(NAMED)].map(([, word = ""]) => word));
    assert.ok(words.length > 20, words.join());
    for (const word of words) {
      const command = interpretMessage(word, { ...STATE, language });
      assert.notEqual(command.kind, "ask", `${language}: ${word}`);
      assert.notEqual(command.kind, "pick", `${language}: ${word}`);
    }
    assertEquals(new Set(told[1]?.match(NAMED)).size, 12, `${language}'s help`);
    const optIn = t.optedOut.match(NAMED)?.[0] ?? "";
    assertEquals(
      interpretMessage(optIn, { ...STATE, language, optedOut: true }).kind,
      "start",
      language,
    );
  }
});

Deno.test("texts(): the mirror modes and the languages can be chosen in every language", () => {
  for (const language of LANGUAGES) {
    const text = texts(language).mirror("off", { reply: "a", both: "b" });
    const ways = [...text.matchAll(/^\*(.+?)\*/gm)].map(([, word = ""]) =>
      interpretMessage(word, { ...STATE, language })
    );
    assertEquals(ways.map((way) => way.kind === "mirror" ? way.mirror : way.kind), [
      "reply",
      "both",
      "off",
    ]);
    for (const target of LANGUAGES) {
      const state: DialogueState = { ...STATE, language, pending: { kind: "choose_language" } };
      assertEquals(interpretMessage(LANGUAGE_NAMES[target], state), {
        kind: "language",
        language: target,
      });
    }
  }
  assertEquals(phrases("A|B. c"), ["a", "b. c"]);
});

Deno.test("texts(): the voice modes can be chosen in every language", () => {
  for (const language of LANGUAGES) {
    const ways = [...texts(language).voice("never", null).matchAll(/^\*(.+?)\*/gm)]
      .map(([, word = ""]) => interpretMessage(word, { ...STATE, language }));
    assertEquals(ways.map((way) => way.kind === "voice" ? way.voice : way.kind), [
      "spoken",
      "always",
      "never",
    ], language);
  }
});

Deno.test("texts() say a mirrored message's cost below a cent in words, in every language", () => {
  for (const language of LANGUAGES) {
    const { mirror } = texts(language);
    const text = mirror("reply", { reply: null, both: "$0.01" });
    assertEquals(text.match(/null|\$[\d.]+/g), ["$0.01"], language);
    assert.notEqual(text, mirror("reply", { reply: "", both: "$0.01" }), language);
  }
  assert.match(texts("en").mirror("reply", { reply: null, both: null }), /\(less than 1¢ each\)/);
});

Deno.test("texts() use the plural form of each number", () => {
  const cost = (language: Language, replies: number) =>
    texts(language).cost({ replies, conversation: "$1", today: "$2" });
  const said: [text: string, part: string][] = [
    [texts("en").linkBlocked(1), "1 minute."],
    [texts("en").exportLink("a", 10), "10 minutes:"],
    [texts("en").limited(1), "1 second,"],
    [texts("en").limited(300), "5 minutes,"],
    [cost("en", 1), "(1 reply)"],
    [cost("en", 0), "(0 replies)"],
    [texts("en").tooLong(16_000), "16,000 characters"],
    [texts("es").limited(1), "1 segundo y"],
    [texts("es").linkBlocked(1), "1 minuto,"],
    [texts("es").linkBlocked(10), "10 minutos,"],
    [texts("fr").limited(1), "1 seconde,"],
    [texts("fr").voiceTooLong(10), "10 minutes"],
    [cost("fr", 0), "(0 réponse)"],
    [texts("pt").limited(1), "1 segundo e"],
    [texts("pt").linkBlocked(2), "2 minutos"],
    [texts("sw").linkBlocked(1), "dakika moja."],
    [texts("sw").linkBlocked(5), "dakika 5."],
    [texts("id").linkBlocked(1), "1 menit."],
    [texts("hi").linkBlocked(2), "2 मिनट"],
    [texts("ar").linkBlocked(0), "0 دقيقة"],
    [texts("ar").linkBlocked(1), "دقيقة واحدة"],
    [texts("ar").linkBlocked(2), "دقيقتين"],
    [texts("ar").linkBlocked(10), "10 دقائق"],
    [texts("ar").linkBlocked(11), "11 دقيقة"],
    [texts("ar").linkBlocked(100), "100 دقيقة"],
    [texts("ar").limited(2), "ثانيتين"],
    [texts("ar").limited(3), "3 ثوانٍ"],
    [texts("ar").limited(5), "5 ثوانٍ"],
    [cost("ar", 3), "(3 ردود)"],
    [texts("ar").exportSent(2), "(رسالتان)"],
    [texts("ar").tooLong(16_000), "16,000 حرف"],
  ];
  for (const [text, part] of said) assert.ok(text.includes(part), `${text} lacks ${part}`);
});

Deno.test("texts() use the singular with 1 alone where a language has one", () => {
  // Hindi has one, but these nouns are the same in both.
  for (const language of LANGUAGES.filter((each) => each !== "hi")) {
    const t = texts(language);
    const forms = new Intl.PluralRules(language);
    for (const say of [t.limited, t.linkBlocked, t.exportSent, t.voiceTooLong, t.tooLong]) {
      const without = (count: number) => say(count).replace(String(count), "#");
      const same = forms.select(1) === forms.select(7);
      assertEquals(without(1) === without(7), same, `${language}: ${say(1)} and ${say(7)}`);
      assertEquals(without(7), without(8), language);
    }
  }
});

Deno.test("texts() avoid phrases that native speakers found wrong", () => {
  const WRONG: Readonly<Record<Language, RegExp>> = {
    en: /Here an AI|From the web comes|Today in all/,
    es: /Descríbela\b|tu memoria|¿Cambio\?|calla/,
    fr: /Décrivez-la\b|votre mémoire|maintenant:|Du web arrive|Bon retour|[“”]/,
    pt: /Descreva-a\b|Ligado|ligações|ligado|fornecedor|já não é usado/,
    sw: /(^|\s)Kufuta kabisa|^Kutenganisha/,
    id: /PUTUSKAN|kirim lagi satu menit lagi|saya ganti|ingatan/,
    ar: /ذاكرتك|10 دقيقة/,
    hi: /निर्यात|काम में नहीं|क्या मैं बदलूँ|स्मृति|\*\.$/m,
  };
  for (const language of LANGUAGES) {
    for (const [key, text] of all(language, "Zq")) {
      assert.ok(!WRONG[language].test(text), `${language} ${key}: ${text}`);
    }
  }
});
