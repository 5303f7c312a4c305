import type { WhatsAppTexts } from "./catalogue.ts";
import { bold, truncateLine } from "../../shared/truncate_line.ts";
import { itemLines, menuLines } from "./menu_lines.ts";
import { counter, wait } from "../plurals.ts";

const counted = counter("hi");
const units = {
  minutes: (count: number) => counted(count, { other: "# मिनट" }),
  seconds: (count: number) => counted(count, { other: "# सेकंड" }),
  replies: (count: number) => counted(count, { other: "# जवाब" }),
  messages: (count: number) => counted(count, { other: "# संदेश" }),
  characters: (count: number) => counted(count, { other: "# अक्षर" }),
};

const about = (usd: string | null) => usd === null ? "1 सेंट से कम" : `लगभग ${usd}`;

export const HINDI: WhatsAppTexts = {
  welcome:
    "👋 नमस्ते! यहाँ एक AI आपको जवाब देता है। वह ग़लत हो सकता है, और हर संदेश पर इस संस्था का थोड़ा ख़र्च होता है।\n\nक्या-क्या कर सकते हैं, यह देखने के लिए *मदद* भेजें, दूसरी भाषा के लिए *भाषा*। *STOP* भेजें और आपको और संदेश नहीं मिलेंगे।",
  menu: (page, current) =>
    menuLines("*मैं किसमें मदद करूँ?* एक नंबर भेजें।", page, {
      current: current === null ? null : `अभी: ${bold(current)}`,
      page: `पृष्ठ ${page.page} / ${page.pages}।`,
      more: "अगले पृष्ठ के लिए *और* भेजें।",
    }),
  picked: ({ icon, name, description }) =>
    `${icon} ${bold(name)}\n${truncateLine(description, 300)}\n\n` +
    "बताइए: मैं आपके लिए क्या करूँ? *मेनू* सभी टूल दिखाता है।",
  ambiguous: (items) => `आपका मतलब कौन-सा है? उसका नंबर भेजें।\n${itemLines(items)}`,
  help: (tool) =>
    (tool === null ? "अभी कोई टूल नहीं चुना गया है।" : `आप ${bold(tool)} से बात कर रहे हैं।`) + " " +
    "बस लिखें। या भेजें:\n\n*मेनू* – सभी टूल\n*नया* – नई बातचीत\n*लागत* – इसका ख़र्च\n*भाषा* – दूसरी भाषा\n*LINK* – वेब पर जारी रखें\n*अलग करें* – उसे ख़त्म करें\n*मिरर* – वेब से यहाँ क्या आए\n*डाउनलोड* – आपका डेटा\n*मेरा डेटा हटाएं* – उसे हटाएं\n*STOP* – और संदेश नहीं",
  noTools: "अभी WhatsApp पर कुछ उपलब्ध नहीं है। कृपया किसी और दिन कोशिश करें।",
  pickFirst: "कृपया पहले चुनें कि मैं किसमें मदद करूँ।",
  dataHandled: (tool) =>
    `आप ${
      bold(tool)
    } को जो लिखते हैं, वह एक AI प्रदाता के पास जाता है और यहाँ रखा जाता है। कृपया कुछ गोपनीय न भेजें। *मेरा डेटा हटाएं* उसे हटा देता है।`,
  newStarted: (tool) => `🆕 ${bold(tool)} के साथ नई बातचीत। पहले की बातें अब इस्तेमाल नहीं होंगी।`,
  cost: ({ replies, conversation, today }) =>
    `💰 यह बातचीत: ${conversation} (${units.replies(replies)})।\nआज कुल: ${today}।`,
  exportSent: (messages) => `📄 यह आपका डेटा है (${units.messages(messages)})।`,
  exportLink: (address, minutes) => `📄 आपका डेटा, ${units.minutes(minutes)} के लिए:\n${address}`,
  nothingToExport: "अभी डाउनलोड करने के लिए आपका कोई डेटा नहीं है।",
  deleteAsk:
    "⚠️ आपकी सारी बातचीत, मुझे आपके बारे में जो याद है वह सब और आपके लिंक हमेशा के लिए हटाएं? हटाने के लिए *हाँ* भेजें या रखने के लिए *नहीं*।",
  deleteDone: "🗑️ आपका डेटा हटा दिया गया है। फिर से शुरू करने के लिए कभी भी लिखें।",
  declined: "ठीक है, कुछ नहीं बदला गया।",
  optedOut: "अब आपको हमसे और संदेश नहीं मिलेंगे। वापस आने के लिए *START* भेजें।",
  optedIn: "फिर से स्वागत है! आपको अब फिर संदेश मिलेंगे। *STOP* उन्हें रोकता है।",
  languageList: (names) =>
    `कौन-सी भाषा? उसका नंबर भेजें।\n${names.map((name, at) => `${at + 1}. ${name}`).join("\n")}`,
  languageChanged: "अब मैं यहाँ हिन्दी में बात करता हूँ। टूल को आप किसी भी भाषा में लिख सकते हैं।",
  linkDone:
    "🔗 जुड़ गया! यह चैट और वेब पेज अब एक ही बातचीत हैं। *अलग करें* उसे ख़त्म करता है, *मिरर* तय करता है कि यहाँ क्या आए।",
  linkFailed: "वह कोड सही नहीं है। कृपया वेब पेज पर जाँचें या वहाँ नया कोड माँगें।",
  linkExpired: "उस कोड का समय बीत गया है। कृपया वेब पेज पर नया कोड माँगें।",
  linkBlocked: (minutes) => `बहुत सारे ग़लत कोड। कृपया ${units.minutes(minutes)} रुकें।`,
  linkHow:
    "इस चैट को वेब से जोड़ने के लिए: वहाँ एक चैट खोलें, “WhatsApp” चुनें और जो दिखे वह मुझे भेजें, जैसे *LINK* 2345-ABCD।",
  unlinkAsk: "इस चैट को वेब पेज से अलग करें? *हाँ* या *नहीं* भेजें।",
  unlinked: "यह चैट और वेब पेज अब फिर अलग हैं।",
  notLinked: "यह चैट वेब से नहीं जुड़ी है। *LINK* बताता है कैसे जोड़ें।",
  linkCode: (code, minutes) =>
    `आपका कोड: ${code}\nइसे ${
      units.minutes(minutes)
    } के भीतर वेब पेज पर लिखें। अगर आपने नहीं माँगा था, तो इस संदेश को अनदेखा करें।`,
  mirror: (mirror, { reply, both }) =>
    `वेब से अभी यहाँ आता है: *${{ reply: "जवाब", both: "सवाल और जवाब", off: "कुछ नहीं" }[mirror]}*।\n\n` +
    `*मिरर जवाब* – जवाब (हर एक ${about(reply)})\n*मिरर दोनों* – सवाल और जवाब (${
      about(both)
    })\n*मिरर बंद* – कुछ नहीं`,
  fromWeb: (question) => `💻 आप, वेब पर: ${truncateLine(question, 500)}`,
  limited: (seconds) => `यह बहुत जल्दी था। कृपया ${wait(seconds, units)} रुकें, फिर लिखें।`,
  overBudget: (resets) => `आज का बजट ख़त्म हो गया है। मैं फिर जवाब दे सकूँगा: ${resets} से।`,
  shareUsed: (resets) =>
    `आपने आज का अपना हिस्सा इस्तेमाल कर लिया है। मैं आपको फिर जवाब दे सकूँगा: ${resets} से।`,
  mediaRefused: "मैं केवल टेक्स्ट, तस्वीरें और वॉइस संदेश समझ सकता हूँ। कृपया टेक्स्ट में भेजें।",
  modelEnded:
    "यह टूल अभी जवाब नहीं दे सकता: इसका AI मॉडल अब मौजूद नहीं है। ज़िम्मेदार लोगों को बता दिया गया है। *मेनू* दूसरे टूल दिखाता है।",
  imagesNotSeen: "यह टूल तस्वीरें नहीं देख सकता। कृपया शब्दों में बताएं।",
  mediaTooLarge: (megabytes) => `यह बहुत बड़ा है। कृपया ज़्यादा से ज़्यादा ${megabytes} MB।`,
  voiceHeard: (transcript) => `🎤 “${truncateLine(transcript, 1_000)}”`,
  voiceFailed: "मैं वह वॉइस संदेश समझ नहीं पाया। कृपया फिर कोशिश करें या लिखें।",
  voiceTooLong: (minutes) =>
    `वह वॉइस संदेश बहुत लंबा है। कृपया ज़्यादा से ज़्यादा ${units.minutes(minutes)} का भेजें।`,
  takenOver: "👤 अब से एक व्यक्ति आपको जवाब देगा; AI चुप है।",
  handedBack: "🤖 AI आपको फिर जवाब देता है।",
  fromHuman: (text) => `👤 ${text}`,
  offScope: (tool, scope) =>
    `${bold(tool)} यहाँ उसमें मदद नहीं कर सकता। यह इसके लिए है: ${
      truncateLine(scope, 500)
    }\n*मेनू* दिखाता है कि और क्या है।`,
  failed: (retry) =>
    retry
      ? "कुछ गड़बड़ हुई, माफ़ कीजिए। कृपया एक मिनट में फिर भेजें।"
      : "माफ़ कीजिए, मैं इसका जवाब नहीं दे सकता। दूसरी तरह से कहें या *मेनू* भेजें।",
  interrupted: "⚠️ _जवाब यहाँ टूट गया। पूरे जवाब के लिए अपना संदेश फिर भेजें।_",
  otherModel: "_दूसरे मॉडल ने जवाब दिया।_",
  propose: (tool) => `यह ${bold(tool)} के लिए लगता है। क्या उस टूल पर जाएँ? *हाँ* या *नहीं*`,
  tooLong: (characters) =>
    `यह मेरे लिए बहुत लंबा है। कृपया ज़्यादा से ज़्यादा ${units.characters(characters)}।`,
  audioNotHeard: "मैं इस तरह की रिकॉर्डिंग नहीं सुन सकता। यहाँ WhatsApp में माइक दबाकर बोलें, या लिखें।",
  mediaGone: "आपने जो भेजा, मैं उसे खोल नहीं सका। कृपया फिर भेजें, या लिखें।",
  reviewed:
    "इन टूल को बेहतर बनाने के लिए इस संस्था के लोग अब से यहाँ लिखी आपकी बातें पढ़ सकते हैं। ऐसा कुछ न लिखें जो निजी रहना चाहिए।",
};
