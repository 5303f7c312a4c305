import type { PictureTexts } from "./picture_texts.ts";

export const ARABIC_PICTURES: PictureTexts = {
  add: "إضافة صورة",
  preparing: "جارٍ تجهيز الصورة …",
  ready: "{size} · تُزال بيانات المكان والكاميرا.",
  removed: "أُزيلت الصورة.",
  remove: "إزالة {name}",
  picture: "الصورة {number}",
  heic:
    "لا يمكن قراءة صيغة هذا الهاتف (HEIC) هنا. شارك الصورة بصيغة JPEG، أو التقط لها صورة شاشة وأرسلها.",
  unreadable: "لا يمكن قراءة هذا النوع من الصور. أرسلها بصيغة JPEG أو PNG.",
  notSeen: "لا يستطيع نموذج هذه الأداة رؤية الصور.",
  tooMany: "لا يزيد عدد الصور في الرسالة على {most}.",
  noRoom: "لا متسع في هذا الجهاز لمزيد من الصور. أضفها من جديد عند عودة الاتصال.",
  form: "صور (JPEG أو PNG أو WebP، أربع على الأكثر)",
};
