/** A database of this browser. Its stores have records with the key `id`. */
export class DeviceStore {
  constructor(private readonly name: string, private readonly stores: readonly string[]) {}

  /**
   * Runs a request in one store.
   * @throws where the browser has no database, or gives no room in it
   */
  async run<T>(
    store: string,
    mode: IDBTransactionMode,
    ask: (store: IDBObjectStore) => IDBRequest<T>,
  ): Promise<T> {
    const database = await this.open();
    try {
      const transaction = database.transaction(store, mode);
      const kept = new Promise<void>((resolve, reject) => {
        transaction.oncomplete = () => resolve();
        transaction.onabort = () => reject(transaction.error);
      });
      const result = await resultOf(ask(transaction.objectStore(store)));
      await kept;
      return result;
    } finally {
      database.close();
    }
  }

  private open(): Promise<IDBDatabase> {
    const opening = indexedDB.open(this.name, 1);
    opening.onupgradeneeded = () => {
      for (const store of this.stores) opening.result.createObjectStore(store, { keyPath: "id" });
    };
    return resultOf(opening);
  }
}

function resultOf<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}
