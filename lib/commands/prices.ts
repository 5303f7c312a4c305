import type { Config } from "../config.ts";
import { isDay } from "../settings/rules/form_values.ts";
import { parseUsd, usdString } from "../shared/money.ts";
import type { CustomPrice } from "../metering/records.ts";
import { openStore, type Store } from "../stores.ts";

const USAGE = `prices                                       own prices
prices set PROVIDER MODEL INPUT OUTPUT [CACHED] [audio=AUDIO_INPUT] [from=YYYY-MM-DD]
                                             dollars per million tokens
prices unit PROVIDER THING PRICE [from=YYYY-MM-DD]
                                             dollars for one, such as: twilio message 0.005
prices remove PROVIDER THING`;

/** `prices`: edits custom prices. Returns the exit code. */
export async function prices(
  config: Config,
  args: readonly string[],
  say: (line: string) => void,
): Promise<number> {
  const store = await openStore({ path: config.KV_PATH, report: say });
  try {
    await change(store, args);
    await store.customPrices.refresh(Date.now());
    for (const [name, own] of store.customPrices.list()) {
      for (const price of own) say(`${name} from ${dateOf(price.from)}: ${inWords(price)}`);
    }
    return 0;
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    say(`${error.message}\n\n${USAGE}`);
    return 1;
  } finally {
    await store.close();
  }
}

async function change(store: Store, args: readonly string[]): Promise<void> {
  const [verb, provider = "", thing = "", ...rest] = args.filter((arg) =>
    !/^(from|audio)=/.test(arg)
  );
  if (verb === undefined) return;
  if (provider === "" || thing === "") throw new RangeError("Provider and model are missing");
  const from = fromOf(args.find((arg) => arg.startsWith("from=")));
  if (verb === "remove") return await store.customPrices.remove(provider, thing);
  if (verb === "unit") {
    const unit = rate(rest[0]);
    return await store.customPrices.set(provider, thing, { from, tokens: null, unit });
  }
  if (verb !== "set") throw new RangeError(`Not a command: ${verb}`);
  const [input, output] = [rate(rest[0]), rate(rest[1])];
  const cachedInput = rest[2] === undefined ? input : rate(rest[2]);
  const audio = args.find((arg) => arg.startsWith("audio="))?.slice("audio=".length);
  const heard = audio === undefined ? {} : { audioInput: rate(audio) };
  const tokens = { input, cachedInput, output, ...heard };
  await store.customPrices.set(provider, thing, { from, tokens, unit: null });
}

function rate(text: string | undefined): bigint {
  const amount = parseUsd(text ?? "");
  if (amount < 0n) throw new RangeError("A price cannot be below zero");
  return amount;
}

function fromOf(arg: string | undefined): number {
  if (arg === undefined) return 0;
  const day = arg.slice("from=".length);
  if (!isDay(day)) throw new RangeError("`from` takes a date such as 2027-01-01");
  return Date.parse(`${day}T00:00:00Z`);
}

function dateOf(from: number): string {
  return from === 0 ? "the beginning" : new Date(from).toISOString().slice(0, 10);
}

function inWords({ tokens, unit }: CustomPrice): string {
  if (unit !== null) return `$${usdString(unit)} for one`;
  if (tokens === null) return "no price";
  const { input, cachedInput, output, audioInput } = tokens;
  const heard = audioInput === undefined ? "" : `, $${usdString(audioInput)} audio in`;
  return `$${usdString(input)} in, $${usdString(cachedInput)} cached, $${
    usdString(output)
  } out${heard} per million tokens`;
}
