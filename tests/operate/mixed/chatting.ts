import { type Asked, askOver, checkWitnesses } from "@/tests/money/witness.ts";
import { readBooks } from "@/tests/money/books.ts";
import { PUBLIC_URL } from "@/tests/support/phones.ts";
import { type Actor, pause, pick } from "./actor.ts";

/** Visitors who ask on the page, some again in the conversation that a kill cut off. */
export class Chatting implements Actor {
  private readonly asked: Asked[] = [];
  private unlucky: string | null = null;

  constructor(
    private readonly path: string,
    private readonly chats: number,
    private readonly random: () => number,
  ) {}

  async round(urls: readonly string[]): Promise<void> {
    const asks: Promise<Asked>[] = [];
    for (let chat = 0; chat < this.chats; chat++) {
      const name = crypto.randomUUID().slice(0, 8);
      const dice = this.random();
      const how = dice < 0.1
        ? "[[mock:nousage]]"
        : dice < 0.15
        ? "[[mock:error=500]]"
        : `[[mock:tokens=${5 + Math.floor(this.random() * 120)}]]`;
      const again = chat === 0 ? this.unlucky : null;
      const question = `What is ${name}? ${how}`;
      asks.push(askOver(pick(urls, this.random), question, again, { origin: PUBLIC_URL }));
      await pause(this.random() * 80);
    }
    const heard = await Promise.all(asks);
    this.unlucky = heard.find((a) => a.end === "cut off" && a.turn !== null)?.cookie ?? null;
    this.asked.push(...heard);
  }

  async judge(): Promise<string[]> {
    const kv = await Deno.openKv(this.path);
    const books = await readBooks(kv);
    kv.close();
    return checkWitnesses(books, this.asked);
  }

  figures(): Record<string, number> {
    const ends = (end: Asked["end"]) => this.asked.filter((asked) => asked.end === end).length;
    return {
      questions: this.asked.length,
      "questions acknowledged": this.asked.filter(({ turn }) => turn !== null).length,
      "replies told as done": ends("done"),
      "replies cut off by a kill":
        this.asked.filter(({ turn, end }) => turn !== null && end === "cut off").length,
    };
  }
}
