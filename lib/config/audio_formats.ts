/** Media types of recordings, by the names of formats in requests and settings. */
export const AUDIO_FORMATS = {
  wav: "audio/wav",
  mp3: "audio/mpeg",
  ogg: "audio/ogg",
  webm: "audio/webm",
  m4a: "audio/mp4",
} as const;

export type AudioFormat = keyof typeof AUDIO_FORMATS;
