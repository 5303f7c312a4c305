import {
  INDONESIAN_CHAT,
  INDONESIAN_COMPOSER,
  INDONESIAN_METER,
  INDONESIAN_TURN,
} from "./chat/id.ts";
import { INDONESIAN_LINK } from "./link/id.ts";
import { INDONESIAN_PICTURES } from "./pictures/id.ts";
import type { PageTexts } from "./texts.ts";
import { INDONESIAN_VOICE } from "./voice/id.ts";

export const INDONESIAN_PAGES: PageTexts = {
  language: "id",
  frame: {
    description: "Alat AI untuk diajak bercakap, di sini dan di WhatsApp.",
    skip: "Langsung ke isi",
    notice: "AI bisa keliru.",
    kept: { other: "Percakapan disimpan selama # hari." },
    keptWithSound: {
      other: "Percakapan dan rekaman disimpan selama # hari.",
    },
    backTo: "Kembali ke {name}",
    demoName: "Pemberitahuan",
    demo: "{mode:Mode demo:} jawabannya rekaan.",
  },
  home: {
    title: "Apa yang sedang Anda kerjakan?",
    search: "Cari alat",
    tools: "Alat",
    otherTools: "Alat lain",
    noneFound: "Tidak ada alat untuk “{query}”.",
    found: { other: "# alat untuk “{query}”." },
    showAll: "Tampilkan semua alat",
    empty: "Belum ada alat.",
    emptyText: "Begitu {organisation} menambahkan alat, alat itu muncul di sini.",
  },
  chat: INDONESIAN_CHAT,
  turn: INDONESIAN_TURN,
  composer: INDONESIAN_COMPOSER,
  pictures: INDONESIAN_PICTURES,
  voice: INDONESIAN_VOICE,
  meter: INDONESIAN_METER,
  removal: {
    title: "Hapus percakapan ini?",
    empty: "Tidak ada yang perlu dihapus: percakapan ini kosong.",
    forGood: "Ini tidak dapat diurungkan.",
    lost: {
      other:
        "# pesan dihapus sekarang, beserta penilaian Anda. Hanya biayanya yang disimpan, bukan teksnya.",
    },
    confirm: "Hapus percakapan",
    cancel: "Batal",
  },
  dataExport: {
    title: "Data Anda",
    about:
      "Semua percakapan Anda dalam satu berkas teks. Simpan di tempat yang hanya Anda yang dapat membacanya.",
    download: "Unduh",
    expired: "Alamat ini sudah kedaluwarsa. Kirim {command:EKSPOR} di WhatsApp untuk alamat baru.",
  },
  reason: {
    title: "Sebutkan alasannya",
    question: "Apa yang salah dengan jawaban ini?",
    field: "Dengan satu kalimat, jika mau. Ini membantu mereka yang merawat {tool}.",
    send: "Kirim",
    back: "Kembali",
  },
  link: INDONESIAN_LINK,
  linkWait: { waiting: "Menunggu pesan Anda. Kode berlaku sampai {time}." },
  errorPage: {
    status: "Galat {status}",
    errors: {
      400: { title: "Itu tidak berhasil", detail: "Ada bagian permintaan yang tidak dipahami." },
      403: { title: "Tidak diizinkan", detail: "Anda tidak punya akses ke halaman ini." },
      404: {
        title: "Halaman tidak ditemukan",
        detail: "Tidak ada apa-apa di alamat ini. Alatnya mungkin berganti nama atau ditarik.",
      },
      409: {
        title: "Sebentar",
        detail: "Sebuah jawaban masih ditulis. Tunggu atau hentikan.",
      },
      413: {
        title: "Terlalu panjang",
        detail: "Ini lebih dari yang dapat diterima halaman. Coba teks yang lebih pendek.",
      },
      429: {
        title: "Sedikit lebih pelan, ya",
        detail: "Terlalu banyak permintaan dalam waktu singkat.",
      },
      503: {
        title: "Segera kembali",
        detail: "Layanan sedang tidak tersedia. Tidak ada milik Anda yang hilang.",
      },
      other: {
        title: "Ada yang salah",
        detail:
          "Ini kesalahan kami, bukan Anda. Sudah dicatat, dan tidak ada milik Anda yang hilang.",
      },
    },
    retrySeconds: { other: "Silakan coba lagi dalam # detik." },
    retryMinutes: { other: "Silakan coba lagi dalam # menit." },
    reference: "Rujukan: {reference}",
    back: "Lihat semua alat",
  },
};
