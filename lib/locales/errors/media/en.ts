import type { MediaErrors } from "../error_texts.ts";

const ANOTHER = "Send it as JPEG or PNG.";

export const ENGLISH_MEDIA: MediaErrors = {
  "picture.animated": "Animated pictures cannot be read. Send a still picture.",
  "picture.damaged": "This picture is damaged or incomplete. Choose another one.",
  "picture.format": ({ format }) => `${format} pictures cannot be read. ${ANOTHER}`,
  "picture.gone": "This picture is no longer available.",
  "picture.heic":
    "HEIC pictures cannot be read. Share it as JPEG, or take a screenshot of it and send that.",
  "picture.implausible": "The contents of this picture do not fit its size. Choose another one.",
  "picture.no_room":
    "There is no room for more pictures here at the moment. The organisation that runs this page can make some. Your text can be sent without it.",
  "picture.not_seen": "This tool's model cannot see pictures.",
  "picture.quota": ({ megabytes }) =>
    `Your pictures and recordings may have ${megabytes} MB together. Delete a conversation with some, and send it again.`,
  "picture.together": ({ megabytes }) =>
    `The pictures of a message may have ${megabytes} MB together. Send fewer or smaller ones.`,
  "picture.too_large": ({ megabytes }) =>
    `This picture is too large: at most ${megabytes} MB are taken. Send a smaller one.`,
  "picture.too_many": ({ most }) => `A message may have at most ${most} pictures.`,
  "picture.too_many_pixels": ({ width, height, most }) =>
    `This picture is too large: ${width} × ${height} pixels, more than ${
      most / 1_000_000
    } million. Send a smaller one.`,
  "picture.too_wide": ({ width, height, most }) =>
    `This picture is too large: ${width} × ${height} pixels. At most ${most} on each side are taken.`,
  "picture.trailing":
    "This file holds more than a picture. Take a screenshot of the picture and send that.",
  "picture.unknown": `This kind of picture cannot be read. ${ANOTHER}`,
  "picture.wrong_type": ({ shown }) =>
    `This file says that it is another kind of picture than it is (${shown}). ${ANOTHER}`,
  "audio.not_heard":
    "This tool's model cannot hear this recording, and it was not written down. Write your message, or record it again.",
  "audio.unpriced": ({ model }) =>
    `Nothing was sent: no price of audio is known for the model "${model}". An administrator can add it to the prices.`,
  "sound.no_room":
    "There is no room for more recordings here at the moment. The organisation that runs this page can make some. You can write your message.",
  "sound.quota": ({ megabytes }) =>
    `Your recordings and pictures may have ${megabytes} MB together. Remove one, delete a conversation with some, or try again tomorrow.`,
  "sound.too_large": ({ megabytes }) => `A recording may have at most ${megabytes} MB.`,
  "sound.too_long": ({ minutes }) => `A recording may have at most ${minutes} minutes.`,
  "sound.unreadable":
    "This kind of recording cannot be written down. Send it as MP3, M4A, Ogg, WebM or WAV.",
  "upload.gone": "This recording is no longer here. Record it again.",
  "upload.header": ({ field }) => `The request needs the field \`${field}\` with a whole number.`,
  "upload.offset": ({ offset }) => `The next piece begins at byte ${offset}.`,
  "upload.piece": ({ most }) =>
    `A piece has 1,000 to ${most} bytes, the last one what is left of the file.`,
  "voice.failed": "The recording could not be written down. It is saved. Try again.",
  "voice.under_way": "This recording is being written down.",
};
