import type { Kv } from "../../store/kv.ts";
import type { Shown } from "../records.ts";
import { branchAt, forkAt } from "../rules/path.ts";
import { type Share, shareKeys } from "./records.ts";

/** The links of a visitor, or of one conversation, that have not ended. */
export async function validShares(
  kv: Kv,
  now: number,
  visitor: string,
  conversation?: string,
): Promise<{ id: string; share: Share }[]> {
  const rows = await kv.list(
    { prefix: ["share_of", visitor, ...conversation === undefined ? [] : [conversation]] },
    (path) => shareKeys.shareOf(visitor, String(path[2]), String(path[3])),
  );
  const ids = rows.filter(({ value }) => value > now).map(({ path }) => String(path[3]));
  const found = await kv.getMany(ids.map((id) => shareKeys.share(id)));
  return found.flatMap(({ value: share }, i) => {
    const id = ids[i];
    return id === undefined || share === null ? [] : [{ id, share }];
  });
}

/** Place in a visitor's conversation, at a time. */
interface Place {
  visitor: string;
  head: Shown;
  number: number;
  now: number;
}

/** The first of the alternatives under a number that no valid link shows. */
export async function firstUnshared<Alternative extends { id: number }>(
  kv: Kv,
  { visitor, head, number, now }: Place,
  alternatives: readonly Alternative[],
): Promise<Alternative | undefined> {
  const { conversation, path = [] } = head;
  const links = await validShares(kv, now, visitor, conversation);
  const fork = forkAt(path, number);
  return alternatives.find(({ id }) =>
    !links.some(({ share }) =>
      share.next > number && branchAt(share.path, number) === id &&
      forkAt(share.path, number) === fork
    )
  );
}
