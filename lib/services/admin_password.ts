import { createHash } from "node:crypto";

/** Argon2id as OWASP recommends it: 19 MiB, two passes, one lane (the package's own defaults). */
const COST = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };
/**
 * The hash of a plain password is never stored, so its salt need not be secret;
 * that it is always the same makes the fingerprint outlast a restart.
 */
const SALT = new TextEncoder().encode("obt-helper-admin");

/** Checks guesses against the admin password, given plain or as an argon2id hash. */
export class AdminPassword {
  private encoded: Promise<string> | null = null;
  /** One guess at a time: each takes 19 MiB, and many at once would be an attack. */
  private turn: Promise<unknown> = Promise.resolve();

  constructor(private readonly password: string) {}

  /** Whether a guess is right; takes the same time whether or not it is. */
  matches(guess: string): Promise<boolean> {
    const result = this.turn.then(async () => {
      const { verify } = await import("@node-rs/argon2");
      return await verify(await this.hash(), guess);
    });
    this.turn = result.catch(() => {});
    return result;
  }

  /** Changes with the password, and says next to nothing of it. */
  async fingerprint(): Promise<string> {
    return createHash("sha256").update(await this.hash()).digest("base64url").slice(0, 8);
  }

  private hash(): Promise<string> {
    this.encoded ??= this.password.startsWith("$argon2id$")
      ? Promise.resolve(this.password)
      : import("@node-rs/argon2").then(({ hash }) => hash(this.password, { ...COST, salt: SALT }));
    return this.encoded;
  }
}
