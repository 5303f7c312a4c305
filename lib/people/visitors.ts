/** How far a deletion has come. */
export interface VisitorDeletion {
  /** Conversations that this call deleted. */
  erased: number;
  /** False while there is more: it is to be called again. */
  done: boolean;
}

/** What one capability keeps of visitors. */
export interface VisitorRecords {
  /** Whether it keeps something for which an old cookie of theirs still counts. */
  knows?(visitor: string): Promise<boolean>;
  deleteVisitor(visitor: string): Promise<VisitorDeletion>;
}

/** All that is kept of visitors, by whichever capability. */
export class Visitors {
  /** @param records in the order in which they are deleted */
  constructor(private readonly records: readonly VisitorRecords[]) {}

  /** Whether anything is kept of a visitor: a conversation, or a link with a phone. */
  async knows(visitor: string): Promise<boolean> {
    for (const each of this.records) if (await each.knows?.(visitor)) return true;
    return false;
  }

  /** Deletes all of a visitor's, so much at a time, until it says that it is done. */
  async delete(visitor: string): Promise<VisitorDeletion> {
    let erased = 0;
    for (const each of this.records) {
      const deletion = await each.deleteVisitor(visitor);
      erased += deletion.erased;
      if (!deletion.done) return { erased, done: false };
    }
    return { erased, done: true };
  }
}
