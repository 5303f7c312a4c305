import { secondsUntil } from "../../times.ts";
import { formatUsd } from "../../../shared/money.ts";
import type { NearlyUsed, TurnErrorTexts } from "../turn_codes.ts";

const NEARLY_USED: Readonly<Record<NearlyUsed, string>> = {
  person: "Anda sudah memakai sebagian besar jatah Anda hari ini",
  address: "Pengunjung baru dari jaringan Anda sudah memakai sebagian besar jatah mereka hari ini",
  tool: "Anggaran alat ini untuk hari ini hampir habis",
};

export const INDONESIAN_TURNS: TurnErrorTexts = {
  failures: {
    "empty-reply": {
      title: "Jawabannya kosong",
      detail:
        "Layanan AI berakhir tanpa teks. Pertanyaan Anda tersimpan. Coba lagi, atau sampaikan dengan kata lain.",
    },
    internal: {
      title: "Ada yang salah di sini",
      detail:
        "Pertanyaan Anda tersimpan. Coba lagi; jika terulang, beri tahu organisasi pengelola halaman ini.",
    },
    interrupted: {
      title: "Jawabannya terputus",
      detail: "Server dimulai ulang saat sedang menulis. Pertanyaan Anda tersimpan. Coba lagi.",
    },
    "provider-account-empty": {
      title: "Akun layanan AI kosong",
      detail:
        "Organisasi pengelola halaman ini perlu menambah saldo di sana. Beri tahu mereka; pertanyaan Anda tersimpan sampai saat itu.",
    },
    "provider-broken": {
      title: "Jawabannya terpotong",
      detail:
        "Layanan AI mengakhiri jawaban terlalu cepat. Pertanyaan Anda dan sebagian jawaban tersimpan. Coba lagi.",
    },
    "provider-busy": (seconds) => ({
      title: "Layanan AI sedang sibuk",
      detail: `Terlalu banyak permintaan datang sekaligus. Pertanyaan Anda tersimpan. Coba lagi ${
        seconds === null ? "sebentar lagi" : secondsUntil(seconds, "id")
      }.`,
    }),
    "provider-down": {
      title: "Layanan AI tidak dapat dihubungi",
      detail: "Pertanyaan Anda tersimpan. Coba lagi sebentar lagi.",
    },
    "provider-filtered": {
      title: "Layanan AI tidak menjawab ini",
      detail: "Penyaringnya menghentikan pertanyaan atau jawabannya. Sampaikan dengan kata lain.",
    },
    "provider-only-thinking": {
      title: "Model AI hanya sampai berpikir",
      detail:
        "Seluruh panjang jawaban habis untuk berpikir. Tanyakan yang lebih sederhana. Organisasi pengelola halaman ini dapat mengizinkan jawaban yang lebih panjang atau memilih model yang lebih sedikit berpikir.",
    },
    "provider-refused": {
      title: "Layanan AI menolak permintaannya",
      detail:
        "Organisasi pengelola halaman ini perlu memeriksa pengaturannya. Pertanyaan Anda tersimpan.",
    },
    "provider-timeout": {
      title: "Layanan AI terlalu lama",
      detail:
        "Layanan itu berhenti menjawab. Pertanyaan Anda dan sebagian jawaban tersimpan. Coba lagi.",
    },
    "provider-too-long": {
      title: "Percakapan ini terlalu panjang untuk model AI",
      detail:
        "Mulailah percakapan baru dan tanyakan lagi di sana, atau tanyakan yang lebih pendek.",
    },
    "provider-withdrawn": {
      title: "Layanan AI menarik kembali jawabannya",
      detail: "Sampaikan pertanyaan Anda dengan kata lain.",
    },
    restored: {
      title: "Jawabannya tidak dapat disimpan",
      detail:
        "Sementara itu salinan lama semua percakapan dikembalikan. Muat lagi halamannya, lalu tanyakan lagi.",
    },
    store: {
      title: "Jawabannya tidak dapat disimpan",
      detail:
        "Saat ini tidak ada yang dapat disimpan atau dibaca. Silakan coba lagi dalam satu menit.",
    },
    unsaved: {
      title: "Jawabannya tidak dapat disimpan",
      detail:
        "Yang ditulis layanan AI tidak dapat disimpan. Pertanyaan Anda tersimpan. Coba lagi, atau sampaikan dengan kata lain.",
    },
  },
  reviewed:
    "Agar alat ini menjadi lebih baik, orang dari organisasi ini dapat membaca percakapan ini. Jangan tulis apa pun yang harus tetap rahasia.",
  notices: {
    downgraded: ({ nearest }) => `${NEARLY_USED[nearest]}, jadi model yang lebih murah menjawab.`,
    failed_over: () => "Model lain yang menjawab, karena model yang biasa gagal.",
    clamped: ({ nearest }) => `${NEARLY_USED[nearest]}, jadi jawaban ini dibuat pendek.`,
    alert: ({ session }) =>
      `Percakapan ini sudah menghabiskan ${
        formatUsd(session, "id")
      }. Percakapan baru lebih murah, karena lebih sedikit teks yang ikut dikirim dengan setiap pesan.`,
  },
};
