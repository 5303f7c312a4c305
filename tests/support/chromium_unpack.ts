/*
 * Unpacks the Chromium of npm into the folder for temporary files (TMPDIR) and
 * says where it lies. A program of its own, because its last files are written
 * when the promise has resolved already: they are there when the program ends.
 */
import packed from "@sparticuz/chromium";

// deno-lint-ignore no-console -- what it is started for
console.log(await packed.executablePath());
