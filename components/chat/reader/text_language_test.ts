import { assertEquals } from "@/tests/support/assert.ts";
import { textLanguage } from "./text_language.ts";

Deno.test("textLanguage() knows a reply's language by its letters or frequent words", () => {
  const texts: [language: string, text: string][] = [
    ["en", "Ask the team how a child would say it to a parent who does nothing."],
    ["es", "Pregunta al equipo cómo lo diría un niño a su madre que no hace nada por él."],
    [
      "fr",
      "Demandez à l’équipe comment un enfant le dirait à un parent qui ne fait rien pour lui.",
    ],
    ["pt", "Pergunte à equipe como uma criança diria isso ao pai que não faz nada por ela."],
    ["sw", "Waulize watu wa timu jinsi mtoto angesema hivyo kwa mzazi wake katika kijiji."],
    ["id", "Tanyakan kepada tim bagaimana anak itu akan mengatakannya dengan orang tua yang diam."],
    ["ar", "اسأل الفريق كيف يقولها طفل لوالده الذي لا يفعل شيئا. Mark 4:38"],
    ["hi", "टीम से पूछें कि एक बच्चा अपने माता-पिता से यह कैसे कहेगा। (Mark 4:38)"],
    ["ru", "Спросите команду, как бы это сказал ребёнок."],
    ["zh", "请问团队，孩子会怎么说。"],
  ];
  for (const [language, text] of texts) assertEquals(textLanguage(text, "en"), language, text);
});

Deno.test("textLanguage() keeps the page's language where nothing tells", () => {
  for (const text of ["", "42", "Ngai mwega", "Kyrie", "👍"]) {
    for (const usual of ["sw", "en", "xx"]) assertEquals(textLanguage(text, usual), usual, text);
  }
});
