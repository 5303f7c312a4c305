import type { PictureTexts } from "./picture_texts.ts";

export const ENGLISH_PICTURES: PictureTexts = {
  add: "Add a picture",
  preparing: "The picture is being prepared …",
  ready: "{size} · Place and camera data are removed.",
  removed: "The picture is removed.",
  remove: "Remove {name}",
  picture: "picture {number}",
  heic:
    "This phone's format (HEIC) cannot be read here. Share the picture as JPEG, or take a screenshot of it and send that.",
  unreadable: "This kind of picture cannot be read. Send it as JPEG or PNG.",
  notSeen: "This tool's model cannot see pictures.",
  tooMany: "A message may have at most {most} pictures.",
  noRoom: "This device has no room for more pictures. Add it again when you are online.",
  form: "Pictures (JPEG, PNG or WebP, at most four)",
};
