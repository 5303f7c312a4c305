import { formatCount } from "../../../shared/formats.ts";
import type { MediaErrors } from "../error_texts.ts";

const ANOTHER = "Itume kama JPEG au PNG.";

export const SWAHILI_MEDIA: MediaErrors = {
  "picture.animated": "Picha zinazosogea haziwezi kusomwa. Tuma picha iliyotulia.",
  "picture.damaged": "Picha hii imeharibika au haijakamilika. Chagua nyingine.",
  "picture.format": ({ format }) => `Picha za ${format} haziwezi kusomwa. ${ANOTHER}`,
  "picture.gone": "Picha hii haipatikani tena.",
  "picture.heic":
    "Picha za HEIC haziwezi kusomwa. Ishiriki kama JPEG, au piga picha ya skrini na uitume.",
  "picture.implausible": "Maudhui ya picha hii hayalingani na ukubwa wake. Chagua nyingine.",
  "picture.no_room":
    "Kwa sasa hakuna nafasi zaidi ya picha hapa. Shirika linaloendesha ukurasa huu linaweza kuiongeza. Maandishi yako yanaweza kutumwa bila picha.",
  "picture.not_seen": "Modeli ya zana hii haiwezi kuona picha.",
  "picture.quota": ({ megabytes }) =>
    `Picha na rekodi zako zisizidi MB ${megabytes} kwa jumla. Futa mazungumzo yenye picha, kisha uitume tena.`,
  "picture.together": ({ megabytes }) =>
    `Picha za ujumbe mmoja zisizidi MB ${megabytes} kwa jumla. Tuma chache au ndogo zaidi.`,
  "picture.too_large": ({ megabytes }) =>
    `Picha hii ni kubwa mno: isizidi MB ${megabytes}. Tuma ndogo zaidi.`,
  "picture.too_many": ({ most }) => `Ujumbe hauwezi kuzidi picha ${most}.`,
  "picture.too_many_pixels": ({ width, height, most }) =>
    `Picha hii ni kubwa mno: pikseli ${width} × ${height}, zaidi ya milioni ${
      most / 1_000_000
    }. Tuma ndogo zaidi.`,
  "picture.too_wide": ({ width, height, most }) =>
    `Picha hii ni kubwa mno: pikseli ${width} × ${height}. Kila upande usizidi ${most}.`,
  "picture.trailing":
    "Faili hili lina zaidi ya picha. Piga picha ya skrini ya picha hiyo na uitume.",
  "picture.unknown": `Aina hii ya picha haiwezi kusomwa. ${ANOTHER}`,
  "picture.wrong_type": ({ shown }) =>
    `Faili hili linadai kuwa aina nyingine ya picha kuliko ilivyo (${shown}). ${ANOTHER}`,
  "audio.not_heard":
    "Modeli ya zana hii haiwezi kusikiliza rekodi hii, na haikuandikwa. Andika ujumbe wako, au urekodi tena.",
  "audio.unpriced": ({ model }) =>
    `Hakuna kilichotumwa: bei ya sauti ya modeli “${model}” haijulikani. Msimamizi anaweza kuiongeza kwenye bei.`,
  "sound.no_room":
    "Kwa sasa hakuna nafasi zaidi ya rekodi hapa. Shirika linaloendesha ukurasa huu linaweza kuiongeza. Unaweza kuandika ujumbe wako.",
  "sound.quota": ({ megabytes }) =>
    `Rekodi na picha zako zisizidi MB ${megabytes} kwa jumla. Ondoa moja, futa mazungumzo yenye nazo, au jaribu tena kesho.`,
  "sound.too_large": ({ megabytes }) => `Rekodi isizidi MB ${megabytes}.`,
  "sound.too_long": ({ minutes }) => `Rekodi isizidi dakika ${minutes}.`,
  "sound.unreadable": "Aina hii ya rekodi haiwezi kuandikwa. Itume kama MP3, M4A, Ogg au WebM.",
  "upload.gone": "Rekodi hii haipo tena hapa. Irekodi tena.",
  "upload.header": ({ field }) => `Ombi linahitaji sehemu \`${field}\` yenye namba kamili.`,
  "upload.offset": ({ offset }) => `Kipande kinachofuata kinaanzia baiti ${offset}.`,
  "upload.piece": ({ most }) =>
    `Kipande kina baiti ${
      formatCount(1_000, "sw")
    } hadi ${most}, cha mwisho kilichobaki cha faili.`,
  "voice.failed": "Rekodi haikuweza kuandikwa. Imehifadhiwa. Jaribu tena.",
  "voice.under_way": "Rekodi hii inaandikwa.",
};
