import { createHmac } from "node:crypto";
import { GuessQueue } from "./guess_queue.ts";

/** Argon2id as recommended by OWASP: 19 MiB, two passes, one lane (the package's defaults). */
const COST = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };

/** Checks guesses against the admin password, configured as text or argon2id hash. */
export class AdminPassword {
  private encoded: Promise<string> | null = null;
  private readonly queue = new GuessQueue();

  /** @param salt from the store, so that it outlasts a restart; the hash itself is never stored */
  constructor(
    private readonly password: string,
    private readonly salt: () => Promise<Uint8Array>,
  ) {}

  /**
   * Whether a guess is right, in constant time.
   * @throws {AppError} `limited` when too many guesses wait
   */
  matches(guess: string, from: "known" | "stranger"): Promise<boolean> {
    return this.queue.run(from, async () => {
      const { verify } = await import("@node-rs/argon2");
      return await verify(await this.hash(), guess);
    });
  }

  /**
   * HMAC of a random token under the password's hash; changes with the password.
   * Safe to store: testing a guessed password against it requires the token, which only the
   * browser has.
   */
  async bound(token: string): Promise<string> {
    return createHmac("sha256", await this.hash()).update(token).digest("base64url");
  }

  /** Reads the salt again at the next guess. */
  forgetSalt(): void {
    this.encoded = null;
  }

  private hash(): Promise<string> {
    this.encoded ??= this.encode().catch((error) => {
      this.encoded = null;
      throw error;
    });
    return this.encoded;
  }

  private async encode(): Promise<string> {
    if (this.password.startsWith("$argon2id$")) return this.password;
    const [{ hash }, salt] = await Promise.all([import("@node-rs/argon2"), this.salt()]);
    return await hash(this.password, { ...COST, salt });
  }
}
