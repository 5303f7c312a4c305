import type { LinkTexts } from "./link_texts.ts";

export const INDONESIAN_LINK: LinkTexts = {
  title: "Lanjutkan di WhatsApp",
  linkedTitle: "WhatsApp",
  ended: {
    phone: "Tautan dengan {phone} berakhir pada {time}: diakhiri di telepon.",
    replaced: "Tautan dengan {phone} berakhir pada {time}: telepon ditautkan dengan peramban lain.",
    seen: "Baik",
  },
  code: {
    offer: "Tautkan peramban ini dengan WhatsApp untuk melanjutkan percakapan ini di telepon Anda.",
    expired: "Kode sudah kedaluwarsa. Tidak ada yang ditautkan.",
    show: "Tampilkan kode saya",
    showNew: "Tampilkan kode baru",
    here: "Buka WhatsApp di perangkat ini",
    otherWay: "Atau {byNumber:minta kode lewat WhatsApp} dan ketik di sini.",
    picture: "Kode QR yang membuka WhatsApp dengan pesan LINK {code}",
    steps: ["1. Buka WhatsApp", "2. Kirim pesannya"],
    open: "Buka WhatsApp",
    openAbout: "Pesan dengan kode Anda sudah siap di sana.",
    sendAbout: "Jangan ubah kodenya. Halaman ini lanjut sendiri.",
    elsewhere: "WhatsApp ada di telepon lain",
    scanElsewhere: "Pindai ini dengan kamera telepon itu.",
    scan: "Pindai ini dengan kamera telepon Anda",
    scanAbout:
      "WhatsApp terbuka dengan sebuah pesan. Kirim apa adanya, dan halaman ini lanjut sendiri.",
    byHand: "Tidak ada kamera? Tulis ini ke {number}:",
    waiting:
      "Menunggu pesan Anda. Halaman ini memeriksa setiap beberapa detik. {look:Periksa sekarang}",
    renew: "Kode baru",
  },
  byNumber: {
    enterCode: "Ketik kodenya",
    sent: {
      other:
        "Jika {phone} menulis kepada kami dalam 24 jam terakhir, sekarang ada kode di sana yang berlaku # menit lagi. Tidak ada yang masuk? Kirim dulu pesan apa saja kepada kami di WhatsApp lalu minta lagi, atau {scan:pindai kode QR}: itu selalu berhasil.",
    },
    code: "Kode dari pesan",
    link: "Tautkan",
    title: "Minta kode lewat WhatsApp",
    titleAgain: "Nomor lain, atau kode baru",
    about:
      "Kami mengirim kode ke telepon Anda jika telepon itu menulis kepada kami dalam 24 jam terakhir: WhatsApp tidak mengizinkan yang lain. Jika tidak, kirim dulu pesan apa saja, atau {scan:pindai kode QR}.",
    phone: "Nomor WhatsApp Anda, dengan kode negara",
    send: "Kirimi saya kode",
    back: "Kembali",
    answer:
      "Jika nomor ini menulis kepada kami dalam 24 jam terakhir, sekarang ada kode di sana. Jika tidak ada yang masuk, kirim dulu pesan apa saja kepada kami di WhatsApp, atau kirimi kami kode dari telepon itu.",
  },
  linked: {
    since: "Tertaut dengan {phone} sejak {time}. Tulis saja, di sini atau di sana.",
    silent: {
      stopped:
        "Sekarang tidak ada yang dikirim ke sana, karena STOP dikirim dari telepon. START melanjutkannya.",
      window:
        "Sekarang tidak ada yang dikirim ke sana, karena Anda tidak menulis di WhatsApp selama 24 jam. Pesan apa saja melanjutkannya.",
    },
    mirror: "Apa dari halaman ini yang dikirim ke WhatsApp?",
    choices: {
      reply: ["Jawabannya", "{cost} untuk setiap pesan Anda di sini"],
      both: ["Pertanyaan saya dan jawabannya", "{cost} untuk setiap pesan Anda di sini"],
      off: ["Tidak ada", "tanpa biaya; yang Anda tulis di WhatsApp tetap dijawab di sana"],
    },
    about:
      "Jawaban panjang menjadi beberapa pesan. Tidak ada yang dikirim jika Anda tidak menulis di WhatsApp selama 24 jam, atau mengirim STOP di sana.",
    save: "Simpan",
    unlinkTitle: "Akhiri tautan",
    unlinkAbout:
      "Yang sudah dikatakan tetap di halaman ini. Telepon diberi tahu, dan percakapan sebelumnya di sana kembali.",
    unlink: "Putuskan tautan",
  },
  about: {
    title: "Arti menautkan",
    points: [
      "Percakapannya sama di sini dan di WhatsApp, dengan setiap alat.",
      "Siapa pun yang memegang telepon atau memakai peramban ini dapat membacanya dan melanjutkannya.",
      "Percakapan sebelumnya di telepon Anda tetap terpisah dan kembali saat tautan diputuskan.",
      "Pesan melewati Meta dan Twilio. Halaman ini hanya menampilkan angka-angka terakhir nomor Anda.",
    ],
    cost:
      "Anda tidak membayar apa-apa. Setiap pesan memakan biaya {cost} bagi organisasi. Tulis PUTUS TAUTAN di telepon untuk mengakhirinya; yang sudah dikatakan tetap di sini.",
  },
};
