import { changeRestoredKey } from "./api/restored_keys.ts";
import { endedKey, replacedKey } from "./api/rules/key_state.ts";
import { shareKeys } from "./chat/shares/records.ts";
import { DataDeletion } from "./chat/history/data_deletion.ts";
import type { TurnParticipant } from "./chat/participants.ts";
import type { Deps } from "./deps.ts";
import { visitorArms } from "./experiments/counts/visitor_arms.ts";
import { experimentsParticipant } from "./experiments/turn_participant.ts";
import { goldenParticipant } from "./experiments/golden/turn_participant.ts";
import { feedbackParticipant } from "./feedback/turn_participant.ts";
import { StagedPictures } from "./media/pictures/staged_pictures.ts";
import { Uploads } from "./media/uploads/uploads.ts";
import { StoredMemory } from "./memory/stored_memory.ts";
import { chosen } from "./memory/rules/notes.ts";
import { memoryParticipant } from "./memory/turn_participant.ts";
import { visitorShares } from "./metering/shares.ts";
import { Devices } from "./people/devices.ts";
import { type NotedErasure, putErasures, storedErasures } from "./people/erasures.ts";
import { Favourites } from "./people/favourites.ts";
import { type Erasure, peopleKeys } from "./people/records.ts";
import { type VisitorRecords, Visitors } from "./people/visitors.ts";
import { EventBus } from "./platform/event_bus.ts";
import type { Kv } from "./store/kv.ts";
import { storeOn } from "./stores.ts";
import { deletePersonAgain, linkedPhone } from "./whatsapp/delete_person.ts";
import { LinkWriter } from "./whatsapp/linking/link_writer.ts";
import { blockAgain, optOutAgain } from "./whatsapp/opt_outs.ts";
import { idOf } from "./whatsapp/people.ts";
import { whatsAppParticipant } from "./whatsapp/turn_participant.ts";

/** The participants of turns, in the order in which they run. */
export function participantsOf(deps: Deps, bus: EventBus): TurnParticipant[] {
  return [
    whatsAppParticipant({ ...deps, bus }),
    feedbackParticipant(deps.store),
    experimentsParticipant(deps.store),
    goldenParticipant(deps.store),
    memoryParticipant(deps),
  ];
}

/**
 * Deletes from restored records what people deleted or ended since the backup was made. A deletion that the
 * records know of was in force when they were copied; later data of the same person stays.
 * @param kv the restored records, which are not the store's yet
 */
export async function eraseAgain(
  assembled: Deps,
  kv: Kv,
  erasures: readonly NotedErasure[],
): Promise<number> {
  const known = new Set((await storedErasures(kv)).map(({ id }) => id));
  const missing = [...new Map(erasures.map((each) => [each.id, each])).values()]
    .filter(({ id }) => !known.has(id))
    // Of a STOP and a START the later one holds.
    .sort((a, b) => a.erasure.at - b.erasure.at);
  if (missing.length === 0) return 0;
  // Nobody listens: what follows from a deletion in a running program is not due here.
  const bus = new EventBus(assembled.log);
  const deps = { ...assembled, bus, store: await storeOn(kv, crypto.randomUUID().slice(0, 13)) };
  const { store } = deps;
  await store.experiments.refresh();
  const deletion = new DataDeletion(
    deps,
    { stop: () => Promise.resolve() },
    participantsOf(deps, bus),
  );
  await deletion.resume();
  const memory = new StoredMemory(store);
  const links = new LinkWriter(deps);
  const visitors = new Visitors([
    new Devices(deps),
    new Favourites(deps),
    linkedPhone(deps, deletion),
    restoredLinks(deps, links),
    deletion,
    new StagedPictures(deps),
    new Uploads(deps),
    visitorShares(store.transactions),
    visitorArms(store),
    { deleteVisitor: (visitor) => memory.delete(visitor, "with choice").then(() => DONE) },
  ], null);
  for (const { erasure } of missing) {
    if (isEnd(erasure)) {
      await endAgain({ store, links, memory }, erasure);
      continue;
    }
    const { visitor } = erasure;
    if (erasure.kind === "conversation") {
      await deletion.deleteConversation(visitor, erasure.tool, erasure.conversation);
    } else if (erasure.kind === "note" || erasure.kind === "notes") {
      const { tool, at } = erasure;
      const conversation = erasure.kind === "note" ? erasure.conversation : null;
      // Its conversation may be still to be noted there.
      await memory.forget({ visitor, tool, conversation }, { at, yetToCome: true });
    } else if (erasure.kind === "person") await deletePersonAgain(deps, deletion, visitor);
    else if (erasure.kind === "visitor") {
      while (!(await visitors.delete(visitor)).done);
    }
  }
  await putErasures(store, missing);
  return missing.length;
}

const ENDS = [
  "share",
  "device",
  "stop",
  "start",
  "block",
  "unblock",
  "unlink",
  "memory_off",
  "memory_on",
  "key",
  "key_secret",
] as const;
type End = Extract<Erasure, { kind: typeof ENDS[number] }>;

function isEnd(erasure: Erasure): erasure is End {
  return ENDS.some((kind) => kind === erasure.kind);
}

/** Ends again what somebody had ended, and says no again where they had. */
async function endAgain(
  { store, links, memory }: { store: Deps["store"]; links: LinkWriter; memory: StoredMemory },
  end: End,
): Promise<void> {
  switch (end.kind) {
    case "stop":
    case "start":
      return await optOutAgain(store, end.visitor, end.kind === "stop");
    case "block":
    case "unblock":
      return await blockAgain(store, end.visitor, end.kind === "block");
    case "memory_off":
    case "memory_on":
      return await memory.choose(
        end.visitor,
        (choice) => chosen(choice, end.tool, end.kind === "memory_off"),
      );
    case "unlink": {
      const number = await store.phones.numberOf(idOf(end));
      return number === null ? undefined : await links.unlink(end.visitor, number, "phone");
    }
    case "device":
      return await store.transactions.run([], (tx) => {
        tx.delete(peopleKeys.device(end.id));
        tx.delete(peopleKeys.deviceOf(end.visitor, end.id));
      });
    case "share":
      return await store.transactions.run([], (tx) => {
        tx.delete(shareKeys.share(end.id));
        tx.delete(shareKeys.shareOf(end.visitor, end.conversation, end.id));
      });
    case "key":
      return await changeRestoredKey(store, end.id, (key) => endedKey(key, end.at));
    case "key_secret":
      return await changeRestoredKey(store, end.id, (key) => replacedKey(key, end.until));
  }
}

const DONE = { erased: 0, done: true };

/** Ends a visitor's link in restored records; the phone was told when it ended. */
function restoredLinks(deps: Deps, links: LinkWriter): VisitorRecords {
  return {
    deleteVisitor: async (visitor) => {
      const number = await deps.store.phones.linkedTo(visitor);
      if (number !== null) await links.unlink(visitor, number, "phone");
      await links.deleteVisitor(visitor);
      return DONE;
    },
  };
}
