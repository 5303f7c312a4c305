import { formatCount } from "../../../shared/formats.ts";
import type { MediaErrors } from "../error_texts.ts";

const ANOTHER = "Envíela como JPEG o PNG.";

export const SPANISH_MEDIA: MediaErrors = {
  "picture.animated": "Las imágenes animadas no se pueden leer. Envíe una imagen fija.",
  "picture.damaged": "Esta imagen está dañada o incompleta. Elija otra.",
  "picture.format": ({ format }) => `Las imágenes ${format} no se pueden leer. ${ANOTHER}`,
  "picture.gone": "Esta imagen ya no está disponible.",
  "picture.heic":
    "Las imágenes HEIC no se pueden leer. Compártala como JPEG, o haga una captura de pantalla y envíela.",
  "picture.implausible": "El contenido de esta imagen no encaja con su tamaño. Elija otra.",
  "picture.no_room":
    "En este momento no caben más imágenes aquí. La organización que lleva esta página puede hacer sitio. Su texto se puede enviar sin ella.",
  "picture.not_seen": "El modelo de esta herramienta no puede ver imágenes.",
  "picture.quota": ({ megabytes }) =>
    `Sus imágenes y grabaciones pueden ocupar ${megabytes} MB en total. Elimine una conversación que las tenga y envíela de nuevo.`,
  "picture.together": ({ megabytes }) =>
    `Las imágenes de un mensaje pueden ocupar ${megabytes} MB en total. Envíe menos o más pequeñas.`,
  "picture.too_large": ({ megabytes }) =>
    `Esta imagen es demasiado grande: se aceptan ${megabytes} MB como máximo. Envíe una más pequeña.`,
  "picture.too_many": ({ most }) => `Un mensaje puede llevar ${most} imágenes como máximo.`,
  "picture.too_many_pixels": ({ width, height, most }) =>
    `Esta imagen es demasiado grande: ${width} × ${height} píxeles, más de ${
      most / 1_000_000
    } millones. Envíe una más pequeña.`,
  "picture.too_wide": ({ width, height, most }) =>
    `Esta imagen es demasiado grande: ${width} × ${height} píxeles. Se aceptan ${most} por lado como máximo.`,
  "picture.trailing":
    "Este archivo contiene más que una imagen. Haga una captura de pantalla de la imagen y envíela.",
  "picture.unknown": `Este tipo de imagen no se puede leer. ${ANOTHER}`,
  "picture.wrong_type": ({ shown }) =>
    `Este archivo dice ser otro tipo de imagen del que es (${shown}). ${ANOTHER}`,
  "audio.not_heard":
    "El modelo de esta herramienta no puede oír esta grabación y no se pasó a texto. Escriba su mensaje o grábelo otra vez.",
  "audio.unpriced": ({ model }) =>
    `No se envió nada: no se conoce el precio del audio del modelo «${model}». Un administrador puede añadirlo a los precios.`,
  "sound.no_room":
    "En este momento no caben más grabaciones aquí. La organización que lleva esta página puede hacer sitio. Puede escribir su mensaje.",
  "sound.quota": ({ megabytes }) =>
    `Sus grabaciones e imágenes pueden ocupar ${megabytes} MB en total. Quite una, elimine una conversación que las tenga o inténtelo mañana.`,
  "sound.too_large": ({ megabytes }) => `Una grabación puede ocupar ${megabytes} MB como máximo.`,
  "sound.too_long": ({ minutes }) => `Una grabación puede durar ${minutes} minutos como máximo.`,
  "sound.unreadable":
    "Este tipo de grabación no se puede pasar a texto. Envíela como MP3, M4A, Ogg o WebM.",
  "upload.gone": "Esta grabación ya no está aquí. Grábela de nuevo.",
  "upload.header": ({ field }) =>
    `La petición necesita el campo \`${field}\` con un número entero.`,
  "upload.offset": ({ offset }) => `La siguiente parte empieza en el byte ${offset}.`,
  "upload.piece": ({ most }) =>
    `Una parte tiene de ${
      formatCount(1_000, "es")
    } a ${most} bytes; la última, lo que queda del archivo.`,
  "voice.failed": "La grabación no se pudo pasar a texto. Está guardada. Inténtelo de nuevo.",
  "voice.under_way": "Esta grabación se está pasando a texto.",
};
