import { createHash, randomBytes } from "node:crypto";
import { AppError } from "../platform/errors.ts";
import type { Clock } from "../platform/clock.ts";
import type { EventBus } from "../platform/event_bus.ts";
import type { Kv } from "../store/kv.ts";
import type { Transactions } from "../store/transactions.ts";
import { type Device, peopleKeys } from "./records.ts";
import { Erasures } from "./erasures.ts";
import type { VisitorDeletion, VisitorRecords } from "./visitors.ts";

interface Needs {
  store: { kv: Kv; transactions: Transactions };
  clock: Clock;
  bus: EventBus;
}

/** A code is valid for as long, and so is the wait for its confirmation. */
const CODE_MS = 10 * 60_000;
const YEAR_MS = 365 * 24 * 60 * 60_000;
/** Most further devices of a visitor. */
const MOST_DEVICES = 10;
/** Polling interval for a device that was ended by another process. */
const ELSEWHERE_MS = 5_000;
/** 192 and 256 bits, in base64url. */
const CODE_BYTES = 24;
const TOKEN_BYTES = 32;

/** A further device, as the first one lists it. */
export interface ListedDevice extends Device {
  id: string;
}

/**
 * Further browsers of a visitor. The first one shows a code that works once; the other redeems it,
 * and uses the visitor's conversations when the first one has confirmed it. Codes and tokens are
 * stored as hashes only.
 */
export class Devices implements VisitorRecords {
  private readonly erasures: Erasures;

  constructor(private readonly deps: Needs) {
    this.erasures = new Erasures(deps);
  }

  /** Makes a code and ends the visitor's previous one. */
  async offer(visitor: string): Promise<{ code: string; until: number }> {
    const code = randomBytes(CODE_BYTES).toString("base64url");
    const hash = hashOf(code);
    const until = this.deps.clock() + CODE_MS;
    const offerKey = peopleKeys.deviceOffer(visitor);
    await this.deps.store.transactions.run([offerKey], (tx) => {
      const before = tx.get(offerKey);
      if (before) tx.delete(peopleKeys.deviceCode(before.hash));
      tx.set(offerKey, { hash, until });
      tx.set(peopleKeys.deviceCode(hash), { visitor, until });
    });
    return { code, until };
  }

  /** Whether a code can be redeemed; looking at it does not redeem it. */
  async isValid(code: string): Promise<boolean> {
    const { value } = await this.deps.store.kv.get(peopleKeys.deviceCode(hashOf(code)));
    return value !== null && value.until > this.deps.clock();
  }

  /**
   * Redeems a code: returns the token of the new device, which is still to be confirmed.
   * @throws {AppError} `missing` for a code that is used, over or unknown, `conflict` on the device
   * that shows it, or beyond {@link MOST_DEVICES}.
   */
  async redeem(code: string, name: string, self: string | null): Promise<string> {
    const token = randomBytes(TOKEN_BYTES).toString("base64url");
    const id = hashOf(token);
    const codeKey = peopleKeys.deviceCode(hashOf(code));
    const shown = (await this.deps.store.kv.get(codeKey)).value;
    const count = shown === null ? 0 : (await this.list(shown.visitor)).length;
    await this.deps.store.transactions.run([codeKey], (tx) => {
      const now = this.deps.clock();
      const offered = tx.get(codeKey);
      if (offered === null || offered.until <= now) {
        throw new AppError("missing", { code: "device.code_over" });
      }
      const { visitor } = offered;
      if (visitor === self) throw new AppError("conflict", { code: "device.same" });
      if (count >= MOST_DEVICES) {
        throw new AppError("conflict", { code: "device.too_many", most: MOST_DEVICES });
      }
      const until = now + CODE_MS;
      tx.delete(codeKey);
      tx.delete(peopleKeys.deviceOffer(visitor));
      tx.set(peopleKeys.device(id), { visitor, name, at: now, confirmed: false, until });
      tx.set(peopleKeys.deviceOf(visitor, id), until);
    });
    return token;
  }

