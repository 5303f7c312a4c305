import { OwnConversations } from "../chat/history/own_conversations.ts";
import { ConversationSearch } from "../chat/history/conversation_search.ts";
import type { DataDeletion } from "../chat/history/data_deletion.ts";
import type { History } from "../chat/history/history.ts";
import { Removals } from "../chat/history/removals.ts";
import type { Conversations } from "../chat/conversations.ts";
import { SharedLinks } from "../chat/shares/shared_links.ts";
import type { StoredSettings } from "../settings/stored_settings.ts";
import { DataExport, type ExportedPart } from "./data_export.ts";
import type { Ratings } from "../feedback/stored_ratings.ts";
import type { Media } from "../media/stored_media.ts";
import type { Tools } from "../tools/stored_tools.ts";
import type { Phones } from "../whatsapp/phones.ts";
import { Devices } from "../people/devices.ts";
import { Favourites } from "../people/favourites.ts";
import { ageRendered, forgetRendered } from "../chat/rules/rendered.ts";
import type { Clock } from "../platform/clock.ts";
import { causeOf } from "../platform/errors.ts";
import type { EventBus } from "../platform/event_bus.ts";
import { Rounds } from "../platform/rounds.ts";
import type { Log } from "../platform/log.ts";
import type { Kv } from "../store/kv.ts";
import type { Transactions } from "../store/transactions.ts";

interface Needs {
  store: {
    media: Media;
    phones: Phones;
    ratings: Ratings;
    tools: Tools;
    kv: Kv;
    transactions: Transactions;
    conversations: Conversations;
    settings: StoredSettings;
  };
  clock: Clock;
  log: Log;
  bus: EventBus;
}

/**
 * Caches drop what was not used for so long, in ms, or at most twice as long. Other processes do
 * not hear of a deletion: so its words end there.
 */
const UNUSED_MS = 5 * 60_000;

interface OwnDataParts {
  history: History;
  deletion: DataDeletion;
  /** What other capabilities keep of a person. */
  parts?: readonly ExportedPart[];
}

/** What people see and do with their own conversations and data. */
export class OwnData {
  readonly list: OwnConversations;
  readonly search: ConversationSearch;
  readonly removals: Removals;
  readonly devices: Devices;
  readonly favourites: Favourites;
  readonly export: DataExport;
  readonly links: SharedLinks;
  private readonly ageing: Rounds;

  constructor(deps: Needs, { history, deletion, parts = [] }: OwnDataParts) {
    this.list = new OwnConversations(deps);
    this.search = new ConversationSearch(deps, this.list);
    this.links = new SharedLinks(deps);
    this.devices = new Devices(deps);
    this.favourites = new Favourites(deps);
    const starred = {
      name: "favourites",
      read: (visitor: string) => this.favourites.of(visitor),
    };
    const devices = {
      name: "devices",
      read: async (visitor: string) =>
        (await this.devices.list(visitor)).map(({ name, at, confirmed }) => ({
          name,
          at: new Date(at),
          confirmed,
        })),
    };
    this.export = new DataExport(deps, this.links, [...parts, starred, devices]);
    this.removals = new Removals(deps, history, deletion);
    deps.bus.subscribe("ConversationDeleted", (deleted) => {
      this.list.forget(deleted);
      this.search.forget(deleted);
      forgetRendered();
    });
    this.ageing = new Rounds({
      everyMs: UNUSED_MS,
      work: () => {
        deps.store.kv.age();
        ageRendered();
        return Promise.resolve();
      },
      failed: (error) => deps.log("warn", "Caches do not age", { error: causeOf(error) }),
    });
  }

  start(): void {
    this.removals.rounds.start();
    this.ageing.start();
  }

  async stop(): Promise<void> {
    await this.ageing.stop();
    await this.removals.rounds.stop();
  }
}
