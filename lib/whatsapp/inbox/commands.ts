import { expectationAfter } from "../dialogue/dialogue.ts";
import { menuItems, menuPage } from "../dialogue/menu.ts";
import type { Command, OpenQuestion } from "../dialogue/state.ts";
import type { WhatsAppTexts } from "../../locales/whatsapp/catalogue.ts";
import { texts } from "../../locales/whatsapp/texts.ts";
import { LANGUAGE_NAMES, LANGUAGES } from "../../shared/languages.ts";
import type { Tool } from "../../tools/rules/tool.ts";
import { formatUsd, NANO_PER_USD, type NanoUsd, usdString } from "../../shared/money.ts";
import type { Phone } from "../records.ts";
import type { WhatsAppDeps } from "../deps.ts";
import type { MemoryService } from "../../memory/memory_service.ts";
import type { History } from "../../chat/history/history.ts";
import { toldOfMemory } from "./memory_notice.ts";
import { messagePrice } from "../outbox/message_price.ts";
import type { Linking } from "../linking/linking.ts";
import { currentTool, dialogueOf, visitorOf } from "../people.ts";
import { speechSettings } from "../../config/speech.ts";
import { voiceModeOf } from "../speech/queue.ts";

/** Messages that answer a command, and its change of the person's record. */
export interface CommandReply {
  say: string[];
  change: (phone: Phone) => Phone;
  /** Deleted once it is sent. */
  secret?: boolean;
  /** Confirms STOP: sent regardless of limits, as the last message. */
  goodbye?: boolean;
}

interface CommandSender {
  number: string;
  phone: Phone;
  tools: readonly Tool[];
}

/** Side effects of commands; idempotent: a crash before the answer's commit repeats them. */
interface CommandEffects {
  history: Pick<History, "putAside">;
  linking: Linking;
  memory: Pick<MemoryService, "view" | "switchOff" | "forgetAll">;
  deletePerson(number: string, phone: Phone): Promise<void>;
  /** URL of the person's data export with its lifetime; null without data. */
  export(phone: Phone): Promise<{ address: string; minutes: number } | null>;
}

type Ask = { kind: "ask" };
/** All commands except questions for a tool. */
export type RunnableCommand = Exclude<Command, Ask>;

const unchanged = (phone: Phone) => phone;
const only = (say: string): CommandReply => ({ say: [say], change: unchanged });

/** Runs commands. */
export class Commands {
  constructor(private readonly deps: WhatsAppDeps, private readonly effects: CommandEffects) {}

  async run(command: RunnableCommand, sender: CommandSender): Promise<CommandReply> {
    const { say, change, secret, goodbye } = await this.answer(command, sender);
    const { pending, menuPage } = expectationAfter(
      command,
      dialogueOf(sender.phone, sender.tools),
    );
    return {
      say,
      change: (phone) => ({ ...change(phone), pending, menuPage }),
      ...(secret ? { secret } : {}),
      ...(goodbye ? { goodbye } : {}),
    };
  }

  /** The list of tools, after the lines in `before`. */
  menu({ phone, tools }: CommandSender, page = 1, before: string[] = []): string[] {
    const said = texts(phone.language);
    if (tools.length === 0) return [said.noTools];
    const current = currentTool(phone, tools)?.name ?? null;
    return [[...before, said.menu(menuPage(tools, page), current)].join("\n\n")];
  }

