/** A recording that stays in this browser until the server has it. */
export interface Take {
  /** Whose it is and which work it is about. */
  work: string;
  startedAt: number;
  type: string;
  seconds: number;
  /** The server has its bytes, under this number, and is yet to say that it has the remark. */
  fileId?: number;
}

interface Part {
  work: string;
  number: number;
  bytes: Blob;
}

/** Where takes are kept, second by second. */
export interface TakeKeeper {
  begin(take: Take): Promise<void>;
  add(work: string, number: number, bytes: Blob): Promise<void>;
  save(take: Take): Promise<void>;
  read(work: string): Promise<{ take: Take; blob: Blob } | undefined>;
  drop(work: string): Promise<void>;
}

const KEEP_MS = 30 * 24 * 3600 * 1000;

/** This browser's own database, which outlives a crash of the page and of the browser. */
export async function openTakes(factory: IDBFactory = indexedDB): Promise<TakeKeeper> {
  const db = await done(open(factory));
  const keeper = keeperOf(db);
  await dropOld(db, keeper);
  return keeper;
}

function open(factory: IDBFactory): IDBOpenDBRequest {
  const asked = factory.open("lectern-voice", 1);
  asked.onupgradeneeded = () => {
    asked.result.createObjectStore("takes", { keyPath: "work" });
    asked.result.createObjectStore("parts", { keyPath: ["work", "number"] });
  };
  return asked;
}

function keeperOf(db: IDBDatabase): TakeKeeper {
  const write = (work: (takes: IDBObjectStore, parts: IDBObjectStore) => void) =>
    new Promise<void>((resolve, reject) => {
      const change = db.transaction(["takes", "parts"], "readwrite");
      change.oncomplete = () => resolve();
      change.onerror = () => reject(change.error);
      change.onabort = () => reject(change.error);
      work(change.objectStore("takes"), change.objectStore("parts"));
    });
  const ofWork = (work: string) => IDBKeyRange.bound([work, 0], [work, Number.MAX_SAFE_INTEGER]);
  return {
    begin: (take) =>
      write((takes, parts) => {
        parts.delete(ofWork(take.work));
        takes.put(take);
      }),
    add: (work, number, bytes) => write((_, parts) => parts.put({ work, number, bytes })),
    save: (take) => write((takes) => takes.put(take)),
    drop: (work) =>
      write((takes, parts) => {
        takes.delete(work);
        parts.delete(ofWork(work));
      }),
    async read(work) {
      const look = db.transaction(["takes", "parts"]);
      const asked = look.objectStore("takes").get(work);
      const bytes = look.objectStore("parts").getAll(ofWork(work));
      const [take, parts] = await Promise.all([
        done(asked) as Promise<Take | undefined>,
        done(bytes) as Promise<Part[]>,
      ]);
      if (!take || parts.length === 0) return undefined;
      return {
        // After a crash nobody has said how long it is; there is a part for each second.
        take: { ...take, seconds: take.seconds || parts.length },
        blob: new Blob(
          parts.map((part) => part.bytes),
          { type: take.type },
        ),
      };
    },
  };
}

async function dropOld(db: IDBDatabase, keeper: TakeKeeper) {
  const takes = (await done(db.transaction("takes").objectStore("takes").getAll())) as Take[];
  for (const take of takes) {
    if (Date.now() - take.startedAt > KEEP_MS) await keeper.drop(take.work);
  }
}

function done<T>(asked: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    asked.onsuccess = () => resolve(asked.result);
    asked.onerror = () => reject(asked.error);
  });
}
