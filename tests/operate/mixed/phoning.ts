import type { TwilioSimulator } from "@/tests/simulators/twilio.ts";
import { newSid } from "@/tests/simulators/twilio_phone.ts";
import { PUBLIC_URL } from "@/tests/support/phones.ts";
import { allAnswered, judgePhones } from "@/tests/whatsapp/phone_books.ts";
import { type Actor, pause, pick } from "./actor.ts";

const PHONES = 40;
/** Phones that write in a round. */
const WRITING = 4;

interface Waiting {
  sid: string;
  text: string;
}

/** People on WhatsApp; a webhook that no server acknowledged is sent again, as Twilio does. */
export class Phoning implements Actor {
  private readonly said = new Map<string, string[]>();
  private readonly waiting = new Map<string, Waiting>();
  private messages = 0;
  private repeated = 0;

  constructor(
    private readonly path: string,
    private readonly twilio: TwilioSimulator,
    private readonly random: () => number,
  ) {}

  async round(urls: readonly string[]): Promise<void> {
    this.twilio.connect(pick(urls, this.random), PUBLIC_URL);
    const phones = new Set(this.waiting.keys());
    while (phones.size < WRITING) {
      phones.add(`+4179${2_000_000 + Math.floor(this.random() * PHONES)}`);
    }
    await Promise.all([...phones].map(async (number) => {
      await pause(this.random() * 600);
      await this.write(number);
    }));
  }

  async judge(): Promise<string[]> {
    await allAnswered(this.path);
    const left = [...this.waiting.values()].map(({ text }) => `Never acknowledged: ${text}`);
    return [...left, ...(await judgePhones(this.path, this.twilio, this.said)).wrong];
  }

  /** Delivers what was not acknowledged so far; false while some is left. */
  async deliverRest(url: string): Promise<boolean> {
    this.twilio.connect(url, PUBLIC_URL);
    for (const number of this.waiting.keys()) await this.write(number);
    return this.waiting.size === 0;
  }

  figures(): Record<string, number> {
    return {
      "webhooks acknowledged": this.messages - this.waiting.size,
      "of them delivered again after a kill": this.repeated,
    };
  }

  private async write(number: string): Promise<void> {
    const before = this.waiting.get(number);
    const message = before ?? {
      sid: newSid("SM"),
      text: `What is topic${this.messages}? [[mock:tokens=20]]`,
    };
    if (before) this.repeated++;
    else this.messages++;
    this.waiting.set(number, message);
    const answers = await this.twilio.phone(number).says(message.text, { sid: message.sid })
      .catch(() => []);
    if (!answers.some(({ status }) => status === 200)) return;
    this.waiting.delete(number);
    this.said.set(number, [...this.said.get(number) ?? [], message.text]);
  }
}
