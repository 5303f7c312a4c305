import { formatCount } from "../../../shared/formats.ts";
import { sendAgain } from "../../../shared/send_again.ts";
import { fill } from "../../../shared/text.ts";
import { ARABIC_COMPOSER } from "../../page/chat/ar.ts";
import { dayAndMonth, secondsUntil } from "../../times.ts";
import type { Takes } from "../codes.ts";
import type { ErrorTexts } from "../error_texts.ts";
import { ARABIC_MEDIA } from "../media/ar.ts";

const { sendAgain: SEND_AGAIN, tooLong: TOO_LONG } = ARABIC_COMPOSER;

const TAKES: Readonly<Record<Takes, string>> = {
  attachments: "معرّفات أربع صور وتسجيل واحد على الأكثر",
  chatAction: "send أو edit أو regenerate أو continue",
  linkCode: "الرمز الذي في الرسالة",
  linkCodeBody: "كائن فيه code",
  messageNumber: "رقم رسالة",
  messageText: "النص ناقص",
  object: "كائن",
  phone: "رقم هاتف",
  requestId: "من 16 إلى 64 حرفًا أو رقمًا أو - أو _",
  toolId: "أحرف صغيرة وأرقام وشرطات، 64 على الأكثر",
  turnBody: "كائن فيه toolId و message",
};

const TOO_MANY = {
  messages: "رسائل كثيرة",
  codes: "رموز كثيرة",
  recordings: "تسجيلات كثيرة",
} as const;

