import type { GraderPlace } from "./presence-model";

/** Others see a move within the second; a held arrow key is told of twice a second. */
const APART_MS = 400;
/** Who says nothing for 35 seconds is taken to have gone. */
const BEAT_MS = 15_000;

type Tell = (at: GraderPlace | null) => Promise<void>;

/** Tells the server where this page is: at once, then not too often, and again now and then. */
export class MoveTeller {
  private at: GraderPlace | null = null;
  private told: string | undefined;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private beat: ReturnType<typeof setInterval> | undefined;
  private isTelling = false;

  constructor(private readonly tell: Tell) {}

  /** Begins, and begins again after the stream was away: what it knew of us may be forgotten. */
  start(): void {
    this.told = undefined;
    this.beat ??= setInterval(() => {
      this.told = undefined;
      this.soon();
    }, BEAT_MS);
    this.soon();
  }

  move(at: GraderPlace | null): void {
    this.at = at;
    if (this.beat !== undefined) this.soon();
  }

  stop(): void {
    clearTimeout(this.timer);
    clearInterval(this.beat);
    this.timer = undefined;
    this.beat = undefined;
  }

  private soon(): void {
    if (this.timer !== undefined || this.isTelling) return;
    // A page nobody looks at has nobody to show.
    if (document.hidden || JSON.stringify(this.at) === this.told) return;
    void this.now();
  }

  private async now(): Promise<void> {
    const telling = JSON.stringify(this.at);
    this.isTelling = true;
    try {
      await this.tell(this.at);
    } catch {
      // Said again with the next move or beat; nothing depends on it.
    }
    this.told = telling;
    this.isTelling = false;
    if (this.beat === undefined) return;
    this.timer = setTimeout(() => {
      this.timer = undefined;
      this.soon();
    }, APART_MS);
  }
}
