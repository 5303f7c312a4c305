import type { PictureTexts } from "./picture_texts.ts";

export const SPANISH_PICTURES: PictureTexts = {
  add: "Añadir una imagen",
  preparing: "Preparando la imagen …",
  ready: "{size} · Se quitan los datos de lugar y de cámara.",
  removed: "La imagen se ha quitado.",
  remove: "Quitar {name}",
  picture: "imagen {number}",
  heic:
    "El formato de este teléfono (HEIC) no se puede leer aquí. Comparta la imagen como JPEG, o haga una captura de pantalla y envíela.",
  unreadable: "Este tipo de imagen no se puede leer. Envíela como JPEG o PNG.",
  notSeen: "El modelo de esta herramienta no puede ver imágenes.",
  tooMany: "Un mensaje puede llevar {most} imágenes como máximo.",
  noRoom: "En este dispositivo no caben más imágenes. Añádala de nuevo cuando tenga conexión.",
  form: "Imágenes (JPEG, PNG o WebP, cuatro como máximo)",
};
