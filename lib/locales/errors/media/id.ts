import { formatCount } from "../../../shared/formats.ts";
import type { MediaErrors } from "../error_texts.ts";

const ANOTHER = "Kirim sebagai JPEG atau PNG.";

export const INDONESIAN_MEDIA: MediaErrors = {
  "picture.animated": "Gambar bergerak tidak dapat dibaca. Kirim gambar diam.",
  "picture.damaged": "Gambar ini rusak atau tidak lengkap. Pilih yang lain.",
  "picture.format": ({ format }) => `Gambar ${format} tidak dapat dibaca. ${ANOTHER}`,
  "picture.gone": "Gambar ini sudah tidak tersedia.",
  "picture.heic":
    "Gambar HEIC tidak dapat dibaca. Bagikan sebagai JPEG, atau ambil tangkapan layarnya lalu kirim.",
  "picture.implausible": "Isi gambar ini tidak cocok dengan ukurannya. Pilih yang lain.",
  "picture.no_room":
    "Saat ini tidak ada tempat lagi untuk gambar di sini. Organisasi pengelola halaman ini dapat menyediakannya. Teks Anda dapat dikirim tanpa gambar.",
  "picture.not_seen": "Model alat ini tidak dapat melihat gambar.",
  "picture.quota": ({ megabytes }) =>
    `Gambar dan rekaman Anda boleh berjumlah ${megabytes} MB. Hapus percakapan yang berisi gambar, lalu kirim lagi.`,
  "picture.together": ({ megabytes }) =>
    `Semua gambar dalam satu pesan boleh berjumlah ${megabytes} MB. Kirim lebih sedikit atau lebih kecil.`,
  "picture.too_large": ({ megabytes }) =>
    `Gambar ini terlalu besar: paling banyak ${megabytes} MB. Kirim yang lebih kecil.`,
  "picture.too_many": ({ most }) => `Satu pesan boleh berisi paling banyak ${most} gambar.`,
  "picture.too_many_pixels": ({ width, height, most }) =>
    `Gambar ini terlalu besar: ${width} × ${height} piksel, lebih dari ${
      most / 1_000_000
    } juta. Kirim yang lebih kecil.`,
  "picture.too_wide": ({ width, height, most }) =>
    `Gambar ini terlalu besar: ${width} × ${height} piksel. Paling banyak ${most} di setiap sisi.`,
  "picture.trailing":
    "Berkas ini berisi lebih dari sebuah gambar. Ambil tangkapan layar gambarnya lalu kirim.",
  "picture.unknown": `Jenis gambar ini tidak dapat dibaca. ${ANOTHER}`,
  "picture.wrong_type": ({ shown }) =>
    `Berkas ini mengaku jenis gambar yang lain dari aslinya (${shown}). ${ANOTHER}`,
  "audio.not_heard":
    "Model alat ini tidak dapat mendengarkan rekaman ini, dan rekaman ini tidak ditulis. Tulis pesan Anda, atau rekam lagi.",
  "audio.unpriced": ({ model }) =>
    `Tidak ada yang dikirim: harga audio untuk model “${model}” tidak diketahui. Administrator dapat menambahkannya ke daftar harga.`,
  "sound.no_room":
    "Saat ini tidak ada tempat lagi untuk rekaman di sini. Organisasi pengelola halaman ini dapat menyediakannya. Anda dapat menulis pesan Anda.",
  "sound.quota": ({ megabytes }) =>
    `Rekaman dan gambar Anda boleh berjumlah ${megabytes} MB. Hapus satu, hapus percakapan yang berisinya, atau coba lagi besok.`,
  "sound.too_large": ({ megabytes }) => `Sebuah rekaman boleh paling banyak ${megabytes} MB.`,
  "sound.too_long": ({ minutes }) => `Sebuah rekaman boleh paling lama ${minutes} menit.`,
  "sound.unreadable":
    "Rekaman jenis ini tidak dapat dituliskan. Kirim sebagai MP3, M4A, Ogg, atau WebM.",
  "upload.gone": "Rekaman ini sudah tidak ada di sini. Rekam lagi.",
  "upload.header": ({ field }) => `Permintaan perlu isian \`${field}\` dengan bilangan bulat.`,
  "upload.offset": ({ offset }) => `Bagian berikutnya dimulai pada bita ${offset}.`,
  "upload.piece": ({ most }) =>
    `Satu bagian berisi ${
      formatCount(1_000, "id")
    } sampai ${most} bita, yang terakhir sisa berkasnya.`,
  "voice.failed": "Rekaman tidak dapat dituliskan. Rekamannya tersimpan. Coba lagi.",
  "voice.under_way": "Rekaman ini sedang dituliskan.",
};
