import type { Language } from "../../shared/languages.ts";
import type { Text } from "../../shared/text.ts";

/** Texts of the page about what tools remember of a person. */
interface MemoryTexts {
  readonly title: string;
  readonly about: string;
  /** Leads from "My data" to the page. */
  readonly see: string;
  /** No tool remembers. */
  readonly empty: string;
  /** A tool that has no note yet. */
  readonly none: string;
  readonly change: string;
  /** With the note's first words. */
  readonly changeOf: Text<"note">;
  readonly field: string;
  readonly hint: string;
  readonly save: string;
  readonly cancel: string;
  readonly remove: string;
  readonly gone: string;
  /** Buttons and states of one tool, named for screen readers. */
  readonly stop: string;
  readonly stopOf: Text<"tool">;
  readonly resume: string;
  readonly resumeOf: Text<"tool">;
  readonly stopped: string;
  /** The same for all tools. */
  readonly all: string;
  readonly stopAll: string;
  readonly resumeAll: string;
  readonly stoppedAll: string;
  readonly clear: string;
  readonly forGood: string;
  readonly lost: string;
  readonly confirm: string;
}

export const OWN_MEMORY: Readonly<Record<Language, MemoryTexts>> = {
  en: {
    title: "What the tools remember",
    see: "See the notes",
    about:
      "Short notes from earlier conversations help the tools to go on where you stopped. They are kept for 30 days. You can change or delete each of them.",
    empty: "None of the tools here remembers anything.",
    none: "No notes yet.",
    change: "Change",
    changeOf: "Change “{note}”",
    field: "Note",
    hint: "What you write here stays as it is; the tool does not change it.",
    save: "Save",
    cancel: "Cancel",
    remove: "Delete note",
    gone: "This note no longer exists.",
    stop: "Do not remember",
    stopOf: "Do not remember: {tool}",
    resume: "Remember again",
    resumeOf: "Remember again: {tool}",
    stopped: "You have switched this off. Notes are neither written nor used.",
    all: "All tools",
    stopAll: "Switch off for all tools",
    resumeAll: "Switch on again",
    stoppedAll: "You have switched memory off for all tools. Notes are neither written nor used.",
    clear: "Delete all notes …",
    forGood: "This cannot be undone.",
    lost:
      "All notes are deleted now. Your conversations stay, and no notes are made of them again.",
    confirm: "Delete all notes",
  },
  es: {
    title: "Lo que recuerdan las herramientas",
    see: "Ver las notas",
    about:
      "Unas notas breves de conversaciones anteriores ayudan a las herramientas a seguir donde usted lo dejó. Se guardan 30 días. Puede cambiar o borrar cada una.",
    empty: "Ninguna de las herramientas recuerda nada aquí.",
    none: "Aún no hay notas.",
    change: "Cambiar",
    changeOf: "Cambiar «{note}»",
    field: "Nota",
    hint: "Lo que usted escriba se queda así; la herramienta no lo cambia.",
    save: "Guardar",
    cancel: "Cancelar",
    remove: "Borrar la nota",
    gone: "Esta nota ya no existe.",
    stop: "No recordar",
    stopOf: "No recordar: {tool}",
    resume: "Volver a recordar",
    resumeOf: "Volver a recordar: {tool}",
    stopped: "Usted lo ha desactivado. No se escriben ni se usan notas.",
    all: "Todas las herramientas",
    stopAll: "Desactivar en todas las herramientas",
    resumeAll: "Activar de nuevo",
    stoppedAll:
      "Usted ha desactivado la memoria en todas las herramientas. No se escriben ni se usan notas.",
    clear: "Borrar todas las notas …",
    forGood: "Esto no se puede deshacer.",
    lost:
      "Se borran ahora todas las notas. Sus conversaciones se quedan, y no se vuelven a hacer notas de ellas.",
    confirm: "Borrar todas las notas",
  },
  fr: {
    title: "Ce que les outils retiennent",
    see: "Voir les notes",
    about:
      "De courtes notes de conversations passées aident les outils à reprendre là où vous vous êtes arrêté. Elles sont conservées 30 jours. Vous pouvez modifier ou supprimer chacune d’elles.",
    empty: "Aucun des outils ne retient quoi que ce soit ici.",
    none: "Pas encore de notes.",
    change: "Modifier",
    changeOf: "Modifier « {note} »",
    field: "Note",
    hint: "Ce que vous écrivez reste tel quel ; l’outil ne le modifie pas.",
    save: "Enregistrer",
    cancel: "Annuler",
    remove: "Supprimer la note",
    gone: "Cette note n’existe plus.",
    stop: "Ne pas retenir",
    stopOf: "Ne pas retenir : {tool}",
    resume: "Retenir de nouveau",
    resumeOf: "Retenir de nouveau : {tool}",
    stopped: "Vous l’avez désactivé. Aucune note n’est écrite ni utilisée.",
    all: "Tous les outils",
    stopAll: "Désactiver pour tous les outils",
    resumeAll: "Réactiver",
    stoppedAll:
      "Vous avez désactivé la mémoire pour tous les outils. Aucune note n’est écrite ni utilisée.",
    clear: "Supprimer toutes les notes …",
    forGood: "C’est irréversible.",
    lost:
      "Toutes les notes sont supprimées maintenant. Vos conversations restent, sans que de nouvelles notes en soient faites.",
    confirm: "Supprimer toutes les notes",
  },
  pt: {
    title: "O que as ferramentas lembram",
    see: "Ver as notas",
    about:
      "Notas curtas de conversas anteriores ajudam as ferramentas a continuar onde parou. São guardadas por 30 dias. Pode alterar ou apagar cada uma.",
    empty: "Nenhuma das ferramentas lembra nada aqui.",
    none: "Ainda não há notas.",
    change: "Alterar",
    changeOf: "Alterar “{note}”",
    field: "Nota",
    hint: "O que escrever fica assim; a ferramenta não o altera.",
    save: "Guardar",
    cancel: "Cancelar",
    remove: "Apagar a nota",
    gone: "Esta nota já não existe.",
    stop: "Não lembrar",
    stopOf: "Não lembrar: {tool}",
    resume: "Voltar a lembrar",
    resumeOf: "Voltar a lembrar: {tool}",
    stopped: "Desativou isto. Não se escrevem nem se usam notas.",
    all: "Todas as ferramentas",
    stopAll: "Desativar em todas as ferramentas",
    resumeAll: "Ativar de novo",
    stoppedAll: "Desativou a memória em todas as ferramentas. Não se escrevem nem se usam notas.",
    clear: "Apagar todas as notas …",
    forGood: "Isto não pode ser desfeito.",
    lost:
      "Todas as notas são apagadas agora. As suas conversas ficam, e não se voltam a fazer notas delas.",
    confirm: "Apagar todas as notas",
  },
  sw: {
    title: "Zana zinachokumbuka",
    see: "Tazama maelezo",
    about:
      "Maelezo mafupi ya mazungumzo ya awali husaidia zana kuendelea ulipoishia. Huhifadhiwa kwa siku 30. Unaweza kubadilisha au kufuta kila moja.",
    empty: "Hakuna zana inayokumbuka chochote hapa.",
    none: "Bado hakuna maelezo.",
    change: "Badilisha",
    changeOf: "Badilisha “{note}”",
    field: "Maelezo",
    hint: "Unachoandika hapa hubaki kama kilivyo; zana haikibadilishi.",
    save: "Hifadhi",
    cancel: "Ghairi",
    remove: "Futa maelezo",
    gone: "Maelezo haya hayapo tena.",
    stop: "Usikumbuke",
    stopOf: "Usikumbuke: {tool}",
    resume: "Kumbuka tena",
    resumeOf: "Kumbuka tena: {tool}",
    stopped: "Umezima hili. Maelezo hayaandikwi wala hayatumiki.",
    all: "Zana zote",
    stopAll: "Zima kwa zana zote",
    resumeAll: "Washa tena",
    stoppedAll: "Umezima kumbukumbu kwa zana zote. Maelezo hayaandikwi wala hayatumiki.",
    clear: "Futa maelezo yote …",
    forGood: "Hili haliwezi kutenduliwa.",
    lost: "Maelezo yote yanafutwa sasa. Mazungumzo yako yanabaki, na hayatawekewa maelezo tena.",
    confirm: "Futa maelezo yote",
  },
  id: {
    title: "Yang diingat oleh alat",
    see: "Lihat catatan",
    about:
      "Catatan singkat dari percakapan sebelumnya membantu alat melanjutkan dari tempat Anda berhenti. Catatan disimpan selama 30 hari. Anda dapat mengubah atau menghapus setiap catatan.",
    empty: "Tidak ada alat yang mengingat apa pun di sini.",
    none: "Belum ada catatan.",
    change: "Ubah",
    changeOf: "Ubah “{note}”",
    field: "Catatan",
    hint: "Yang Anda tulis di sini tetap begitu; alat tidak mengubahnya.",
    save: "Simpan",
    cancel: "Batal",
    remove: "Hapus catatan",
    gone: "Catatan ini sudah tidak ada.",
    stop: "Jangan ingat",
    stopOf: "Jangan ingat: {tool}",
    resume: "Ingat lagi",
    resumeOf: "Ingat lagi: {tool}",
    stopped: "Anda mematikan ini. Catatan tidak ditulis dan tidak dipakai.",
    all: "Semua alat",
    stopAll: "Matikan untuk semua alat",
    resumeAll: "Nyalakan lagi",
    stoppedAll: "Anda mematikan catatan untuk semua alat. Catatan tidak ditulis dan tidak dipakai.",
    clear: "Hapus semua catatan …",
    forGood: "Ini tidak dapat dibatalkan.",
    lost: "Semua catatan dihapus sekarang. Percakapan Anda tetap ada, dan tidak dicatat lagi.",
    confirm: "Hapus semua catatan",
  },
  ar: {
    title: "ما تتذكره الأدوات",
    see: "عرض الملاحظات",
    about:
      "ملاحظات قصيرة من محادثات سابقة تساعد الأدوات على المتابعة من حيث توقفت. تُحفظ 30 يومًا، ويمكنك تغيير كل منها أو حذفه.",
    empty: "لا تتذكر أي من الأدوات شيئًا هنا.",
    none: "لا توجد ملاحظات بعد.",
    change: "تغيير",
    changeOf: "تغيير «{note}»",
    field: "الملاحظة",
    hint: "ما تكتبه هنا يبقى كما هو، ولا تغيّره الأداة.",
    save: "حفظ",
    cancel: "إلغاء",
    remove: "حذف الملاحظة",
    gone: "لم تعد هذه الملاحظة موجودة.",
    stop: "لا تتذكر",
    stopOf: "لا تتذكر: {tool}",
    resume: "تذكّر من جديد",
    resumeOf: "تذكّر من جديد: {tool}",
    stopped: "لقد أوقفت هذا. لا تُكتب ملاحظات ولا تُستخدم.",
    all: "كل الأدوات",
    stopAll: "إيقاف لكل الأدوات",
    resumeAll: "تشغيل من جديد",
    stoppedAll: "لقد أوقفت الذاكرة لكل الأدوات. لا تُكتب ملاحظات ولا تُستخدم.",
    clear: "حذف كل الملاحظات …",
    forGood: "لا يمكن التراجع عن هذا.",
    lost: "تُحذف كل الملاحظات الآن. تبقى محادثاتك، ولا تُكتب ملاحظات عنها مرة أخرى.",
    confirm: "حذف كل الملاحظات",
  },
  hi: {
    title: "टूल क्या याद रखते हैं",
    see: "नोट देखें",
    about:
      "पिछली बातचीत के छोटे नोट टूल को वहीं से आगे बढ़ने में मदद करते हैं जहाँ आप रुके थे। वे 30 दिन तक रखे जाते हैं। आप हर नोट बदल या हटा सकते हैं।",
    empty: "यहाँ कोई टूल कुछ याद नहीं रखता।",
    none: "अभी कोई नोट नहीं है।",
    change: "बदलें",
    changeOf: "“{note}” बदलें",
    field: "नोट",
    hint: "आप यहाँ जो लिखते हैं वह वैसा ही रहता है; टूल उसे नहीं बदलता।",
    save: "सहेजें",
    cancel: "रद्द करें",
    remove: "नोट हटाएँ",
    gone: "यह नोट अब नहीं है।",
    stop: "याद न रखें",
    stopOf: "याद न रखें: {tool}",
    resume: "फिर से याद रखें",
    resumeOf: "फिर से याद रखें: {tool}",
    stopped: "आपने इसे बंद किया है। नोट न लिखे जाते हैं, न इस्तेमाल होते हैं।",
    all: "सभी टूल",
    stopAll: "सभी टूल के लिए बंद करें",
    resumeAll: "फिर से चालू करें",
    stoppedAll: "आपने सभी टूल के लिए याद रखना बंद किया है। नोट न लिखे जाते हैं, न इस्तेमाल होते हैं।",
    clear: "सभी नोट हटाएँ …",
    forGood: "इसे वापस नहीं किया जा सकता।",
    lost: "सभी नोट अभी हटाए जाते हैं। आपकी बातचीत रहती है, और उनके नोट फिर नहीं बनाए जाते।",
    confirm: "सभी नोट हटाएँ",
  },
};
