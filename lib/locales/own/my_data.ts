import type { Language } from "../../shared/languages.ts";
import type { Text } from "../../shared/text.ts";
import type { Forms } from "../plurals.ts";

interface MyDataTexts {
  readonly title: string;
  readonly kept: string;
  readonly conversations: string;
  readonly pictures: string;
  readonly recordings: string;
  readonly links: string;
  readonly phone: string;
  readonly oldest: string;
  readonly none: string;
  readonly belongs: string;
  readonly devices: string;
  readonly take: string;
  readonly takeAbout: string;
  readonly download: string;
  readonly remove: string;
  readonly removeAbout: string;
  /** While the server keeps backups. */
  readonly backups: Text<"date">;
  readonly forGood: string;
  /** Counted in conversations. */
  readonly now: Forms;
  readonly confirm: Forms;
  readonly cancel: string;
  readonly done: string;
  readonly costKept: string;
}

export const OWN_MY_DATA: Readonly<Record<Language, MyDataTexts>> = {
  en: {
    title: "My data",
    kept: "What is kept here",
    conversations: "Conversations",
    pictures: "Pictures",
    recordings: "Recordings",
    links: "Shared links",
    phone: "Linked phone",
    oldest: "Oldest will be deleted on",
    none: "none",
    belongs: "It belongs to this browser. There is no account and no name.",
    devices: "See the devices",
    take: "Take it with you",
    takeAbout:
      "One file with all conversations, pictures, ratings and links. Keep it where only you can read it.",
    download: "Download my data",
    remove: "Delete everything",
    removeAbout:
      "Deletes all conversations, pictures, links and the phone link, here and on WhatsApp, at once. Only the cost is kept, not the text.",
    backups: "Backups of this server may still hold it until {date}.",
    forGood: "This cannot be undone.",
    now: {
      one: "# conversation is deleted now.",
      other: "# conversations are deleted now.",
    },
    confirm: { one: "Delete # conversation", other: "Delete # conversations" },
    cancel: "Cancel",
    done: "Everything is deleted.",
    costKept: "Only the cost is kept, not the text.",
  },
  es: {
    title: "Mis datos",
    kept: "Qué se guarda aquí",
    conversations: "Conversaciones",
    pictures: "Imágenes",
    recordings: "Grabaciones",
    links: "Enlaces compartidos",
    phone: "Teléfono vinculado",
    oldest: "La más antigua se elimina el",
    none: "ninguno",
    belongs: "Pertenece a este navegador. No hay cuenta ni nombre.",
    devices: "Ver los dispositivos",
    take: "Llévelo consigo",
    takeAbout:
      "Un archivo con todas las conversaciones, imágenes, valoraciones y enlaces. Guárdelo donde solo usted pueda leerlo.",
    download: "Descargar mis datos",
    remove: "Eliminar todo",
    removeAbout:
      "Elimina todas las conversaciones, imágenes, enlaces y el vínculo con el teléfono, aquí y en WhatsApp, de inmediato. Solo se conserva el coste, no el texto.",
    backups: "Las copias de seguridad de este servidor pueden conservarlo hasta el {date}.",
    forGood: "Esto no se puede deshacer.",
    now: {
      one: "Se elimina ahora # conversación.",
      many: "Se eliminan ahora # conversaciones.",
      other: "Se eliminan ahora # conversaciones.",
    },
    confirm: {
      one: "Eliminar # conversación",
      many: "Eliminar # conversaciones",
      other: "Eliminar # conversaciones",
    },
    cancel: "Cancelar",
    done: "Todo está eliminado.",
    costKept: "Solo se conserva el coste, no el texto.",
  },
  fr: {
    title: "Mes données",
    kept: "Ce qui est conservé ici",
    conversations: "Conversations",
    pictures: "Images",
    recordings: "Enregistrements",
    links: "Liens partagés",
    phone: "Téléphone lié",
    oldest: "La plus ancienne sera supprimée le",
    none: "aucun",
    belongs: "Cela appartient à ce navigateur. Il n’y a ni compte ni nom.",
    devices: "Voir les appareils",
    take: "Emportez-les",
    takeAbout:
      "Un fichier avec toutes les conversations, images, évaluations et liens. Gardez-le là où vous seul pouvez le lire.",
    download: "Télécharger mes données",
    remove: "Tout supprimer",
    removeAbout:
      "Supprime toutes les conversations, les images, les liens et le lien avec le téléphone, ici et sur WhatsApp, tout de suite. Seul le coût est conservé, pas le texte.",
    backups: "Les sauvegardes de ce serveur peuvent encore le contenir jusqu’au {date}.",
    forGood: "C’est définitif.",
    now: {
      one: "# conversation est supprimée maintenant.",
      many: "# conversations sont supprimées maintenant.",
      other: "# conversations sont supprimées maintenant.",
    },
    confirm: {
      one: "Supprimer # conversation",
      many: "Supprimer # conversations",
      other: "Supprimer # conversations",
    },
    cancel: "Annuler",
    done: "Tout est supprimé.",
    costKept: "Seul le coût est conservé, pas le texte.",
  },
  pt: {
    title: "Os meus dados",
    kept: "O que é guardado aqui",
    conversations: "Conversas",
    pictures: "Imagens",
    recordings: "Gravações",
    links: "Ligações partilhadas",
    phone: "Telefone ligado",
    oldest: "A mais antiga será eliminada em",
    none: "nenhum",
    belongs: "Pertence a este navegador. Não há conta nem nome.",
    devices: "Ver os dispositivos",
    take: "Leve-os consigo",
    takeAbout:
      "Um ficheiro com todas as conversas, imagens, avaliações e ligações. Guarde-o onde só você o possa ler.",
    download: "Descarregar os meus dados",
    remove: "Eliminar tudo",
    removeAbout:
      "Elimina todas as conversas, imagens, ligações partilhadas e a ligação ao telefone, aqui e no WhatsApp, de imediato. Só o custo é guardado, não o texto.",
    backups: "As cópias de segurança deste servidor podem ainda contê-lo até {date}.",
    forGood: "Não pode ser desfeito.",
    now: {
      one: "# conversa é eliminada agora.",
      many: "# conversas são eliminadas agora.",
      other: "# conversas são eliminadas agora.",
    },
    confirm: {
      one: "Eliminar # conversa",
      many: "Eliminar # conversas",
      other: "Eliminar # conversas",
    },
    cancel: "Cancelar",
    done: "Está tudo eliminado.",
    costKept: "Só o custo é guardado, não o texto.",
  },
  sw: {
    title: "Data yangu",
    kept: "Kinachohifadhiwa hapa",
    conversations: "Mazungumzo",
    pictures: "Picha",
    recordings: "Rekodi",
    links: "Viungo vilivyoshirikiwa",
    phone: "Simu iliyounganishwa",
    oldest: "Ya zamani zaidi yatafutwa tarehe",
    none: "hakuna",
    belongs: "Ni ya kivinjari hiki. Hakuna akaunti wala jina.",
    devices: "Tazama vifaa",
    take: "Ichukue",
    takeAbout:
      "Faili moja yenye mazungumzo yote, picha, ukadiriaji na viungo. Iweke mahali ambapo wewe tu unaweza kuisoma.",
    download: "Pakua data yangu",
    remove: "Futa kila kitu",
    removeAbout:
      "Hufuta mazungumzo yote, picha, viungo na muunganisho wa simu, hapa na kwenye WhatsApp, mara moja. Gharama tu huhifadhiwa, si maandishi.",
    backups: "Nakala za hifadhi za seva hii zinaweza bado kuwa nayo hadi {date}.",
    forGood: "Hili haliwezi kutenduliwa.",
    now: {
      one: "Mazungumzo # yanafutwa sasa.",
      other: "Mazungumzo # yanafutwa sasa.",
    },
    confirm: { one: "Futa mazungumzo #", other: "Futa mazungumzo #" },
    cancel: "Ghairi",
    done: "Kila kitu kimefutwa.",
    costKept: "Gharama tu huhifadhiwa, si maandishi.",
  },
  id: {
    title: "Data saya",
    kept: "Yang disimpan di sini",
    conversations: "Percakapan",
    pictures: "Gambar",
    recordings: "Rekaman",
    links: "Tautan yang dibagikan",
    phone: "Telepon tertaut",
    oldest: "Yang terlama akan dihapus pada",
    none: "tidak ada",
    belongs: "Ini milik peramban ini. Tidak ada akun dan tidak ada nama.",
    devices: "Lihat perangkat",
    take: "Bawa data Anda",
    takeAbout:
      "Satu berkas berisi semua percakapan, gambar, penilaian, dan tautan. Simpan di tempat yang hanya Anda yang dapat membacanya.",
    download: "Unduh data saya",
    remove: "Hapus semuanya",
    removeAbout:
      "Menghapus semua percakapan, gambar, tautan, dan tautan telepon, di sini dan di WhatsApp, seketika. Hanya biayanya yang disimpan, bukan teksnya.",
    backups: "Cadangan server ini mungkin masih menyimpannya sampai {date}.",
    forGood: "Ini tidak dapat diurungkan.",
    now: { other: "# percakapan dihapus sekarang." },
    confirm: { other: "Hapus # percakapan" },
    cancel: "Batal",
    done: "Semuanya sudah dihapus.",
    costKept: "Hanya biayanya yang disimpan, bukan teksnya.",
  },
  ar: {
    title: "بياناتي",
    kept: "ما يُحفظ هنا",
    conversations: "المحادثات",
    pictures: "الصور",
    recordings: "التسجيلات",
    links: "الروابط المشارَكة",
    phone: "الهاتف المرتبط",
    oldest: "تُحذف أقدمها في",
    none: "لا شيء",
    belongs: "هي تخص هذا المتصفح. لا حساب هنا ولا اسم.",
    devices: "عرض الأجهزة",
    take: "خذها معك",
    takeAbout: "ملف واحد فيه كل المحادثات والصور والتقييمات والروابط. احفظه حيث لا يقرؤه غيرك.",
    download: "تنزيل بياناتي",
    remove: "حذف كل شيء",
    removeAbout:
      "يحذف كل المحادثات والصور والروابط والربط مع الهاتف، هنا وعلى واتساب، فورًا. لا تُحفظ إلا التكلفة، لا النص.",
    backups: "قد تبقى في النسخ الاحتياطية لهذا الخادم حتى {date}.",
    forGood: "لا يمكن التراجع عن هذا.",
    now: {
      zero: "تُحذف الآن # محادثة.",
      one: "تُحذف الآن محادثة واحدة.",
      two: "تُحذف الآن محادثتان.",
      few: "تُحذف الآن # محادثات.",
      many: "تُحذف الآن # محادثة.",
      other: "تُحذف الآن # محادثة.",
    },
    confirm: {
      zero: "حذف # محادثة",
      one: "حذف محادثة واحدة",
      two: "حذف محادثتين",
      few: "حذف # محادثات",
      many: "حذف # محادثة",
      other: "حذف # محادثة",
    },
    cancel: "إلغاء",
    done: "حُذف كل شيء.",
    costKept: "لا تُحفظ إلا التكلفة، لا النص.",
  },
  hi: {
    title: "मेरा डेटा",
    kept: "यहाँ क्या रखा है",
    conversations: "बातचीत",
    pictures: "चित्र",
    recordings: "रिकॉर्डिंग",
    links: "साझा लिंक",
    phone: "जुड़ा हुआ फ़ोन",
    oldest: "सबसे पुरानी हटेगी",
    none: "कोई नहीं",
    belongs: "यह इस ब्राउज़र का है। कोई खाता नहीं है और कोई नाम नहीं।",
    devices: "डिवाइस देखें",
    take: "इसे साथ ले जाएँ",
    takeAbout: "एक फ़ाइल में सारी बातचीत, चित्र, रेटिंग और लिंक। इसे वहाँ रखें जहाँ केवल आप पढ़ सकें।",
    download: "मेरा डेटा डाउनलोड करें",
    remove: "सब कुछ हटाएँ",
    removeAbout:
      "सारी बातचीत, चित्र, लिंक और फ़ोन का जुड़ाव यहाँ और WhatsApp पर तुरंत हटाता है। केवल ख़र्च रखा जाता है, टेक्स्ट नहीं।",
    backups: "इस सर्वर के बैकअप में यह {date} तक रह सकता है।",
    forGood: "इसे वापस नहीं लाया जा सकता।",
    now: { one: "# बातचीत अभी हटाई जाती है।", other: "# बातचीत अभी हटाई जाती हैं।" },
    confirm: { one: "# बातचीत हटाएँ", other: "# बातचीत हटाएँ" },
    cancel: "रद्द करें",
    done: "सब कुछ हटा दिया गया।",
    costKept: "केवल ख़र्च रखा जाता है, टेक्स्ट नहीं।",
  },
};
