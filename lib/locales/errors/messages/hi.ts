import { formatCount } from "../../../shared/formats.ts";
import { sendAgain } from "../../../shared/send_again.ts";
import { fill } from "../../../shared/text.ts";
import { HINDI_COMPOSER } from "../../page/chat/hi.ts";
import { dayAndMonth, secondsUntil } from "../../times.ts";
import type { Takes } from "../codes.ts";
import type { ErrorTexts } from "../error_texts.ts";
import { HINDI_MEDIA } from "../media/hi.ts";

const { sendAgain: SEND_AGAIN, tooLong: TOO_LONG } = HINDI_COMPOSER;

const TAKES: Readonly<Record<Takes, string>> = {
  attachments: "ज़्यादा से ज़्यादा चार चित्रों और एक रिकॉर्डिंग की पहचान",
  chatAction: "send, edit, regenerate या continue",
  linkCode: "संदेश में आया कोड",
  linkCodeBody: "code वाला ऑब्जेक्ट",
  messageNumber: "किसी संदेश की संख्या",
  messageText: "टेक्स्ट नहीं है",
  object: "ऑब्जेक्ट",
  phone: "फ़ोन नंबर",
  requestId: "16 से 64 अक्षर, अंक, - या _",
  toolId: "छोटे अक्षर, अंक और हाइफ़न, ज़्यादा से ज़्यादा 64",
  turnBody: "toolId और message वाला ऑब्जेक्ट",
};

const TOO_MANY = {
  messages: "बहुत सारे संदेश",
  codes: "बहुत सारे कोड",
  recordings: "बहुत सारी रिकॉर्डिंग",
} as const;

