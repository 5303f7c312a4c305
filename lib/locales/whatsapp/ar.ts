import type { WhatsAppTexts } from "./catalogue.ts";
import { bold, truncateLine } from "../../shared/truncate_line.ts";
import { itemLines, menuLines } from "./menu_lines.ts";
import { memoryLines } from "./memory_lines.ts";
import { counter, wait } from "../plurals.ts";

const counted = counter("ar");
const units = {
  minutes: (count: number) =>
    counted(count, {
      zero: "# دقيقة",
      one: "دقيقة واحدة",
      two: "دقيقتين",
      few: "# دقائق",
      many: "# دقيقة",
      other: "# دقيقة",
    }),
  seconds: (count: number) =>
    counted(count, {
      zero: "# ثانية",
      one: "ثانية واحدة",
      two: "ثانيتين",
      few: "# ثوانٍ",
      many: "# ثانية",
      other: "# ثانية",
    }),
  replies: (count: number) =>
    counted(count, {
      zero: "لا ردود",
      one: "رد واحد",
      two: "ردان",
      few: "# ردود",
      many: "# ردًا",
      other: "# رد",
    }),
  messages: (count: number) =>
    counted(count, {
      zero: "لا رسائل",
      one: "رسالة واحدة",
      two: "رسالتان",
      few: "# رسائل",
      many: "# رسالة",
      other: "# رسالة",
    }),
  characters: (count: number) =>
    counted(count, {
      zero: "# حرف",
      one: "حرف واحد",
      two: "حرفان",
      few: "# أحرف",
      many: "# حرفًا",
      other: "# حرف",
    }),
};

const about = (usd: string | null) => usd === null ? "أقل من سنت واحد" : `نحو ${usd}`;

