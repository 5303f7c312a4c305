import { assert } from "@/tests/support/assert.ts";
import { type Language } from "../../shared/languages.ts";
import { asksForRecall } from "./recall_question.ts";

const ASKED: Readonly<Record<Language, readonly string[]>> = {
  en: [
    "What did we discuss about the covenant?",
    "what have we decided on key terms",
    "Do you remember the name of the village?",
    "Remind me what we said about Mark 4",
    "In our last conversation there was a list. Show it.",
    "recall",
  ],
  es: [
    "¿De qué hablamos la última vez?",
    "¿Qué decidimos sobre el pacto?",
    "¿Te acuerdas del taller?",
  ],
  fr: [
    "De quoi avons-nous parlé à propos de l’alliance ?",
    "Qu’est-ce qu’on a décidé pour les termes ?",
    "Tu te souviens de l’atelier ?",
  ],
  pt: [
    "Sobre o que conversamos ontem?",
    "O que decidimos sobre a aliança?",
    "Você lembra da oficina?",
  ],
  sw: ["Tulizungumza nini kuhusu warsha?", "Unakumbuka jina la kijiji?", "Tulikubaliana nini?"],
  id: [
    "Apa yang kita bahas tentang perjanjian?",
    "Kamu ingat nama desanya?",
    "Obrolan sebelumnya tentang apa?",
  ],
  ar: ["ماذا ناقشنا عن العهد؟", "عمّا تحدثنا؟", "هل تتذكر اسم القرية؟"],
  hi: ["हमने वाचा के बारे में क्या चर्चा की थी?", "क्या आपको गाँव का नाम याद है?", "पिछली बार क्या तय हुआ?"],
};

const OTHERS = [
  "Write a story about a covenant",
  "What is a key term?",
  "How do I remember the order of the books?",
  "¿Qué es un pacto?",
  "Qu’est-ce qu’une alliance ?",
  "O que é uma aliança?",
  "Nini maana ya agano?",
  "Apa arti perjanjian?",
  "ما معنى العهد؟",
  "वाचा का अर्थ क्या है?",
  "",
];

Deno.test("asksForRecall() knows questions about earlier conversations in each language", () => {
  for (const [language, questions] of Object.entries(ASKED)) {
    for (const question of questions) {
      assert.ok(asksForRecall(question), `${language}: ${question}`);
    }
  }
});

Deno.test("asksForRecall() takes other questions for what they are", () => {
  for (const question of OTHERS) assert.ok(!asksForRecall(question), question);
});
