import type { PictureTexts } from "./picture_texts.ts";

export const INDONESIAN_PICTURES: PictureTexts = {
  add: "Tambahkan gambar",
  preparing: "Gambar sedang disiapkan …",
  ready: "{size} · Data tempat dan kamera dihapus.",
  removed: "Gambar dihapus.",
  remove: "Hapus {name}",
  picture: "gambar {number}",
  heic:
    "Format telepon ini (HEIC) tidak dapat dibaca di sini. Bagikan gambarnya sebagai JPEG, atau ambil tangkapan layarnya lalu kirim.",
  unreadable: "Jenis gambar ini tidak dapat dibaca. Kirim sebagai JPEG atau PNG.",
  notSeen: "Model alat ini tidak dapat melihat gambar.",
  tooMany: "Satu pesan boleh berisi paling banyak {most} gambar.",
  noRoom: "Perangkat ini tidak punya ruang untuk gambar lagi. Tambahkan lagi saat Anda tersambung.",
  form: "Gambar (JPEG, PNG, atau WebP, paling banyak empat)",
};