export const ARABIC: WhatsAppTexts = {
  welcome:
    "👋 أهلًا! هنا يجيبك ذكاء اصطناعي. قد يخطئ، وكل رسالة تكلّف هذه المنظمة قليلًا.\n\nأرسل *مساعدة* لمعرفة ما يمكنك فعله، و *اللغة* لاختيار لغة أخرى. أرسل *STOP* ولن تصلك رسائل بعد ذلك.",
  menu: (page, current) =>
    menuLines("*بماذا أساعدك؟* أرسل رقمًا.", page, {
      current: current === null ? null : `الآن: ${bold(current)}`,
      page: `الصفحة ${page.page} من ${page.pages}.`,
      more: "أرسل *المزيد* للصفحة التالية.",
    }),
  picked: ({ icon, name, description }) =>
    `${icon} ${bold(name)}\n${truncateLine(description, 300)}\n\n` +
    "تفضّل: ماذا أفعل لك؟ *القائمة* تعرض كل الأدوات.",
  ambiguous: (items) => `أيّها تقصد؟ أرسل رقمها.\n${itemLines(items)}`,
  help: (tool) =>
    (tool === null ? "لم تُختر أداة بعد." : `أنت تتحدث مع ${bold(tool)}.`) + " " +
    "اكتب فحسب. أو أرسل:\n\n*القائمة* – كل الأدوات\n*جديد* – محادثة جديدة\n*التكلفة* – كم كلّف هذا\n*اللغة* – لغة أخرى\n*LINK* – المتابعة على الويب\n*إلغاء الربط* – إنهاء ذلك\n*مرآة* – ما يصل هنا من الويب\n*صوت* – ردود منطوقة\n*الذاكرة* – ما تتذكره الأدوات عنك\n*تصدير* – بياناتك\n*احذف بياناتي* – حذفها\n*STOP* – لا رسائل بعد الآن",
  noTools: "لا يتوفر شيء على واتساب حاليًا. حاول في يوم آخر من فضلك.",
  pickFirst: "اختر أولًا من فضلك بماذا أساعدك.",
  dataHandled: (tool) =>
    `ما تكتبه إلى ${
      bold(tool)
    } يُرسل إلى مزوّد ذكاء اصطناعي ويُحفظ هنا. لا ترسل أسرارًا من فضلك. *احذف بياناتي* يحذفه.`,
  newStarted: (tool) => `🆕 محادثة جديدة مع ${bold(tool)}. ما سبق لم يعد مستخدمًا.`,
  cost: ({ replies, conversation, today }) =>
    `💰 هذه المحادثة: ${conversation} (${units.replies(replies)}).\nاليوم إجمالًا: ${today}.`,
  exportSent: (messages) => `📄 هذه بياناتك (${units.messages(messages)}).`,
  exportLink: (address, minutes) => `📄 بياناتك، لمدة ${units.minutes(minutes)}:\n${address}`,
  nothingToExport: "لا توجد بيانات لك لتصديرها بعد.",
  deleteAsk:
    "⚠️ حذف كل محادثاتك وما أتذكره عنك وروابطك نهائيًا؟ أرسل *نعم* للحذف أو *لا* للإبقاء عليها.",
  deleteDone: "🗑️ حُذفت بياناتك. اكتب في أي وقت للبدء من جديد.",
  declined: "حسنًا، لم يتغيّر شيء.",
  optedOut: "لن تصلك رسائل منا بعد الآن. أرسل *START* للعودة.",
  optedIn: "أهلًا بعودتك! تصلك الرسائل من جديد. *STOP* يوقفها.",
  languageList: (names) =>
    `أي لغة؟ أرسل رقمها.\n${names.map((name, at) => `${at + 1}. ${name}`).join("\n")}`,
  languageChanged: "أتكلم العربية هنا الآن. يمكنك أن تكتب إلى الأدوات بأي لغة.",
  linkDone:
    "🔗 تم الربط! هذه الدردشة وصفحة الويب محادثة واحدة الآن. *إلغاء الربط* ينهيه، و *مرآة* تحدد ما يصل هنا.",
  linkFailed: "هذا الرمز غير صحيح. تحقق منه في صفحة الويب أو اطلب رمزًا جديدًا هناك.",
  linkExpired: "انتهت صلاحية هذا الرمز. اطلب رمزًا جديدًا في صفحة الويب.",
  linkBlocked: (minutes) => `رموز خاطئة كثيرة. انتظر ${units.minutes(minutes)} من فضلك.`,
  linkHow:
    "لربط هذه الدردشة بالويب: افتح دردشة هناك، واختر “WhatsApp” وأرسل لي ما يظهر، مثل *LINK* 2345-ABCD.",
  unlinkAsk: "فصل هذه الدردشة عن صفحة الويب؟ أرسل *نعم* أو *لا*.",
  unlinked: "هذه الدردشة وصفحة الويب منفصلتان من جديد.",
  notLinked: "هذه الدردشة غير مربوطة بالويب. *LINK* يشرح كيف.",
  linkCode: (code, minutes) =>
    `رمزك: ${code}\nاكتبه في صفحة الويب خلال ${
      units.minutes(minutes)
    }. إن لم تطلبه فتجاهل هذه الرسالة.`,
  mirror: (mirror, { reply, both }) =>
    `من الويب يصل هنا الآن: *${
      { reply: "الرد", both: "السؤال والرد", off: "لا شيء" }[mirror]
    }*.\n\n` +
    `*مرآة الرد* – الرد (${about(reply)} لكل رد)\n*مرآة الكل* – السؤال والرد (${
      about(both)
    })\n*مرآة إيقاف* – لا شيء`,
  voice: (mode, cost) =>
    `مع النص تصلك رسالة صوتية: *${
      { spoken: "عندما تتكلم", always: "دائمًا", never: "أبدًا" }[mode]
    }*.\n\n*صوت عند كلامي* – عندما ترسل رسالة صوتية (${
      about(cost)
    } لكل رسالة)\n*صوت دائمًا* – مع كل رد\n*صوت أبدًا* – نص فقط`,
  voiceNone: "الردود هنا لا تُقرأ صوتيًا: لم يُضبط خادم للصوت. ما زال بإمكانك إرسال رسائل صوتية.",
  voiceCut: (words) =>
    `🔊 تنتهي الرسالة الصوتية بعد «…${truncateLine(words, 200)}». الباقي في النص أعلاه.`,
  fromWeb: (question) => `💻 أنت، على الويب: ${truncateLine(question, 500)}`,
  limited: (seconds) => `كان ذلك سريعًا جدًا. انتظر ${wait(seconds, units)} ثم اكتب من جديد.`,
  overBudget: (resets) => `نفدت ميزانية اليوم. أستطيع الرد من جديد ابتداءً من: ${resets}.`,
  shareUsed: (resets) =>
    `لقد استخدمت حصتك لهذا اليوم. أستطيع الرد عليك من جديد ابتداءً من: ${resets}.`,
  mediaRefused: "أستطيع قراءة النص والصور والرسائل الصوتية فقط. أرسله نصًا من فضلك.",
  modelEnded:
    "لا تستطيع هذه الأداة الإجابة الآن: نموذج الذكاء الاصطناعي الذي تستخدمه لم يعد موجودًا. تم إبلاغ المسؤولين. *القائمة* تعرض أدوات أخرى.",
  imagesNotSeen: "هذه الأداة لا ترى الصور. صِفها بالكلمات من فضلك.",
  pictureNotRead: "لا أستطيع قراءة هذه الصورة. من فضلك أرسلها كصورة عادية بصيغة JPEG أو PNG.",
  mediaTooLarge: (megabytes) => `هذا كبير جدًا. ${megabytes} ميغابايت على الأكثر من فضلك.`,
  voiceHeard: (transcript) => `🎤 “${truncateLine(transcript, 1_000)}”`,
  recordingKept: "يبقى التسجيل مع هذه المحادثة حتى تحذفها.",
  voiceUnwritten: "لم أستطع كتابة تلك الرسالة الصوتية. يستمع إليها النموذج مباشرة.",
  voiceMarker: (time) => `(رسالة صوتية، ${time}، لم تُكتب)`,
  voiceFailed: "لم أستطع فهم تلك الرسالة الصوتية. حاول مرة أخرى أو اكتبها.",
  voiceTooLong: (minutes) =>
    `تلك الرسالة الصوتية طويلة جدًا. أرسل ما لا يتجاوز ${units.minutes(minutes)} من فضلك.`,
  takenOver: "👤 يجيبك شخص من الآن؛ والذكاء الاصطناعي صامت.",
  handedBack: "🤖 الذكاء الاصطناعي يجيبك من جديد.",
  fromHuman: (text) => `👤 ${text}`,
  offScope: (tool, scope) =>
    `${bold(tool)} لا تستطيع المساعدة في ذلك هنا. هي مخصصة لـ: ${
      truncateLine(scope, 500)
    }\n*القائمة* تعرض ما يتوفر غيرها.`,
  failed: (retry) =>
    retry
      ? "حدث خطأ، عذرًا. أرسلها من جديد بعد دقيقة."
      : "عذرًا، لا أستطيع الرد على ذلك. قلها بطريقة أخرى أو أرسل *القائمة*.",
  interrupted: "⚠️ _انقطع الرد هنا. أرسل رسالتك من جديد ليصلك كاملًا._",
  otherModel: "_أجاب نموذج آخر._",
  propose: (tool) => `يبدو أن هذا يناسب ${bold(tool)}. هل أنتقل؟ *نعم* أو *لا*`,
  tooLong: (characters) => `هذا طويل جدًا علي. ${units.characters(characters)} على الأكثر من فضلك.`,
  audioNotHeard:
    "لا أستطيع سماع هذا النوع من التسجيلات. اضغط مطولًا على الميكروفون هنا في واتساب وتحدث، أو اكتب ما تريد.",
  mediaGone: "لم أستطع فتح ما أرسلته. أرسله مرة أخرى من فضلك، أو اكتبه.",
  reviewed:
    "لتحسين هذه الأدوات، قد يقرأ أشخاص من هذه المؤسسة ما تكتبه هنا من الآن. لا تكتب شيئًا يجب أن يبقى سرًا.",
  memory: (notes, off) =>
    memoryLines(notes, off, {
      title: "🧠 ما تتذكره الأدوات عنك، لمدة 30 يومًا:",
      none: "🧠 ليست لدى الأدوات ملاحظات عنك.",
      off: "لقد أوقفت هذا: لا تُكتب ملاحظات ولا تُستخدم. *تشغيل الذاكرة* يغيّر ذلك.",
      how: "*إيقاف الذاكرة* ينهي هذا، و*حذف الذاكرة* يحذف الملاحظات.",
    }),
  memoryOff:
    "🧠 لن تكتب الأدوات ملاحظات عنك ولن تستخدمها. *تشغيل الذاكرة* يغيّر ذلك، و*حذف الذاكرة* يحذف الموجود منها.",
  memoryOn: "🧠 الأدوات التي تتذكر تكتب من جديد ملاحظات قصيرة عن محادثاتنا. *الذاكرة* تعرضها.",
  memoryCleared: "🗑️ حُذفت الملاحظات عنك. تبقى محادثاتك.",
  remembers:
    "تحتفظ هذه الأداة بملاحظات قصيرة عن محادثاتنا لمدة 30 يومًا. *الذاكرة* تعرضها، و*إيقاف الذاكرة* ينهي ذلك.",
};
