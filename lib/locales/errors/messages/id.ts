import { formatCount } from "../../../shared/formats.ts";
import { sendAgain } from "../../../shared/send_again.ts";
import { fill } from "../../../shared/text.ts";
import { INDONESIAN_COMPOSER } from "../../page/chat/id.ts";
import { dayAndMonth, secondsUntil } from "../../times.ts";
import type { Takes } from "../codes.ts";
import type { ErrorTexts } from "../error_texts.ts";
import { INDONESIAN_MEDIA } from "../media/id.ts";

const { sendAgain: SEND_AGAIN, tooLong: TOO_LONG } = INDONESIAN_COMPOSER;

const TAKES: Readonly<Record<Takes, string>> = {
  attachments: "paling banyak pengenal empat gambar dan satu rekaman",
  chatAction: "send, edit, regenerate atau continue",
  linkCode: "kode dari pesan",
  linkCodeBody: "objek dengan code",
  messageNumber: "nomor sebuah pesan",
  messageText: "teksnya tidak ada",
  object: "objek",
  phone: "nomor telepon",
  requestId: "16 sampai 64 huruf, angka, - atau _",
  toolId: "huruf kecil, angka, dan tanda hubung, paling banyak 64",
  turnBody: "objek dengan toolId dan message",
};

const THINGS = { messages: "pesan", codes: "kode", recordings: "rekaman" } as const;

