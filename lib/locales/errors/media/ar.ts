import { formatCount } from "../../../shared/formats.ts";
import type { MediaErrors } from "../error_texts.ts";

const ANOTHER = "أرسلها بصيغة JPEG أو PNG.";

export const ARABIC_MEDIA: MediaErrors = {
  "picture.animated": "لا يمكن قراءة الصور المتحركة. أرسل صورة ثابتة.",
  "picture.damaged": "هذه الصورة تالفة أو ناقصة. اختر صورة أخرى.",
  "picture.format": ({ format }) => `لا يمكن قراءة صور ${format}. ${ANOTHER}`,
  "picture.gone": "لم تعد هذه الصورة متاحة.",
  "picture.heic": "لا يمكن قراءة صور HEIC. شاركها بصيغة JPEG، أو التقط لها صورة شاشة وأرسلها.",
  "picture.implausible": "محتوى هذه الصورة لا يوافق حجمها. اختر صورة أخرى.",
  "picture.no_room":
    "لا مكان لصور أخرى هنا حاليًا. تستطيع المنظمة التي تدير هذه الصفحة توفير مكان. يمكن إرسال نصك بدونها.",
  "picture.not_seen": "لا يستطيع نموذج هذه الأداة رؤية الصور.",
  "picture.quota": ({ megabytes }) =>
    `لا يزيد حجم صورك وتسجيلاتك معًا على ${megabytes} ميغابايت. احذف محادثة فيها صور، ثم أرسلها من جديد.`,
  "picture.together": ({ megabytes }) =>
    `لا يزيد حجم صور الرسالة معًا على ${megabytes} ميغابايت. أرسل صورًا أقل أو أصغر.`,
  "picture.too_large": ({ megabytes }) =>
    `هذه الصورة كبيرة جدًا: ${megabytes} ميغابايت على الأكثر. أرسل صورة أصغر.`,
  "picture.too_many": ({ most }) => `لا يزيد عدد الصور في الرسالة على ${most}.`,
  "picture.too_many_pixels": ({ width, height, most }) =>
    `هذه الصورة كبيرة جدًا: ${width} × ${height} بكسل، أكثر من ${
      most / 1_000_000
    } مليون. أرسل صورة أصغر.`,
  "picture.too_wide": ({ width, height, most }) =>
    `هذه الصورة كبيرة جدًا: ${width} × ${height} بكسل. لا يزيد كل جانب على ${most}.`,
  "picture.trailing": "في هذا الملف أكثر من صورة. التقط صورة شاشة للصورة وأرسلها.",
  "picture.unknown": `لا يمكن قراءة هذا النوع من الصور. ${ANOTHER}`,
  "picture.wrong_type": ({ shown }) =>
    `يقول هذا الملف إنه نوع آخر من الصور غير ما هو عليه (${shown}). ${ANOTHER}`,
  "audio.not_heard":
    "لا يستطيع نموذج هذه الأداة سماع هذا التسجيل، ولم يُكتب نصه. اكتب رسالتك، أو سجّلها من جديد.",
  "audio.unpriced": ({ model }) =>
    `لم يُرسل شيء: لا يُعرف سعر الصوت للنموذج «${model}». يمكن لمسؤول أن يضيفه إلى الأسعار.`,
  "sound.no_room":
    "لا مكان لتسجيلات أخرى هنا حاليًا. تستطيع المنظمة التي تدير هذه الصفحة توفير مكان. يمكنك كتابة رسالتك.",
  "sound.quota": ({ megabytes }) =>
    `لا يزيد حجم تسجيلاتك وصورك معًا على ${megabytes} ميغابايت. أزل واحدًا، أو احذف محادثة فيها تسجيلات، أو حاول غدًا.`,
  "sound.too_large": ({ megabytes }) => `لا يزيد حجم التسجيل على ${megabytes} ميغابايت.`,
  "sound.too_long": ({ minutes }) => `لا تزيد مدة التسجيل بالدقائق على ${minutes}.`,
  "sound.unreadable":
    "لا يمكن تحويل هذا النوع من التسجيلات إلى نص. أرسله بصيغة MP3 أو M4A أو Ogg أو WebM.",
  "upload.gone": "لم يعد هذا التسجيل هنا. سجّله من جديد.",
  "upload.header": ({ field }) => `يحتاج الطلب إلى الحقل \`${field}\` وفيه عدد صحيح.`,
  "upload.offset": ({ offset }) => `تبدأ القطعة التالية عند البايت ${offset}.`,
  "upload.piece": ({ most }) =>
    `حجم القطعة من ${formatCount(1_000, "ar")} إلى ${most} بايت، والأخيرة ما بقي من الملف.`,
  "voice.failed": "تعذّر تحويل التسجيل إلى نص. التسجيل محفوظ. حاول مرة أخرى.",
  "voice.under_way": "يُحوَّل هذا التسجيل إلى نص الآن.",
};
