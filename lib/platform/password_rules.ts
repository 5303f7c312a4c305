/** A shorter password is refused; one shorter than `GOOD_LENGTH` gets a warning. */
export const LEAST_LENGTH = 8;
export const GOOD_LENGTH = 12;

/** Words at the top of every guessing list, with or without digits and signs around them. */
const COMMON = new Set(
  `abc admin administrator adminadmin angel asdf asdfgh baseball batman bible changeit changeme
   charlie cheese church computer default demo dragon faith football freedom god grace guest hello
   helper hunter iloveyou jesus letmein lord love master michael monkey mustang ninja obthelper
   openai organisation organization pass passphrase passwd password princess qazwsx qwerty qwertyuiop
   qwertz root secret server shadow starwars summer sunshine superman supersecret system temp test
   testing tool trustno user welcome whatsapp whatever winter wycliffe you zxcvbn zxcvbnm yourpassword
   mypassword longpassword alongpasswordofyourown`.split(/\s+/),
);
/** Keyboard rows. */
const ROWS = [
  "0123456789",
  "1234567890",
  "abcdefghijklmnopqrstuvwxyz",
  "qwertyuiop",
  "qwertzuiop",
  "azertyuiop",
  "asdfghjkl",
  "zxcvbnm",
  "1q2w3e4r5t6y7u8i9o0p",
  "1qaz2wsx3edc4rfv5tgb6yhn7ujm",
];
const LOOKALIKES: Record<string, string> = {
  "0": "o",
  "1": "i",
  "3": "e",
  "4": "a",
  "5": "s",
  "7": "t",
  "@": "a",
  "$": "s",
  "!": "i",
};

/**
 * Whether a password is easily guessed: short, of few different characters, a keyboard run, a
 * common word with digits around it, or the e-mail address of an account.
 */
export function isWeakPassword(password: string, emails: readonly string[] = []): boolean {
  const text = password.normalize("NFKC").toLowerCase();
  const characters = [...text];
  if (characters.length < LEAST_LENGTH || new Set(characters).size < 5) return true;
  if (/^(.{1,6})\1+$/su.test(text)) return isWeakPassword(text.replace(/^(.{1,6}?)\1+$/su, "$1"));
  // A date or a phone number: few combinations.
  if (/^[\d\s./+-]+$/.test(text) && text.replace(/\D/g, "").length < 16) return true;
  if (ROWS.some((row) => isRun(text, row))) return true;
  const names = emails.flatMap((email) => [email, email.split("@")[0] ?? ""]);
  const own = new Set(names.map((name) => lettersOf(name.toLowerCase())));
  return wordsIn(text).some((word) => COMMON.has(word) || own.has(word));
}

/** Strips the digits and substitutions that make a common word look harder. */
function wordsIn(text: string): string[] {
  const core = text.replace(/^[^a-z]+|[^a-z]+$/g, "");
  const swapped = [...text].map((sign) => LOOKALIKES[sign] ?? sign).join("");
  const swappedCore = [...core].map((sign) => LOOKALIKES[sign] ?? sign).join("");
  return [text, core, swapped, swappedCore].map(lettersOf).filter((word) => word !== "");
}

function lettersOf(text: string): string {
  return text.replace(/[^\p{L}]/gu, "");
}

function isRun(text: string, row: string): boolean {
  const endless = row + row;
  const backwards = [...endless].reverse().join("");
  return endless.includes(text) || backwards.includes(text);
}

/** Cost bounds of an argon2id hash: below, guesses are fast; above, a login overloads the CPU. */
const LEAST_WORK_KIB = 35_840;
const LEAST_MEMORY_KIB = 7_168;
const MOST_MEMORY_KIB = 256 * 1024;
const MOST_PASSES = 32;
const ARGON2ID = /^\$argon2id\$v=19\$m=(\d{1,9}),t=(\d{1,9}),p=(\d{1,9})\$([\w+/]+)\$([\w+/]+)$/;

/**
 * What an argon2id hash should be and is not; null when it is right.
 * @see https://cheatsheetseries.owasp.org/cheatsheets/Password_Storage_Cheat_Sheet.html
 */
export function hashProblem(encoded: string): string | null {
  const [, memory, passes, lanes, salt = "", hash = ""] = ARGON2ID.exec(encoded) ?? [];
  if (memory === undefined) {
    return "a password, or its whole argon2id hash ($argon2id$v=19$m=…,t=…,p=…$…$…)";
  }
  const [m, t, p] = [Number(memory), Number(passes), Number(lanes)];
  if (m < LEAST_MEMORY_KIB || m * t < LEAST_WORK_KIB || salt.length < 11 || hash.length < 22) {
    return "an argon2id hash that costs more to guess: at least m=19456,t=2,p=1, 8 bytes of salt and 16 of hash";
  }
  if (m > MOST_MEMORY_KIB || t > MOST_PASSES || p < 1 || p > 16) {
    return "an argon2id hash that this server can check: at most m=262144,t=32,p=16";
  }
  return null;
}

/** Whether a text can be an e-mail address, with or without a dot in its host. */
export function isEmail(text: string): boolean {
  return text.length <= 254 &&
    /^[^\s@,;:<>()"\\[\]]+@[\p{L}\p{N}]([\p{L}\p{N}.-]*[\p{L}\p{N}])?$/u.test(text) &&
    !text.includes("..");
}
