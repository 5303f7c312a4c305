import type { WhatsAppTexts } from "./catalogue.ts";
import { bold, truncateLine } from "../../shared/truncate_line.ts";
import { itemLines, menuLines } from "./menu_lines.ts";
import { memoryLines } from "./memory_lines.ts";
import { counter, wait } from "../plurals.ts";

const counted = counter("id");
const units = {
  minutes: (count: number) => counted(count, { other: "# menit" }),
  seconds: (count: number) => counted(count, { other: "# detik" }),
  replies: (count: number) => counted(count, { other: "# balasan" }),
  messages: (count: number) => counted(count, { other: "# pesan" }),
  characters: (count: number) => counted(count, { other: "# karakter" }),
};

const about = (usd: string | null) => usd === null ? "kurang dari 1 sen dolar" : `sekitar ${usd}`;

export const INDONESIAN: WhatsAppTexts = {
  welcome:
    "👋 Halo! Di sini AI yang menjawab. AI bisa keliru, dan setiap pesan memakan sedikit biaya organisasi ini.\n\nKirim *BANTUAN* untuk melihat pilihan, *BAHASA* untuk bahasa lain. Kirim *STOP* dan Anda tidak akan menerima pesan lagi.",
  menu: (page, current) =>
    menuLines("*Apa yang bisa saya bantu?* Kirim nomornya.", page, {
      current: current === null ? null : `Sekarang: ${bold(current)}`,
      page: `Halaman ${page.page} dari ${page.pages}.`,
      more: "Kirim *LANJUT* untuk halaman berikutnya.",
    }),
  picked: ({ icon, name, description }) =>
    `${icon} ${bold(name)}\n${truncateLine(description, 300)}\n\n` +
    "Silakan: apa yang bisa saya bantu? *MENU* menampilkan semua alat.",
  ambiguous: (items) => `Yang mana? Kirim nomornya.\n${itemLines(items)}`,
  help: (tool) =>
    (tool === null ? "Belum ada alat yang dipilih." : `Anda berbicara dengan ${bold(tool)}.`) +
    " " +
    "Tulis saja. Atau kirim:\n\n*MENU* – semua alat\n*BARU* – percakapan baru\n*BIAYA* – berapa biayanya\n*BAHASA* – bahasa lain\n*LINK* – lanjutkan di web\n*PUTUS TAUTAN* – akhiri itu\n*CERMIN* – yang masuk ke sini dari web\n*SUARA* – jawaban lisan\n*CATATAN* – yang dicatat alat tentang Anda\n*EKSPOR* – data Anda\n*HAPUS DATA SAYA* – menghapusnya\n*STOP* – tidak ada pesan lagi",
  noTools: "Saat ini tidak ada yang tersedia di WhatsApp. Silakan coba lain hari.",
  pickFirst: "Silakan pilih dulu apa yang harus saya bantu.",
  dataHandled: (tool) =>
    `Yang Anda tulis kepada ${
      bold(tool)
    } dikirim ke penyedia AI dan disimpan di sini. Jangan kirim rahasia. *HAPUS DATA SAYA* menghapusnya.`,
  newStarted: (tool) =>
    `🆕 Percakapan baru dengan ${bold(tool)}. Yang sebelumnya tidak dipakai lagi.`,
  cost: ({ replies, conversation, today }) =>
    `💰 Percakapan ini: ${conversation} (${
      units.replies(replies)
    }).\nHari ini seluruhnya: ${today}.`,
  exportSent: (messages) => `📄 Ini data Anda (${units.messages(messages)}).`,
  exportLink: (address, minutes) => `📄 Data Anda, selama ${units.minutes(minutes)}:\n${address}`,
  nothingToExport: "Belum ada data Anda untuk diekspor.",
  deleteAsk:
    "⚠️ Hapus selamanya semua percakapan, yang saya ingat tentang Anda, dan tautan Anda? Kirim *YA* untuk menghapus atau *TIDAK* untuk menyimpannya.",
  deleteDone: "🗑️ Data Anda sudah dihapus. Tulis kapan saja untuk memulai lagi.",
  declined: "Baik, tidak ada yang diubah.",
  optedOut: "Anda tidak akan menerima pesan dari kami lagi. Kirim *START* untuk kembali.",
  optedIn: "Selamat datang kembali! Anda menerima pesan lagi. *STOP* menghentikannya.",
  languageList: (names) =>
    `Bahasa apa? Kirim nomornya.\n${names.map((name, at) => `${at + 1}. ${name}`).join("\n")}`,
  languageChanged:
    "Sekarang saya berbahasa Indonesia di sini. Kepada alat Anda boleh menulis dalam bahasa apa pun.",
  linkDone:
    "🔗 Tertaut! Obrolan ini dan halaman web kini satu percakapan. *PUTUS TAUTAN* mengakhirinya, *CERMIN* mengatur yang masuk ke sini.",
  linkFailed: "Kode itu tidak benar. Periksa di halaman web atau minta yang baru di sana.",
  linkExpired: "Kode itu sudah kedaluwarsa. Minta yang baru di halaman web.",
  linkBlocked: (minutes) => `Terlalu banyak kode salah. Tunggu ${units.minutes(minutes)}.`,
  linkHow:
    "Untuk menautkan obrolan ini dengan web: buka obrolan di sana, pilih “WhatsApp” dan kirimkan yang ditampilkan, misalnya *LINK* 2345-ABCD.",
  unlinkAsk: "Pisahkan obrolan ini dari halaman web? Kirim *YA* atau *TIDAK*.",
  unlinked: "Obrolan ini dan halaman web terpisah lagi.",
  notLinked: "Obrolan ini tidak tertaut dengan web. *LINK* menjelaskan caranya.",
  linkCode: (code, minutes) =>
    `Kode Anda: ${code}\nKetik di halaman web dalam ${
      units.minutes(minutes)
    }. Jika Anda tidak memintanya, abaikan pesan ini.`,
  mirror: (mirror, { reply, both }) =>
    `Dari web sekarang masuk ke sini: *${
      { reply: "jawaban", both: "pertanyaan dan jawaban", off: "tidak ada" }[mirror]
    }*.\n\n` +
    `*CERMIN JAWABAN* – jawaban (${
      about(reply)
    } masing-masing)\n*CERMIN SEMUA* – pertanyaan dan jawaban (${
      about(both)
    })\n*CERMIN MATI* – tidak ada`,
  voice: (mode, cost) =>
    `Selain teks, Anda mendapat pesan suara: *${
      { spoken: "saat Anda bicara", always: "selalu", never: "tidak pernah" }[mode]
    }*.\n\n*SUARA JIKA SAYA BICARA* – saat Anda mengirim pesan suara (${
      about(cost)
    } masing-masing)\n*SUARA SELALU* – dengan setiap jawaban\n*SUARA MATI* – hanya teks`,
  voiceNone:
    "Di sini jawaban tidak dibacakan: server suara belum diatur. Anda tetap bisa mengirim pesan suara.",
  voiceCut: (words) =>
    `🔊 Pesan suara berakhir setelah “…${truncateLine(words, 200)}”. Sisanya ada di teks di atas.`,
  fromWeb: (question) => `💻 Anda, di web: ${truncateLine(question, 500)}`,
  limited: (seconds) => `Itu cepat sekali. Tunggu ${wait(seconds, units)}, lalu tulis lagi.`,
  overBudget: (resets) => `Anggaran hari ini habis. Saya bisa menjawab lagi mulai: ${resets}.`,
  shareUsed: (resets) =>
    `Anda sudah memakai jatah Anda hari ini. Saya bisa menjawab Anda lagi mulai: ${resets}.`,
  mediaRefused: "Saya bisa membaca teks, gambar, dan pesan suara saja. Silakan kirim sebagai teks.",
  modelEnded:
    "Alat ini tidak bisa menjawab sekarang: model AI-nya sudah tidak ada. Pengelolanya sudah diberi tahu. *MENU* menampilkan alat lain.",
  imagesNotSeen: "Alat ini tidak bisa melihat gambar. Silakan jelaskan dengan kata-kata.",
  pictureNotRead: "Saya tidak dapat membaca gambar itu. Silakan kirim sebagai foto, JPEG atau PNG.",
  mediaTooLarge: (megabytes) => `Itu terlalu besar. Paling banyak ${megabytes} MB.`,
  voiceHeard: (transcript) => `🎤 “${truncateLine(transcript, 1_000)}”`,
  recordingKept: "Rekaman disimpan bersama percakapan ini sampai Anda menghapusnya.",
  voiceUnwritten: "Saya tidak dapat menuliskan pesan suara itu. Model mendengarkannya langsung.",
  voiceMarker: (time) => `(Pesan suara, ${time}, tidak ditulis)`,
  voiceFailed: "Saya tidak dapat memahami pesan suara itu. Coba lagi atau tulis saja.",
  voiceTooLong: (minutes) =>
    `Pesan suara itu terlalu panjang. Paling lama ${units.minutes(minutes)}, ya.`,
  takenOver: "👤 Mulai sekarang seseorang yang menjawab; AI diam.",
  handedBack: "🤖 AI menjawab Anda lagi.",
  fromHuman: (text) => `👤 ${text}`,
  offScope: (tool, scope) =>
    `${bold(tool)} tidak bisa membantu soal itu di sini. Kegunaannya: ${
      truncateLine(scope, 500)
    }\n*MENU* menampilkan yang lain.`,
  failed: (retry) =>
    retry
      ? "Ada yang salah, maaf. Silakan kirim ulang dalam satu menit."
      : "Maaf, saya tidak bisa menjawab itu. Sampaikan dengan cara lain atau kirim *MENU*.",
  interrupted: "⚠️ _Jawaban terputus di sini. Kirim lagi pesan Anda untuk jawaban utuh._",
  otherModel: "_Model lain yang menjawab._",
  propose: (tool) => `Ini sepertinya untuk ${bold(tool)}. Boleh saya beralih? *YA* atau *TIDAK*`,
  tooLong: (characters) =>
    `Itu terlalu panjang bagi saya. Paling banyak ${units.characters(characters)}.`,
  audioNotHeard:
    "Saya tidak bisa mendengarkan rekaman jenis ini. Tahan mikrofon di WhatsApp ini lalu bicara, atau tulis saja.",
  mediaGone: "Saya tidak bisa membuka yang Anda kirim. Silakan kirim lagi, atau tulis saja.",
  reviewed:
    "Agar alat ini menjadi lebih baik, orang dari organisasi ini dapat membaca yang Anda tulis di sini mulai sekarang. Jangan tulis hal yang harus tetap rahasia.",
  memory: (notes, off) =>
    memoryLines(notes, off, {
      title: "🧠 Yang dicatat alat tentang Anda, selama 30 hari:",
      none: "🧠 Alat tidak punya catatan tentang Anda.",
      off:
        "Anda mematikan ini: tidak ada catatan yang ditulis atau dipakai. *CATATAN NYALA* mengubahnya.",
      how: "*CATATAN MATI* mengakhirinya, *HAPUS CATATAN* menghapus catatan itu.",
    }),
  memoryOff:
    "🧠 Alat tidak lagi menulis atau memakai catatan tentang Anda. *CATATAN NYALA* mengubahnya, *HAPUS CATATAN* menghapus yang ada.",
  memoryOn:
    "🧠 Alat yang mencatat kembali menulis catatan singkat dari percakapan kita. *CATATAN* menampilkannya.",
  memoryCleared: "🗑️ Catatan tentang Anda sudah dihapus. Percakapan Anda tetap ada.",
  remembers:
    "Alat ini menyimpan catatan singkat dari percakapan kita selama 30 hari. *CATATAN* menampilkannya, *CATATAN MATI* mengakhirinya.",
};
