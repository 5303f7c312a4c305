import type { PictureTexts } from "./picture_texts.ts";

export const HINDI_PICTURES: PictureTexts = {
  add: "चित्र जोड़ें",
  preparing: "चित्र तैयार हो रहा है …",
  ready: "{size} · जगह और कैमरे की जानकारी हटा दी जाती है।",
  removed: "चित्र हटा दिया गया।",
  remove: "{name} हटाएँ",
  picture: "चित्र {number}",
  heic:
    "इस फ़ोन का प्रारूप (HEIC) यहाँ पढ़ा नहीं जा सकता। चित्र को JPEG में साझा करें, या उसका स्क्रीनशॉट लेकर भेजें।",
  unreadable: "इस तरह का चित्र पढ़ा नहीं जा सकता। इसे JPEG या PNG में भेजें।",
  notSeen: "इस टूल का मॉडल चित्र नहीं देख सकता।",
  tooMany: "एक संदेश में ज़्यादा से ज़्यादा {most} चित्र हो सकते हैं।",
  noRoom: "इस डिवाइस पर और चित्रों के लिए जगह नहीं है। नेटवर्क लौटने पर उसे फिर जोड़ें।",
  form: "चित्र (JPEG, PNG या WebP, ज़्यादा से ज़्यादा चार)",
};
