import { OwnConversations, type WholeConversation } from "../chat/history/own_conversations.ts";
import type { SharedLinks } from "../chat/shares/shared_links.ts";
import type { Conversations, HiddenMessage, NumberedMessage } from "../chat/conversations.ts";
import type { Ratings } from "../feedback/stored_ratings.ts";
import type { Media } from "../media/stored_media.ts";
import { maskPhone } from "../people/rules/phone.ts";
import type { Clock } from "../platform/clock.ts";
import { titleInLanguage } from "../locales/own/sent_pictures.ts";
import type { Language } from "../shared/languages.ts";
import { usdString } from "../shared/money.ts";
import type { Kv } from "../store/kv.ts";
import type { Tools } from "../tools/stored_tools.ts";
import type { Phones } from "../whatsapp/phones.ts";

interface Needs {
  store: {
    kv: Kv;
    conversations: Conversations;
    media: Media;
    phones: Phones;
    ratings: Ratings;
    tools: Tools;
  };
  clock: Clock;
}

/** What another capability keeps of a person, for the export. */
export interface ExportedPart {
  /** Name of its field in the file. */
  readonly name: string;
  read(visitor: string): Promise<unknown>;
}

/** Amounts of what is kept of a visitor. */
export interface OwnSums {
  conversations: number;
  pictures: number;
  recordings: number;
  links: number;
  /** Masked; null when none is linked. */
  phone: string | null;
  /** Last activity of the oldest conversation; null without one. */
  oldest: number | null;
}

/** Ratings by the reply's id. */
type Rated = ReadonlyMap<string, { verdict: string; reason?: string | null }>;

/** All of a visitor's data, as sums and as one file. */
export class DataExport {
  private readonly list: OwnConversations;

  constructor(
    private readonly deps: Needs,
    private readonly links: Pick<SharedLinks, "of">,
    private readonly parts: readonly ExportedPart[] = [],
  ) {
    this.list = new OwnConversations(deps);
  }

  async sums(visitor: string): Promise<OwnSums> {
    const { media } = this.deps.store;
    const phone = await this.phoneOf(visitor);
    const sums = { conversations: 0, pictures: 0, recordings: 0, oldest: Infinity };
    for (const each of visitorsOf(visitor, phone)) {
      for await (const conversations of this.list.all(each)) {
        sums.conversations += conversations.length;
        for (const { head } of conversations) {
          sums.oldest = Math.min(sums.oldest, head.updatedAt);
          for (const { type } of await media.ofConversation(head.conversation)) {
            if (type?.startsWith("audio/")) sums.recordings++;
            else sums.pictures++;
          }
        }
      }
    }
    return {
      ...sums,
      links: (await this.links.of(visitor)).length,
      phone: phone && maskPhone(phone.number),
      oldest: sums.conversations === 0 ? null : sums.oldest,
    };
  }

  /** One JSON file with everything, in pieces; `language` is that of the reader. */
  async *file(visitor: string, language: Language): AsyncGenerator<string> {
    const phone = await this.phoneOf(visitor);
    const links = await this.links.of(visitor);
    const about: Record<string, unknown> = {
      version: 1,
      exportedAt: new Date(this.deps.clock()),
      whatsapp: phone && {
        number: phone.number,
        linkedSince: new Date(phone.since),
        mirror: phone.mirror,
      },
      links: links.map(({ id, conversation, at, until }) => ({
        path: `/shared/${id}`,
        conversation,
        at: new Date(at),
        until: new Date(until),
      })),
    };
    for (const part of this.parts) about[part.name] = await part.read(visitor);
    yield `${JSON.stringify(about, null, 1).slice(0, -2)},\n "conversations": [`;
    let first = true;
    for (const each of visitorsOf(visitor, phone)) {
      for await (const conversations of this.list.all(each)) {
        for (const conversation of conversations) {
          yield first ? "\n" : ",\n";
          first = false;
          const title = titleInLanguage(conversation.title, language);
          yield* this.conversation({ ...conversation, title });
        }
      }
    }
    yield "\n ]\n}\n";
  }

  private async *conversation(
    { tool: id, title, head, current }: WholeConversation,
  ): AsyncGenerator<string> {
    const { conversations, ratings, tools } = this.deps.store;
    const tool = { id, name: (await tools.get(id))?.name ?? id };
    const about = { id: head.conversation, tool, title, current };
    const rated = head.rated ? await ratings.all(head.conversation) : new Map();
    yield `${JSON.stringify(about).slice(0, -1)},"messages":[`;
    yield* this.messages(conversations.all(head, head.next), rated);
    if (head.branches) {
      yield '],"otherVersions":[';
      yield* this.messages(conversations.hidden(head), rated);
    }
    yield "]}";
  }

  private async *messages(
    pieces: AsyncGenerator<(NumberedMessage | HiddenMessage)[]>,
    rated: Rated,
  ): AsyncGenerator<string> {
    let first = true;
    for await (const piece of pieces) {
      for (const each of piece) {
        const version = "version" in each ? { version: each.version } : {};
        const message = { ...version, ...await this.message(each, rated) };
        yield `${first ? "" : ","}\n${JSON.stringify(message)}`;
        first = false;
      }
    }
  }

  private async message(
    { number, message }: NumberedMessage,
    rated: Rated,
  ) {
    const { id, role, text, at, channel, reply, pictures = [], recordings = [] } = message;
    const rating = rated.get(id);
    const files = await this.files(pictures);
    const sounds = await this.files(recordings);
    return {
      seq: number,
      role,
      text,
      at: new Date(at),
      channel,
      ...(files.length > 0 ? { pictures: files } : {}),
      ...(sounds.length > 0 ? { recordings: sounds } : {}),
      ...(reply ? { model: reply.model, usd: usdString(reply.cost.usd) } : {}),
      ...(rating ? { rating } : {}),
    };
  }

  private async files(kept: readonly { id: string; type: string }[]) {
    return await Promise.all(kept.map(async ({ id, type }) => {
      const file = await this.deps.store.media.file(id);
      return { type, base64: file?.bytes.toBase64() ?? null };
    }));
  }

  private async phoneOf(visitor: string) {
    const { phones } = this.deps.store;
    const number = await phones.linkedTo(visitor);
    const phone = number === null ? null : await phones.get(number);
    if (number === null || phone?.linked?.visitor !== visitor) return null;
    const { since, mirror } = phone.linked;
    return { number, own: phone.own, since, mirror };
  }
}

/** The visitor, and the one of what their linked phone had said by itself. */
function visitorsOf(visitor: string, phone: { own: string } | null): Set<string> {
  return new Set(phone === null ? [visitor] : [visitor, phone.own]);
}