export const HINDI_ERRORS: ErrorTexts = {
  titles: {
    invalid: "अनुरोध सही नहीं है",
    denied: "इसकी अनुमति नहीं है",
    missing: "यहाँ कुछ नहीं है",
    conflict: "यह मौजूदा चीज़ से मेल नहीं खाता",
    too_large: "यह बहुत बड़ा है",
    too_slow: "अनुरोध में बहुत समय लगा",
    wrong_type: "इस तरह की सामग्री नहीं ली जाती",
    wrong_host: "यह पता यहाँ काम नहीं करता",
    unauthenticated: "एक कुंजी चाहिए",
    limited: "बहुत सारे अनुरोध",
    over_budget: "आज का बजट ख़त्म हो गया है",
    over_share: "आज का आपका हिस्सा ख़त्म हो गया है",
    unavailable: "अभी उपलब्ध नहीं है",
    upstream: "एक ज़रूरी सेवा ने जवाब नहीं दिया",
  },
  internal: {
    title: "यहाँ कुछ गड़बड़ हुई",
    detail: "गड़बड़ी दर्ज कर ली गई है। थोड़ी देर में फिर कोशिश करें।",
  },
  wrongMethod: "यह पता उस तरह का अनुरोध नहीं लेता।",
  errors: {
    ...HINDI_MEDIA,
    "address.malformed": "पते में एक % है जो किसी अक्षर के लिए नहीं है।",
    "budget.held": "आज के बजट में जो बचा है वह चल रहे जवाबों के लिए रखा गया है।",
    "budget.message_too_long": "आज के बचे हुए बजट के लिए यह संदेश बहुत लंबा है। छोटा संदेश लिखें।",
    "budget.month_used": ({ opensAt }, { timeZone }) =>
      `यह टूल इस महीने की सीमा तक पहुँच गया है। यह ${dayAndMonth(opensAt, "hi", timeZone)} को फिर खुलेगा।`,
    "budget.used": ({ opensAt }, { now, timeZone }) =>
      `यह टूल आज की सीमा तक पहुँच गया है। ${sendAgain(SEND_AGAIN, opensAt, now, true, timeZone)}`,
    "conversation.changed": "बातचीत बदल गई है: वह संदेश अब नहीं है।",
    "conversation.gone": "वह बातचीत अब नहीं है।",
    "conversation.too_many_versions": "इस बातचीत के बहुत सारे रूप हैं। आगे बढ़ने के लिए नई बातचीत शुरू करें।",
    "conversation.version_gone": "वह रूप अब नहीं है।",
    "note.gone": "वह नोट अब नहीं है।",
    "device.code_over": "यह कोड अब काम नहीं करता। पहले डिवाइस पर नया कोड दिखाएँ।",
    "device.same": "यह वही डिवाइस है जो कोड दिखाता है। पता दूसरे डिवाइस पर खोलें।",
    "device.ended": "यह डिवाइस दूसरे डिवाइस से समाप्त किया गया। पेज फिर लोड करें।",
    "device.not_first": "डिवाइस पहले डिवाइस से सँभाले जाते हैं।",
    "device.too_many": ({ most }) => `ज़्यादा से ज़्यादा ${most} डिवाइस। पहले उनमें से एक समाप्त करें।`,
    "share.off": "यहाँ साझा करना बंद है।",
    "share.ended": "यह लिंक समाप्त हो गया है। नया लिंक माँगें।",
    "share.too_many": ({ most }) => `एक बातचीत के ${most} लिंक हो सकते हैं। पहले उनमें से एक बंद करें।`,
    "metrics.token_needed": "मापन केवल एडमिन को और टोकन के साथ बताए जाते हैं।",
    "cost.token_needed": "ख़र्च केवल एडमिन को और टोकन के साथ बताया जाता है।",
    "cost.tool_id": "ख़र्च नहीं बताया जा सकता: `toolId` किसी टूल की पहचान नहीं है।",
    "host.unknown":
      "यह सर्वर इस नाम से नहीं जाना जाता। इसे चलाने वाला नाम को ALLOWED_HOSTS में जोड़ सकता है।",
    "host.unreadable": "अनुरोध में ऐसा कोई सर्वर नहीं है जो समझ आए।",
    "link.code_expired": "उस कोड का समय बीत गया है। नया कोड माँगें।",
    "link.code_wrong": "वह कोड सही नहीं है। संदेश फिर देखें, या नया कोड माँगें।",
    "link.invalid": ({ field, takes }) =>
      `जोड़ा नहीं जा सकता: \`${field}\` में चाहिए: ${TAKES[takes]}।`,
    "link.phone": "यह फ़ोन नंबर नहीं है। इसे देश के कोड के साथ लिखें, जैसे +41 79 123 45 67।",
    "message.empty": "संदेश ख़ाली है। पहले कुछ लिखें।",
    "message.invalid": ({ field, takes }) => `संदेश नहीं लिया जा सकता: \`${field}\`: ${TAKES[takes]}।`,
    "message.too_long": ({ length, longest }) =>
      fill(TOO_LONG, { length: formatCount(length, "hi"), longest: formatCount(longest, "hi") }),
    "mirror.missing": "चुनें कि WhatsApp पर क्या जाए।",
    "model.ended": () =>
      "यह टूल जवाब नहीं दे सकता: इसका AI मॉडल अब मौजूद नहीं है। इस पेज को चलाने वाले संगठन को बता दिया गया है। दूसरा टूल इस्तेमाल करें।",
    "model.unpriced": ({ model }) =>
      `कुछ नहीं भेजा गया: मॉडल “${model}” की क़ीमत पता नहीं है। कोई एडमिन उसे क़ीमतों में जोड़ सकता है।`,
    "page.outdated": "यह पेज पुराना हो गया है। इसे फिर लोड करें।",
    "rate.limited": ({ things, waitMs }) =>
      `थोड़े समय में ${TOO_MANY[things]}। आप ${
        secondsUntil(Math.ceil(waitMs / 1000), "hi")
      } आगे बढ़ सकते हैं।`,
    "rating.missing": "जवाब को रेट नहीं किया जा सकता: `up`, `down` या `none` नहीं है।",
    "rating.outdated": "जवाब को रेट नहीं किया जा सकता: उसका पेज पुराना हो गया है। उसे फिर लोड करें।",
    "reply.gone": "वह जवाब अब आपकी बातचीत में नहीं है।",
    "request.broken": "अनुरोध अंत तक नहीं पढ़ा जा सका।",
    "request.form": "फ़ॉर्म ऐसे आया जो यहाँ समझा नहीं जाता।",
    "request.late": "अनुरोध समय पर नहीं आया। फिर कोशिश करें।",
    "request.name_too_long": "इस अनुरोध में एक नाम बहुत लंबा है।",
    "request.no_json": "अनुरोध सही JSON नहीं है।",
    "request.no_text": "अनुरोध UTF-8 टेक्स्ट के रूप में अंत तक नहीं पढ़ा जा सका।",
    "request.not_json_type": "यहाँ केवल JSON लिया जाता है (content-type: application/json)।",
    "request.too_large": ({ bytes }) =>
      `संदेश बहुत लंबा है: ज़्यादा से ज़्यादा ${bytes / 1024} KiB लिए जाते हैं।`,
    "server.busy": "सर्वर बहुत सारे अनुरोधों में व्यस्त है। फिर कोशिश करें।",
    "server.restarting": "सर्वर फिर से शुरू हो रहा है। कुछ सेकंड में फिर कोशिश करें।",
    "share.held": "आज के आपके हिस्से में जो बचा है वह चल रहे जवाबों के लिए रखा गया है।",
    "share.month_used": ({ whose, opensAt }, { timeZone }) =>
      `${
        whose === "person"
          ? "आपने इस महीने का अपना हिस्सा इस्तेमाल कर लिया है।"
          : "आपके नेटवर्क के नए लोगों ने इस महीने का अपना हिस्सा इस्तेमाल कर लिया है।"
      } आप ${dayAndMonth(opensAt, "hi", timeZone)} को फिर भेज सकते हैं।`,
    "share.used": ({ whose, opensAt }, { now, timeZone }) =>
      `${
        whose === "person"
          ? "आपने आज का अपना हिस्सा इस्तेमाल कर लिया है।"
          : "आपके नेटवर्क के नए लोगों ने आज का अपना हिस्सा इस्तेमाल कर लिया है।"
      } ${sendAgain(SEND_AGAIN, opensAt, now, false, timeZone)}`,
    "store.failing": "अभी कुछ भी सहेजा या पढ़ा नहीं जा सकता। कृपया एक मिनट में फिर कोशिश करें।",
    "store.too_large": "यह सहेजने के लिए बहुत बड़ा है।",
    "token.wrong": "यह टोकन सही नहीं है।",
    "tool.gone": "यह टूल अब उपलब्ध नहीं है।",
    "turn.asked_elsewhere": "यह संदेश पहले ही किसी दूसरे टूल को भेजा जा चुका है। इसे यहाँ नए संदेश के रूप में भेजें।",
    "turn.busy": "इस बातचीत में एक जवाब अभी लिखा जा रहा है। उसके पूरा होने का इंतज़ार करें, या उसे रोकें।",
    "turn.not_stopped": "चल रहा जवाब समय पर नहीं रोका जा सका। थोड़ी देर में फिर कोशिश करें।",
    "voice.no_transcriber": "यहाँ वॉइस संदेश लिखे नहीं जा सकते।",
    "voice.unpriced": ({ model }) =>
      `कुछ नहीं भेजा गया: “${model}” के एक मिनट की क़ीमत पता नहीं है। कोई एडमिन उसे क़ीमतों में जोड़ सकता है।`,
    "whatsapp.not_offered": "यहाँ WhatsApp उपलब्ध नहीं है।",
    "whatsapp.not_twilio": "यह अनुरोध Twilio का नहीं है।",
    "whatsapp.off": "WhatsApp बंद है।",
    "whatsapp.tool_not_offered": ({ tool }) => `${tool} WhatsApp पर उपलब्ध नहीं है।`,
  },
};
