import type { PictureTexts } from "./picture_texts.ts";

export const FRENCH_PICTURES: PictureTexts = {
  add: "Ajouter une image",
  preparing: "Préparation de l’image …",
  ready: "{size} · Les données de lieu et d’appareil sont retirées.",
  removed: "L’image est retirée.",
  remove: "Retirer {name}",
  picture: "image {number}",
  heic:
    "Le format de ce téléphone (HEIC) ne peut pas être lu ici. Partagez l’image en JPEG, ou faites-en une capture d’écran et envoyez-la.",
  unreadable: "Ce type d’image ne peut pas être lu. Envoyez-la en JPEG ou PNG.",
  notSeen: "Le modèle de cet outil ne peut pas voir d’images.",
  tooMany: "Un message peut avoir {most} images au plus.",
  noRoom:
    "Cet appareil n’a plus de place pour des images. Ajoutez-la de nouveau une fois en ligne.",
  form: "Images (JPEG, PNG ou WebP, quatre au plus)",
};