export const ARABIC_ERRORS: ErrorTexts = {
  titles: {
    invalid: "الطلب غير صحيح",
    denied: "هذا غير مسموح",
    missing: "لا شيء هنا",
    conflict: "هذا لا يوافق الموجود",
    too_large: "هذا كبير جدًا",
    too_slow: "استغرق الطلب وقتًا طويلًا",
    wrong_type: "هذا النوع من المحتوى غير مقبول",
    wrong_host: "هذا العنوان لا يُخدم هنا",
    unauthenticated: "يلزم مفتاح",
    limited: "طلبات كثيرة جدًا",
    over_budget: "نفدت ميزانية اليوم",
    over_share: "نفدت حصتك لهذا اليوم",
    unavailable: "غير متاح حاليًا",
    upstream: "لم تستجب خدمة لازمة",
  },
  internal: {
    title: "حدث خطأ هنا",
    detail: "سُجّل الخطأ. حاول مرة أخرى بعد قليل.",
  },
  wrongMethod: "لا يقبل هذا العنوان ذلك النوع من الطلبات.",
  errors: {
    ...ARABIC_MEDIA,
    "address.malformed": "في العنوان علامة % لا تدل على حرف.",
    "budget.held": "ما بقي من ميزانية اليوم محجوز لإجابات جارية.",
    "budget.message_too_long": "هذه الرسالة أطول مما تسمح به بقية ميزانية اليوم. اكتب رسالة أقصر.",
    "budget.month_used": ({ opensAt }, { timeZone }) =>
      `بلغت هذه الأداة حدّها لهذا الشهر. تُفتح من جديد في ${dayAndMonth(opensAt, "ar", timeZone)}.`,
    "budget.used": ({ opensAt }, { now, timeZone }) =>
      `بلغت هذه الأداة حدّها لهذا اليوم. ${sendAgain(SEND_AGAIN, opensAt, now, true, timeZone)}`,
    "conversation.changed": "تغيّرت المحادثة: لم تعد تلك الرسالة موجودة.",
    "conversation.gone": "لم تعد تلك المحادثة موجودة.",
    "conversation.too_many_versions": "في هذه المحادثة نسخ كثيرة جدًا. ابدأ محادثة جديدة للمتابعة.",
    "conversation.version_gone": "لم تعد تلك النسخة موجودة.",
    "note.gone": "لم تعد تلك الملاحظة موجودة.",
    "device.code_over": "انتهى هذا الرمز. اعرض رمزًا جديدًا على الجهاز الأول.",
    "device.same": "هذا هو الجهاز الذي يعرض الرمز. افتح العنوان على جهاز آخر.",
    "device.ended": "أُنهي هذا الجهاز من جهاز آخر. أعد تحميل الصفحة.",
    "device.not_first": "تُدار الأجهزة من الجهاز الأول.",
    "device.too_many": ({ most }) => `لا يزيد عدد الأجهزة على ${most}. أنهِ واحدًا منها أولًا.`,
    "share.off": "المشاركة متوقفة هنا.",
    "share.ended": "انتهى هذا الرابط. اطلب رابطًا جديدًا.",
    "share.too_many": ({ most }) => `لا يزيد عدد روابط المحادثة على ${most}. أوقف واحدًا منها أولًا.`,
    "metrics.token_needed": "لا تُعرض القياسات إلا للمشرفين أو بالرمز السري.",
    "cost.token_needed": "لا تُعرض التكاليف إلا للمشرفين أو بالرمز السري.",
    "cost.tool_id": "لا يمكن ذكر التكلفة: ‏`toolId` ليس معرّف أداة.",
    "host.unknown": "هذا الخادم غير معروف بهذا الاسم. يستطيع من يديره إضافة الاسم إلى ALLOWED_HOSTS.",
    "host.unreadable": "لا يسمّي الطلب خادمًا يمكن فهمه.",
    "link.code_expired": "انتهت صلاحية ذلك الرمز. اطلب رمزًا جديدًا.",
    "link.code_wrong": "ذلك الرمز غير صحيح. انظر في الرسالة مرة أخرى، أو اطلب رمزًا جديدًا.",
    "link.invalid": ({ field, takes }) => `لا يمكن الربط: ‏\`${field}\` يقبل: ${TAKES[takes]}.`,
    "link.phone": "هذا ليس رقم هاتف. اكتبه مع رمز البلد، مثل ‎+41 79 123 45 67.",
    "message.empty": "الرسالة فارغة. اكتب شيئًا أولًا.",
    "message.invalid": ({ field, takes }) => `لا يمكن قبول الرسالة: ‏\`${field}\`: ${TAKES[takes]}.`,
    "message.too_long": ({ length, longest }) =>
      fill(TOO_LONG, { length: formatCount(length, "ar"), longest: formatCount(longest, "ar") }),
    "mirror.missing": "اختر ما يصل إلى واتساب.",
    "model.ended": () =>
      "لا تستطيع هذه الأداة الإجابة: لم يعد نموذج الذكاء الاصطناعي الذي تستعمله موجودًا. أُبلغت المنظمة التي تدير هذه الصفحة. استعمل أداة أخرى.",
    "model.unpriced": ({ model }) =>
      `لم يُرسل شيء: سعر النموذج «${model}» غير معروف. يستطيع مشرف إضافته إلى الأسعار.`,
    "page.outdated": "هذه الصفحة قديمة. حمّلها من جديد.",
    "rate.limited": ({ things, waitMs }) =>
      `${TOO_MANY[things]} في وقت قصير. يمكنك المتابعة ${
        secondsUntil(Math.ceil(waitMs / 1000), "ar")
      }.`,
    "rating.missing": "لا يمكن تقييم الإجابة: ينقص `up` أو `down` أو `none`.",
    "rating.outdated": "لا يمكن تقييم الإجابة: صفحتها قديمة. حمّلها من جديد.",
    "reply.gone": "لم تعد تلك الإجابة في محادثتك.",
    "request.broken": "تعذّرت قراءة الطلب إلى نهايته.",
    "request.form": "وصل النموذج بطريقة لا تُفهم هنا.",
    "request.late": "لم يصل الطلب في وقته. حاول مرة أخرى.",
    "request.name_too_long": "في هذا الطلب اسم طويل جدًا.",
    "request.no_json": "الطلب ليس JSON صحيحًا.",
    "request.no_text": "تعذّرت قراءة الطلب إلى نهايته كنص UTF-8.",
    "request.not_json_type": "لا يُقبل هنا إلا JSON ‏(content-type: application/json).",
    "request.too_large": ({ bytes }) => `الرسالة طويلة جدًا: ${bytes / 1024} كيلوبايت على الأكثر.`,
    "server.busy": "الخادم مشغول بطلبات كثيرة. حاول مرة أخرى.",
    "server.restarting": "يُعاد تشغيل الخادم. حاول مرة أخرى بعد بضع ثوانٍ.",
    "share.held": "ما بقي من حصتك لهذا اليوم محجوز لإجابات جارية.",
    "share.month_used": ({ whose, opensAt }, { timeZone }) =>
      `${
        whose === "person"
          ? "لقد استعملت حصتك لهذا الشهر."
          : "استعمل الزوار الجدد من شبكتك حصتهم لهذا الشهر."
      } يمكنك الإرسال من جديد في ${dayAndMonth(opensAt, "ar", timeZone)}.`,
    "share.used": ({ whose, opensAt }, { now, timeZone }) =>
      `${
        whose === "person"
          ? "لقد استعملت حصتك لهذا اليوم."
          : "استعمل الزوار الجدد من شبكتك حصتهم لهذا اليوم."
      } ${sendAgain(SEND_AGAIN, opensAt, now, false, timeZone)}`,
    "store.failing": "لا يمكن حفظ شيء أو قراءته حاليًا. حاول مرة أخرى بعد دقيقة.",
    "store.too_large": "هذا أكبر من أن يُحفظ.",
    "token.wrong": "هذا الرمز السري غير صحيح.",
    "tool.gone": "لم تعد هذه الأداة متاحة.",
    "turn.asked_elsewhere": "أُرسلت هذه الرسالة من قبل إلى أداة أخرى. أرسلها هنا كرسالة جديدة.",
    "turn.busy": "ما زالت إجابة تُكتب في هذه المحادثة. انتظر نهايتها أو أوقفها.",
    "turn.not_stopped": "تعذّر إيقاف الإجابة الجارية في الوقت المناسب. حاول مرة أخرى بعد قليل.",
    "voice.no_transcriber": "لا يمكن تحويل الرسائل الصوتية إلى نص هنا.",
    "voice.unpriced": ({ model }) =>
      `لم يُرسل شيء: سعر الدقيقة لـ «${model}» غير معروف. يستطيع مشرف إضافته إلى الأسعار.`,
    "whatsapp.not_offered": "لا يتوفر واتساب هنا.",
    "whatsapp.not_twilio": "هذا الطلب ليس من تويليو.",
    "whatsapp.off": "واتساب متوقف.",
    "whatsapp.tool_not_offered": ({ tool }) => `${tool}: غير متاحة على واتساب.`,
  },
};