  private async answer(command: RunnableCommand, sender: CommandSender): Promise<CommandReply> {
    const { phone, tools, number } = sender;
    const { linking, history } = this.effects;
    const said = texts(phone.language);
    const tool = currentTool(phone, tools);
    switch (command.kind) {
      case "ignore":
        return { say: [], change: unchanged };
      case "stop":
        // Usually obeyed on receipt; here only if it became STOP later, by a change of language.
        return {
          say: [said.optedOut],
          change: (now) => ({ ...now, optedOut: true, dropBefore: now.next }),
          goodbye: true,
        };
      case "start":
        return {
          say: this.menu(sender, 1, phone.optedOut ? [said.optedIn] : []),
          change: (now) => ({ ...now, optedOut: false }),
        };
      case "help":
        return only(said.help(tool?.name ?? null));
      case "menu":
        return { say: this.menu(sender, command.page), change: unchanged };
      case "pick":
        return this.picked(command.tool, sender);
      case "ambiguous":
        return only(said.ambiguous(menuItems(tools, command.candidates)));
      case "new":
        if (tool === null) {
          return { say: this.menu(sender, 1, [said.pickFirst]), change: unchanged };
        }
        await history.putAside(visitorOf(phone), tool.id);
        return only(said.newStarted(tool.name));
      case "cost":
        return only(await this.cost(phone, tool, said));
      case "export": {
        const made = await this.effects.export(phone);
        if (made === null) return only(said.nothingToExport);
        return { ...only(said.exportLink(made.address, made.minutes)), secret: true };
      }
      case "memory":
        return only(await this.remembered(phone, said));
      case "memory_off":
      case "memory_on": {
        const off = command.kind === "memory_off";
        await this.effects.memory.switchOff(visitorOf(phone), null, off);
        return only(off ? said.memoryOff : said.memoryOn);
      }
      case "memory_clear":
        await this.effects.memory.forgetAll(visitorOf(phone), null);
        return only(said.memoryCleared);
      case "delete_data":
        return only(said.deleteAsk);
      case "confirm":
        return await this.confirmed(command.pending, sender);
      case "decline":
        return only(said.declined);
      case "language": {
        const { language } = command;
        return {
          say: [texts(language).languageChanged],
          change: (now) => ({ ...now, language }),
        };
      }
      case "language_list":
        return only(said.languageList(LANGUAGES.map((each) => LANGUAGE_NAMES[each])));
      case "link":
        return only(await this.redeemed(command.code, number, said));
      case "link_unreadable":
        return only(said.linkHow);
      case "unlink":
        return only(phone.linked ? said.unlinkAsk : said.notLinked);
      case "mirror":
      case "mirror_state": {
        if (phone.linked === null) return only(said.notLinked);
        if (command.kind === "mirror") await linking.setMirror(number, command.mirror);
        const mirror = command.kind === "mirror" ? command.mirror : phone.linked.mirror;
        const price = messagePrice(this.deps, number).unit;
        const costs = { reply: inCents(price), both: inCents(2n * price) };
        return only(said.mirror(mirror, costs));
      }
      case "voice":
      case "voice_state": {
        if (speechSettings(this.deps.config) === null) return only(said.voiceNone);
        const voice = command.kind === "voice" ? command.voice : voiceModeOf(phone);
        const cost = inCents(messagePrice(this.deps, number).unit);
        return { say: [said.voice(voice, cost)], change: (now) => ({ ...now, voice }) };
      }
    }
  }

  private picked(id: string, { phone, tools }: CommandSender): CommandReply {
    const tool = tools.find((each) => each.id === id);
    const said = texts(phone.language);
    if (!tool) return only(said.noTools);
    return {
      say: [
        [
          said.picked(tool),
          said.dataHandled(tool.name),
          ...(tool.remembers ? [said.remembers] : []),
        ].join("\n\n"),
      ],
      change: (now) => ({ ...(tool.remembers ? toldOfMemory(now, id) : now), tool: id }),
    };
  }

  private async confirmed(
    pending: OpenQuestion,
    { number, phone }: CommandSender,
  ): Promise<CommandReply> {
    const said = texts(phone.language);
    switch (pending.kind) {
      case "unlink":
        await this.effects.linking.unlink(number);
        return only(said.unlinked);
      case "delete_data":
        await this.effects.linking.unlink(number);
        await this.effects.deletePerson(number, phone);
        return {
          say: [said.deleteDone],
          change: ({ speeches: _, ...now }) => ({
            ...now,
            tool: null,
            welcomed: false,
            failure: null,
          }),
        };
      default:
        // `switch_tool` is handled as a question, `choose_language` as its own command.
        return { say: [], change: unchanged };
    }
  }

  private async cost(phone: Phone, tool: Tool | null, said: WhatsAppTexts): Promise<string> {
    const { store, calendar, clock } = this.deps;
    const head = tool === null ? null : await store.conversations.head(visitorOf(phone), tool.id);
    const today = phone.today.day === calendar.dayOf(clock()) ? phone.today.usd : 0n;
    return said.cost({
      replies: head?.turns ?? 0,
      conversation: formatUsd(head?.spent ?? 0n),
      today: formatUsd(today),
    });
  }

  /** The notes about a person, latest first. */
  private async remembered(phone: Phone, said: WhatsAppTexts): Promise<string> {
    const { off, tools } = await this.effects.memory.view(visitorOf(phone));
    const notes = tools.flatMap(({ name, notes }) =>
      notes.map((note) => ({ ...note, tool: name }))
    );
    return said.memory(notes.sort((a, b) => b.at - a.at), off);
  }

  private async redeemed(code: string, number: string, said: WhatsAppTexts): Promise<string> {
    const outcome = await this.effects.linking.redeem(code, number);
    if (typeof outcome === "object") return said.linkBlocked(outcome.blockedMinutes);
    if (outcome === "done") return said.linkDone;
    return outcome === "failed" ? said.linkFailed : said.linkExpired;
  }
}

const CENT = NANO_PER_USD / 100n;

/** Rounded to cents; null below a cent. */
function inCents(amount: NanoUsd): string | null {
  return amount < CENT ? null : `$${usdString((amount + CENT / 2n) / CENT * CENT)}`;
}
