import type { PictureTexts } from "./picture_texts.ts";

export const SWAHILI_PICTURES: PictureTexts = {
  add: "Ongeza picha",
  preparing: "Picha inaandaliwa …",
  ready: "{size} · Taarifa za mahali na kamera zinaondolewa.",
  removed: "Picha imeondolewa.",
  remove: "Ondoa {name}",
  picture: "picha {number}",
  heic:
    "Muundo wa simu hii (HEIC) hauwezi kusomwa hapa. Shiriki picha kama JPEG, au piga picha ya skrini na uitume.",
  unreadable: "Aina hii ya picha haiwezi kusomwa. Itume kama JPEG au PNG.",
  notSeen: "Modeli ya zana hii haiwezi kuona picha.",
  tooMany: "Ujumbe hauwezi kuzidi picha {most}.",
  noRoom: "Kifaa hiki hakina nafasi ya picha zaidi. Iongeze tena ukiwa na mtandao.",
  form: "Picha (JPEG, PNG au WebP, zisizidi nne)",
};