  /** Lets a device use the visitor's conversations; false when it waits no longer. */
  async confirm(visitor: string, id: string): Promise<boolean> {
    const key = peopleKeys.device(id);
    return await this.deps.store.transactions.run([key], (tx) => {
      const now = this.deps.clock();
      const device = tx.get(key);
      if (device?.visitor !== visitor || device.until <= now) return false;
      const until = now + YEAR_MS;
      tx.set(key, { ...device, confirmed: true, until });
      tx.set(peopleKeys.deviceOf(visitor, id), until);
      return true;
    });
  }

  /** Ends a device of a visitor at once, or refuses one that waits. */
  async end(visitor: string, id: string): Promise<void> {
    const key = peopleKeys.device(id);
    const ended = await this.deps.store.transactions.run([key], (tx) => {
      const device = tx.get(key);
      if (device?.visitor !== visitor) return false;
      tx.delete(key);
      tx.delete(peopleKeys.deviceOf(visitor, id));
      if (device.confirmed) this.erasures.note(tx, { kind: "device", visitor, id });
      return true;
    });
    if (!ended) return;
    this.deps.bus.emit("DeviceEnded", { device: id });
    this.erasures.told();
  }

  /**
   * Calls `ended` once when a device has ended: an open stream shows it what comes.
   * Returns a function that ends the watch.
   */
  watch(id: string, ended: () => void): () => void {
    const { bus, store: { kv } } = this.deps;
    const tell = () => {
      stop();
      ended();
    };
    const off = bus.subscribeTo("DeviceEnded", id, tell);
    const timer = setInterval(async () => {
      // A store that does not answer says nothing about the device.
      const found = await kv.get(peopleKeys.device(id)).catch(() => null);
      if (found?.value === null && !stopped) tell();
    }, ELSEWHERE_MS);
    let stopped = false;
    const stop = () => {
      stopped = true;
      off();
      clearInterval(timer);
    };
    return stop;
  }

  /** A visitor's further devices, those that wait first. */
  async list(visitor: string): Promise<ListedDevice[]> {
    const { kv } = this.deps.store;
    const rows = await kv.list(
      { prefix: ["device_of", visitor] },
      (path) => peopleKeys.deviceOf(visitor, String(path[2])),
    );
    const ids = rows.map(({ path }) => String(path[2]));
    const found = await kv.getMany(ids.map((id) => peopleKeys.device(id)));
    const now = this.deps.clock();
    return found.flatMap(({ value }, i): ListedDevice[] => {
      const id = ids[i];
      return id === undefined || value === null || value.until <= now ? [] : [{ ...value, id }];
    }).sort((a, b) => Number(a.confirmed) - Number(b.confirmed) || b.at - a.at);
  }

  /** The device of a token; null when it has ended. */
  async of(token: string): Promise<ListedDevice | null> {
    const id = hashOf(token);
    const { value } = await this.deps.store.kv.get(peopleKeys.device(id));
    return value === null || value.until <= this.deps.clock() ? null : { ...value, id };
  }

  async deleteVisitor(visitor: string): Promise<VisitorDeletion> {
    const rows = await this.deps.store.kv.list(
      { prefix: ["device_of", visitor] },
      (path) => peopleKeys.deviceOf(visitor, String(path[2])),
    );
    const offerKey = peopleKeys.deviceOffer(visitor);
    await this.deps.store.transactions.run([offerKey], (tx) => {
      const offered = tx.get(offerKey);
      if (offered) tx.delete(peopleKeys.deviceCode(offered.hash));
      tx.delete(offerKey);
      for (const { path } of rows) {
        tx.delete(peopleKeys.device(String(path[2])));
        tx.delete(peopleKeys.deviceOf(visitor, String(path[2])));
      }
    });
    for (const { path } of rows) this.deps.bus.emit("DeviceEnded", { device: String(path[2]) });
    return { erased: 0, done: true };
  }
}

function hashOf(secret: string): string {
  return createHash("sha256").update(secret).digest("base64url");
}
