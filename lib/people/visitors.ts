import type { Erasures } from "./erasures.ts";

export interface VisitorDeletion {
  /** Conversations deleted by this call. */
  erased: number;
  /** False while there is more: call again. */
  done: boolean;
}

/** One capability's records of visitors. */
export interface VisitorRecords {
  /** Whether it has records for which a visitor's unsigned cookie still counts. */
  knows?(visitor: string): Promise<boolean>;
  deleteVisitor(visitor: string): Promise<VisitorDeletion>;
}

/** All capabilities' records of visitors. */
export class Visitors {
  /**
   * @param records in the order of deletion
   * @param erasures where a deletion is noted; null for one that was noted before
   */
  constructor(
    private readonly records: readonly VisitorRecords[],
    private readonly erasures: Pick<Erasures, "add"> | null,
  ) {}

  /** Whether a visitor has records: a conversation, or a link with a phone. */
  async knows(visitor: string): Promise<boolean> {
    for (const each of this.records) if (await each.knows?.(visitor)) return true;
    return false;
  }

  /** Deletes a batch of a visitor's records; call again until `done`. */
  async delete(visitor: string): Promise<VisitorDeletion> {
    let erased = 0;
    for (const each of this.records) {
      const deletion = await each.deleteVisitor(visitor);
      erased += deletion.erased;
      if (!deletion.done) return { erased, done: false };
    }
    // At the end: a backup that has the note has none of the data.
    await this.erasures?.add({ kind: "visitor", visitor });
    return { erased, done: true };
  }
}
