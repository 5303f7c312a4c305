import { randomFrom } from "@/tests/money/fates.ts";
import { assert } from "@/tests/support/assert.ts";
import { integral, logFactorial } from "@/tests/support/reference_statistics.ts";
import {
  betaCdf,
  betaDensity,
  chiSquareTail,
  logGamma,
  normalCdf,
  normalQuantile,
} from "./distributions.ts";

const near = (actual: number, expected: number, within: number, of: string) =>
  assert.ok(Math.abs(actual - expected) <= within, `${of}: ${actual} instead of ${expected}`);

Deno.test("logGamma() is the factorial of whole numbers and the known one of halves", () => {
  for (const n of [1, 2, 3, 9, 10, 11, 57, 1_000, 100_000]) {
    near(logGamma(n), logFactorial(n - 1), 1e-12 * (1 + logFactorial(n - 1)), `${n}`);
  }
  near(logGamma(0.5), Math.log(Math.PI) / 2, 1e-14, "½");
  near(logGamma(5.5), Math.log(52.34277778455352), 1e-13, "5½");
});

Deno.test("normalCdf() and normalQuantile() are those of an integrated density, at 1,000 places", () => {
  const random = randomFrom(19);
  const density = (x: number) => Math.exp(-x * x / 2) / Math.sqrt(2 * Math.PI);
  for (let run = 0; run < 1_000; run++) {
    const z = random() * 16 - 8;
    const tail = integral(density, Math.abs(z), Math.abs(z) + 12, { tolerance: 1e-15, parts: 40 });
    near(normalCdf(-Math.abs(z)), tail, 1e-10 * tail + 1e-17, `tail of ${z}`);
    near(normalCdf(z) + normalCdf(-z), 1, 1e-15, `both sides of ${z}`);
    if (run < 100) near(normalQuantile(normalCdf(z / 2)), z / 2, 1e-9, `quantile of ${z / 2}`);
  }
  near(normalQuantile(0.975), 1.959963984540054, 1e-12, "97.5%");
  near(normalQuantile(0.8), 0.8416212335729143, 1e-12, "80%");
});

Deno.test("chiSquareTail() is that of an integrated density, at 1,000 places", () => {
  const random = randomFrom(20);
  for (let run = 0; run < 1_000; run++) {
    const df = 1 + Math.floor(random() * 6);
    const x = random() * random() * 60;
    // With x = y², the density has no pole at 0.
    const shape = (y: number) => 2 * y ** (df - 1) * Math.exp(-y * y / 2);
    const root = Math.sqrt(x);
    const above = integral(shape, root, root + 14, { tolerance: 1e-12, parts: 40 });
    const all = integral(shape, 0, 14, { tolerance: 1e-12, parts: 40 });
    near(chiSquareTail(x, df), above / all, 1e-9 * above / all + 1e-12, `${x} at ${df}`);
  }
});

Deno.test("betaCdf() is that of an integrated density, for 1,000 random shapes", () => {
  const random = randomFrom(21);
  for (let run = 0; run < 1_000; run++) {
    const a = 1 + Math.floor(300 * random() ** 3), b = 1 + Math.floor(300 * random() ** 3);
    const deviation = Math.sqrt(a * b / (a + b + 1)) / (a + b);
    const x = Math.min(1, Math.max(0, a / (a + b) + (random() * 8 - 4) * deviation));
    const mode = a + b > 2 ? (a - 1) / (a + b - 2) : 0.5;
    const log = (y: number) =>
      (a === 1 ? 0 : (a - 1) * Math.log(y)) + (b === 1 ? 0 : (b - 1) * Math.log1p(-y));
    const shape = (y: number) => Math.exp(log(y) - log(mode));
    const below = integral(shape, 0, x, { tolerance: 1e-13, parts: 64 });
    const all = integral(shape, 0, 1, { tolerance: 1e-13, parts: 64 });
    near(betaCdf(x, a, b), below / all, 1e-9, `${x} of ${a}, ${b}`);
    if (x > 0 && x < 1) {
      near(betaDensity(x, a, b) * all / shape(x), 1, 1e-8, `density ${x} of ${a}, ${b}`);
    }
  }
});
