import { uploadKeys } from "@/lib/media/uploads/records.ts";
import { voiceNote } from "@/tests/support/voice_note.ts";
import { type Actor, Browser, pause, untilCutOff } from "./actor.ts";

const PIECE = 2_000;

interface Sending {
  browser: Browser;
  name: string;
  bytes: Uint8Array<ArrayBuffer>;
  id: string | null;
  /** Bytes whose arrival was acknowledged. */
  acknowledged: number;
}

/** A visitor who sends recordings in pieces, and goes on after each kill. */
export class Uploading implements Actor {
  private sending: Sending | null = null;
  private readonly complete: { id: string; bytes: Uint8Array }[] = [];
  private readonly wrong: string[] = [];
  private pieces = 0;

  constructor(private readonly path: string, private readonly random: () => number) {}

  async round(urls: readonly string[]): Promise<void> {
    await untilCutOff(async () => {
      for (const url of [...urls, ...urls]) {
        await this.send(url, this.sending ??= this.begun());
        this.sending = null;
      }
    });
  }

  async judge(): Promise<string[]> {
    const kv = await Deno.openKv(this.path);
    for (const { id, bytes } of this.complete) {
      const pieces: Uint8Array[] = [];
      const { schema } = uploadKeys.piece("", 0);
      for await (const { value } of kv.list({ prefix: ["upload_piece", id] })) {
        pieces.push(schema.parse(value));
      }
      const stored = pieces.flatMap((piece) => [...piece]);
      if (stored.length !== bytes.length || stored.some((byte, i) => byte !== bytes[i])) {
        this.wrong.push(
          `The upload ${id} has ${stored.length} of ${bytes.length} bytes, or others`,
        );
      }
    }
    kv.close();
    return this.wrong;
  }

  figures(): Record<string, number> {
    return { "uploads complete": this.complete.length, "pieces acknowledged": this.pieces };
  }

  private begun(): Sending {
    const bytes = voiceNote(20 + Math.floor(this.random() * 20));
    return {
      browser: new Browser(),
      name: crypto.randomUUID(),
      bytes,
      id: null,
      acknowledged: 0,
    };
  }

  private async send(url: string, sending: Sending): Promise<void> {
    const { browser, name, bytes } = sending;
    if (sending.id === null) {
      // A visitor's cookie comes with the first page.
      await (await browser.fetch(url, "/")).body?.cancel();
      const answer = await browser.fetch(url, "/api/media", {
        method: "POST",
        headers: { "upload-length": String(bytes.length), "idempotency-key": name },
      });
      if (answer.status !== 201) {
        this.wrong.push(`An upload was refused: ${answer.status} ${await answer.text()}`);
        return;
      }
      const { id }: { id: string } = await answer.json();
      sending.id = id;
    }
    const at = `/api/media/${sending.id}`;
    const head = await browser.fetch(url, at, { method: "HEAD" });
    let offset = Number(head.headers.get("upload-offset") ?? NaN);
    const { acknowledged } = sending;
    if (!(offset === acknowledged || offset === Math.min(bytes.length, acknowledged + PIECE))) {
      this.wrong.push(`${sending.id} has ${offset} bytes, ${acknowledged} were acknowledged`);
    }
    sending.acknowledged = offset;
    while (offset < bytes.length) {
      const answer = await browser.fetch(url, at, {
        method: "PATCH",
        headers: {
          "upload-offset": String(offset),
          "content-type": "application/offset+octet-stream",
        },
        body: bytes.slice(offset, offset + PIECE),
      });
      await answer.body?.cancel();
      if (!answer.ok) {
        this.wrong.push(`A piece was answered with ${answer.status}`);
        return;
      }
      offset = Math.min(bytes.length, offset + PIECE);
      sending.acknowledged = offset;
      this.pieces++;
      await pause(this.random() * 60);
    }
    this.complete.push({ id: sending.id, bytes });
  }
}
