import { HINDI_CHAT, HINDI_COMPOSER, HINDI_METER, HINDI_TURN } from "./chat/hi.ts";
import { HINDI_LINK } from "./link/hi.ts";
import { HINDI_PICTURES } from "./pictures/hi.ts";
import type { PageTexts } from "./texts.ts";
import { HINDI_VOICE } from "./voice/hi.ts";

export const HINDI_PAGES: PageTexts = {
  language: "hi",
  frame: {
    description: "बातचीत के लिए AI टूल, यहाँ और WhatsApp पर।",
    skip: "सीधे सामग्री पर जाएँ",
    notice: "AI से ग़लती हो सकती है।",
    kept: {
      one: "बातचीत # दिन तक रखी जाती है।",
      other: "बातचीत # दिन तक रखी जाती है।",
    },
    keptWithSound: {
      one: "बातचीत और रिकॉर्डिंग # दिन तक रखी जाती हैं।",
      other: "बातचीत और रिकॉर्डिंग # दिन तक रखी जाती हैं।",
    },
    backTo: "{name} पर वापस",
    demoName: "सूचना",
    demo: "{mode:डेमो मोड:} जवाब बनावटी हैं।",
  },
  home: {
    title: "आज क्या काम है?",
    search: "टूल खोजें",
    tools: "टूल",
    otherTools: "दूसरे टूल",
    noneFound: "“{query}” के लिए कोई टूल नहीं।",
    found: { one: "“{query}” के लिए # टूल।", other: "“{query}” के लिए # टूल।" },
    showAll: "सभी टूल दिखाएँ",
    empty: "अभी कोई टूल नहीं है।",
    emptyText: "जैसे ही {organisation} कोई टूल जोड़ेगा, वह यहाँ दिखेगा।",
  },
  chat: HINDI_CHAT,
  turn: HINDI_TURN,
  composer: HINDI_COMPOSER,
  pictures: HINDI_PICTURES,
  voice: HINDI_VOICE,
  meter: HINDI_METER,
  removal: {
    title: "यह बातचीत हटाएँ?",
    empty: "हटाने को कुछ नहीं है: बातचीत ख़ाली है।",
    forGood: "इसे वापस नहीं लाया जा सकता।",
    lost: {
      one: "# संदेश आपकी रेटिंग के साथ अभी हटाया जाता है। केवल ख़र्च रखा जाता है, टेक्स्ट नहीं।",
      other: "# संदेश आपकी रेटिंग के साथ अभी हटाए जाते हैं। केवल ख़र्च रखा जाता है, टेक्स्ट नहीं।",
    },
    confirm: "बातचीत हटाएँ",
    cancel: "रद्द करें",
  },
  dataExport: {
    title: "आपका डेटा",
    about: "आपकी सारी बातचीत एक टेक्स्ट फ़ाइल में। इसे वहाँ रखें जहाँ केवल आप पढ़ सकें।",
    download: "डाउनलोड करें",
    expired: "इस पते का समय बीत गया है। नया पता पाने के लिए WhatsApp पर {command:डाउनलोड} भेजें।",
  },
  reason: {
    title: "कारण बताएँ",
    question: "इस जवाब में क्या ग़लत है?",
    field: "चाहें तो एक वाक्य में। इससे {tool} की देखभाल करने वालों को मदद मिलती है।",
    send: "भेजें",
    back: "वापस",
  },
  link: HINDI_LINK,
  linkWait: { waiting: "आपके संदेश का इंतज़ार है। कोड {time} तक काम करता है।" },
  errorPage: {
    status: "त्रुटि {status}",
    errors: {
      400: { title: "यह नहीं हो सका", detail: "अनुरोध में कुछ समझ नहीं आया।" },
      403: { title: "अनुमति नहीं है", detail: "आप यह पेज नहीं देख सकते।" },
      404: {
        title: "पेज नहीं मिला",
        detail: "इस पते पर कुछ नहीं है। हो सकता है कि टूल का नाम बदला गया हो या उसे हटाया गया हो।",
      },
      409: {
        title: "एक पल रुकें",
        detail: "एक जवाब अभी लिखा जा रहा है। उसका इंतज़ार करें या उसे रोकें।",
      },
      413: {
        title: "बहुत लंबा है",
        detail: "पेज इतना नहीं ले सकता। छोटा टेक्स्ट आज़माएँ।",
      },
      429: {
        title: "ज़रा धीरे, कृपया",
        detail: "थोड़े समय में बहुत सारे अनुरोध आए।",
      },
      503: {
        title: "थोड़ी देर में लौटते हैं",
        detail: "सेवा अभी उपलब्ध नहीं है। आपका कुछ भी खोया नहीं है।",
      },
      other: {
        title: "कुछ गड़बड़ हुई",
        detail: "ग़लती हमारी है, आपकी नहीं। इसे दर्ज कर लिया गया है, और आपका कुछ भी खोया नहीं है।",
      },
    },
    retrySeconds: {
      one: "कृपया # सेकंड बाद फिर कोशिश करें।",
      other: "कृपया # सेकंड बाद फिर कोशिश करें।",
    },
    retryMinutes: {
      one: "कृपया # मिनट बाद फिर कोशिश करें।",
      other: "कृपया # मिनट बाद फिर कोशिश करें।",
    },
    reference: "संदर्भ: {reference}",
    back: "सभी टूल देखें",
  },
};
