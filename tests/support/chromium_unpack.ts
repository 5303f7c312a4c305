/*
 * Unpacks the Chromium from npm into TMPDIR and prints its path. A separate program, because its
 * last files are written after the promise resolves: they are complete when the program ends.
 */
import packed from "@sparticuz/chromium";

// deno-lint-ignore no-console -- the output of this program
console.log(await packed.executablePath());
