import { interpretCaption, interpretMessage } from "@/lib/whatsapp/dialogue/dialogue.ts";
import type { DialogueState } from "@/lib/whatsapp/dialogue/state.ts";
import { LANGUAGES } from "@/lib/shared/languages.ts";
import { assert, assertEquals } from "@/tests/support/assert.ts";
import corpus from "./stop_corpus.json" with { type: "json" };

const CALM: DialogueState = {
  language: "en",
  tools: [],
  currentTool: "general-assistant",
  menuPage: null,
  pending: null,
  optedOut: false,
  linked: false,
};

Deno.test("decide(): messages of the corpus that mean STOP opt out, as captions too", () => {
  for (const language of LANGUAGES) {
    const { stop } = corpus[language];
    assert.ok(new Set(stop).size >= 40, language);
    const state = { ...CALM, language };
    assertEquals(
      stop.filter((text) => interpretMessage(text, state).kind !== "stop"),
      [],
      language,
    );
    assertEquals(
      stop.filter((text) => interpretCaption(text, state).kind !== "stop"),
      [],
      language,
    );
  }
});

Deno.test("decide(): ordinary messages of the corpus do not opt out", () => {
  for (const language of LANGUAGES) {
    const { ordinary } = corpus[language];
    assert.ok(new Set(ordinary).size >= 40, language);
    for (const pending of [null, { kind: "delete_data" }] as const) {
      const state = { ...CALM, language, pending };
      assertEquals(
        ordinary.filter((text) => interpretMessage(text, state).kind === "stop"),
        [],
        language,
      );
    }
  }
});

Deno.test("decide(): a sentence of another language does not opt out", () => {
  for (const language of LANGUAGES) {
    for (const { ordinary } of LANGUAGES.map((each) => corpus[each])) {
      const sentences = ordinary.filter((text) => /\s/.test(text));
      const state = { ...CALM, language };
      assertEquals(
        sentences.filter((text) => interpretMessage(text, state).kind === "stop"),
        [],
        language,
      );
    }
  }
});
