import { folded } from "../../shared/words.ts";

/**
 * Questions about earlier conversations, in the program's languages. The texts are folded: without
 * case, Latin accents and apostrophes of other shapes.
 */
const PATTERNS: readonly RegExp[] = [
  // English
  /\b(what|when|where|which|how)\b.{0,40}\b(did|have|had|were) (we|i)( already| just)? (discuss|talk|speak|sa[iy]|decid|agree|wr[io]t|cover|work|cho[os])/,
  /\b(do|can) you (still )?(remember|recall)\b/,
  /\bremind me (of |about )?(what|where|how|when|which|our)\b/,
  /\b(our|the|my|in) (last|previous|earlier|other) (chats?|conversations?|talks?|sessions?)\b/,
  /^(recall|remember|history|previous|last chat)[.!?]*$/,
  // Spanish
  /\b(de que|que|cuando|sobre que) (hablamos|conversamos|discutimos|dijimos|decidimos|acordamos|vimos|habiamos|hemos (hablado|dicho|visto|decidido))/,
  /\b(te acuerdas|se acuerda|recuerdas|recuerda usted)\b/,
  /\b(ultima (vez|conversacion|charla)|conversacion(es)? (anterior|pasada))/,
  // French
  /\b(de quoi|qu'|que|quand).{0,20}(parle|discute|dit|decide|convenu|vu ensemble)/,
  /\b(tu te souviens|vous souvenez|te souviens-tu|vous souvenez-vous|te rappelles|vous rappelez)/,
  /\b(derniere (fois|conversation|discussion)|conversations? precedentes?)/,
  // Portuguese
  /\b(de que|do que|sobre o que|o que|quando)( nos)?( ja)? (falamos|conversamos|discutimos|dissemos|decidimos|combinamos|vimos)/,
  /\b(voce (se )?lembra|lembras|te lembras|recordas)\b/,
  /\b(ultima (vez|conversa)|conversas? (anterior|passada))/,
  // Swahili
  /\btuli(zungumz|onge|jadili|sema|amu|kubalian)/,
  /\b(unakumbuka|wakumbuka|nikumbushe)\b/,
  /\b(mazungumzo (yaliyopita|ya awali|ya mwisho|yetu ya)|mara ya mwisho)/,
  // Indonesian
  /\b(apa|tentang|kapan).{0,30}\b(kita|kami) (sudah |telah |pernah )?(bahas|bicara|diskusi|kata|putus|sepakat)/,
  /\b(kita|kami) (bahas|bicarakan|diskusikan) (apa|tadi|kemarin|sebelumnya)/,
  /\b(kamu|anda) (masih )?ingat\b|\bingatkan (saya|aku)\b/,
  /\b(percakapan|obrolan) (sebelumnya|terakhir|yang lalu|kita)|\bterakhir kali\b/,
  // Arabic
  /(ماذا|عما|عم|متى|ما الذي).{0,20}(ناقشنا|تحدثنا|تكلمنا|قلنا|قررنا|اتفقنا)/,
  /(هل |ا)(تتذكر|تذكر)|ذكرني/,
  /(المحادثة|المحادثات|المرة|الحديث) (السابق|الماضي|الاخير)/,
  // Hindi
  /(हमने|हम ने).{0,40}(चर्चा|बात|तय|फ़ैसला|फैसला|कहा)/,
  /(तुम्हें|आपको|तुमको) .{0,20}याद|याद दिला/,
  /(पिछली|पिछले|पहले की|पहले वाली) (बार|बातचीत|बात|चर्चा)/,
  /\b(humne|hum ne)\b.{0,40}\b(baat|charcha)/,
];
/** Longer texts bring their own material; the question is at their beginning. */
const LOOKED_AT = 400;

/** Whether a question asks for what was said in earlier conversations. */
export function asksForRecall(text: string): boolean {
  // `folded` composes Devanagari differently from the patterns' letters.
  const said = folded(text.slice(0, LOOKED_AT)).replaceAll("’", "'").normalize("NFKC");
  return PATTERNS.some((pattern) => pattern.test(said));
}