export const INDONESIAN_ERRORS: ErrorTexts = {
  titles: {
    invalid: "Permintaannya tidak benar",
    denied: "Ini tidak diizinkan",
    missing: "Tidak ada apa-apa di sini",
    conflict: "Ini tidak cocok dengan yang ada",
    too_large: "Ini terlalu besar",
    too_slow: "Permintaannya terlalu lama",
    wrong_type: "Jenis isi ini tidak diterima",
    wrong_host: "Alamat ini tidak dilayani di sini",
    unauthenticated: "Perlu kunci",
    limited: "Terlalu banyak permintaan",
    over_budget: "Anggaran hari ini habis",
    over_share: "Jatah Anda hari ini habis",
    unavailable: "Sedang tidak tersedia",
    upstream: "Layanan yang diperlukan tidak menjawab",
  },
  internal: {
    title: "Ada yang salah di sini",
    detail: "Kesalahannya sudah dicatat. Coba lagi sebentar lagi.",
  },
  wrongMethod: "Alamat ini tidak menerima permintaan jenis itu.",
  errors: {
    ...INDONESIAN_MEDIA,
    "address.malformed": "Alamatnya berisi % yang tidak mewakili karakter apa pun.",
    "budget.held": "Sisa anggaran hari ini dicadangkan untuk jawaban yang sedang berjalan.",
    "budget.message_too_long":
      "Pesan ini terlalu panjang untuk sisa anggaran hari ini. Tulis yang lebih pendek.",
    "budget.month_used": ({ opensAt }, { timeZone }) =>
      `Alat ini sudah mencapai batas bulan ini. Dibuka lagi pada ${
        dayAndMonth(opensAt, "id", timeZone)
      }.`,
    "budget.used": ({ opensAt }, { now, timeZone }) =>
      `Alat ini sudah mencapai batas hari ini. ${
        sendAgain(SEND_AGAIN, opensAt, now, true, timeZone)
      }`,
    "conversation.changed": "Percakapannya berubah: pesan itu sudah tidak ada.",
    "conversation.gone": "Percakapan itu sudah tidak ada.",
    "conversation.too_many_versions":
      "Percakapan ini punya terlalu banyak versi. Mulailah yang baru untuk melanjutkan.",
    "conversation.version_gone": "Versi itu sudah tidak ada.",
    "note.gone": "Catatan itu sudah tidak ada.",
    "device.code_over": "Kode ini sudah tidak berlaku. Tampilkan yang baru di perangkat pertama.",
    "device.same": "Ini perangkat yang menampilkan kodenya. Buka alamatnya di perangkat lain.",
    "device.ended": "Perangkat ini diakhiri dari perangkat lain. Muat ulang halaman.",
    "device.not_first": "Perangkat dikelola di perangkat pertama.",
    "device.too_many": ({ most }) => `Paling banyak ${most} perangkat. Akhiri satu dulu.`,
    "share.off": "Berbagi dimatikan di sini.",
    "share.ended": "Tautan ini sudah berakhir. Mintalah yang baru.",
    "share.too_many": ({ most }) =>
      `Satu percakapan boleh punya ${most} tautan. Hentikan satu dulu.`,
    "metrics.token_needed": "Metrik hanya diberitahukan kepada admin dan dengan token.",
    "cost.token_needed": "Biaya hanya diberitahukan kepada admin dan dengan token.",
    "cost.tool_id": "Biaya tidak dapat diberitahukan: `toolId` bukan milik alat mana pun.",
    "host.unknown":
      "Server ini tidak dikenal dengan nama ini. Pengelolanya dapat menambahkan nama itu ke ALLOWED_HOSTS.",
    "host.unreadable": "Permintaan tidak menyebut server yang dapat dipahami.",
    "link.code_expired": "Kode itu sudah kedaluwarsa. Minta yang baru.",
    "link.code_wrong": "Kode itu tidak benar. Lihat lagi pesannya, atau minta kode baru.",
    "link.invalid": ({ field, takes }) =>
      `Tidak dapat menautkan: \`${field}\` menerima ${TAKES[takes]}.`,
    "link.phone": "Itu bukan nomor telepon. Tulis dengan kode negara, misalnya +41 79 123 45 67.",
    "message.empty": "Pesan Anda kosong. Tulis sesuatu dulu.",
    "message.invalid": ({ field, takes }) =>
      `Pesan tidak dapat diterima: \`${field}\`: ${TAKES[takes]}.`,
    "message.too_long": ({ length, longest }) =>
      fill(TOO_LONG, { length: formatCount(length, "id"), longest: formatCount(longest, "id") }),
    "mirror.missing": "Pilih apa yang dikirim ke WhatsApp.",
    "model.ended": () =>
      "Alat ini tidak bisa menjawab: model AI-nya sudah tidak ada. Organisasi pengelola halaman ini sudah diberi tahu. Pakailah alat lain.",
    "model.unpriced": ({ model }) =>
      `Tidak ada yang dikirim: harga model “${model}” tidak diketahui. Admin dapat menambahkannya ke daftar harga.`,
    "page.outdated": "Halaman ini sudah usang. Muat lagi.",
    "rate.limited": ({ things, waitMs }) =>
      `Terlalu banyak ${THINGS[things]} dalam waktu singkat. Anda bisa lanjut ${
        secondsUntil(Math.ceil(waitMs / 1000), "id")
      }.`,
    "rating.missing": "Jawaban tidak dapat dinilai: `up`, `down` atau `none` tidak ada.",
    "rating.outdated": "Jawaban tidak dapat dinilai: halamannya sudah usang. Muat lagi.",
    "reply.gone": "Jawaban itu sudah tidak ada di percakapan Anda.",
    "request.broken": "Permintaan tidak dapat dibaca sampai akhir.",
    "request.form": "Formulir datang dengan cara yang tidak dipahami di sini.",
    "request.late": "Permintaan tidak datang tepat waktu. Coba lagi.",
    "request.name_too_long": "Sebuah nama dalam permintaan ini terlalu panjang.",
    "request.no_json": "Permintaan bukan JSON yang sah.",
    "request.no_text": "Permintaan tidak dapat dibaca sampai akhir sebagai teks UTF-8.",
    "request.not_json_type": "Di sini hanya JSON yang diterima (content-type: application/json).",
    "request.too_large": ({ bytes }) =>
      `Pesan terlalu panjang: paling banyak ${bytes / 1024} KiB yang diterima.`,
    "server.busy": "Server sibuk dengan banyak permintaan. Coba lagi.",
    "server.restarting": "Server sedang dimulai ulang. Coba lagi dalam beberapa detik.",
    "share.held": "Sisa jatah Anda hari ini dicadangkan untuk jawaban yang sedang berjalan.",
    "share.month_used": ({ whose, opensAt }, { timeZone }) =>
      `${
        whose === "person"
          ? "Anda sudah memakai jatah Anda bulan ini."
          : "Pengunjung baru dari jaringan Anda sudah memakai jatah mereka bulan ini."
      } Anda bisa mengirim lagi pada ${dayAndMonth(opensAt, "id", timeZone)}.`,
    "share.used": ({ whose, opensAt }, { now, timeZone }) =>
      `${
        whose === "person"
          ? "Anda sudah memakai jatah Anda hari ini."
          : "Pengunjung baru dari jaringan Anda sudah memakai jatah mereka hari ini."
      } ${sendAgain(SEND_AGAIN, opensAt, now, false, timeZone)}`,
    "store.failing":
      "Saat ini tidak ada yang dapat disimpan atau dibaca. Silakan coba lagi dalam satu menit.",
    "store.too_large": "Ini terlalu besar untuk disimpan.",
    "token.wrong": "Token ini bukan yang benar.",
    "tool.gone": "Alat ini sudah tidak tersedia.",
    "turn.asked_elsewhere":
      "Pesan ini sudah dikirim ke alat lain. Kirimkan di sini sebagai pesan baru.",
    "turn.busy":
      "Sebuah jawaban masih ditulis di percakapan ini. Tunggu sampai selesai, atau hentikan.",
    "turn.not_stopped":
      "Jawaban yang sedang berjalan tidak dapat dihentikan pada waktunya. Coba lagi sebentar lagi.",
    "voice.no_transcriber": "Pesan suara tidak dapat ditulis di sini.",
    "voice.unpriced": ({ model }) =>
      `Tidak ada yang dikirim: harga satu menit “${model}” tidak diketahui. Admin dapat menambahkannya ke daftar harga.`,
    "whatsapp.not_offered": "WhatsApp tidak ditawarkan di sini.",
    "whatsapp.not_twilio": "Permintaan ini bukan dari Twilio.",
    "whatsapp.off": "WhatsApp dimatikan.",
    "whatsapp.tool_not_offered": ({ tool }) => `${tool} tidak tersedia di WhatsApp.`,
  },
};
