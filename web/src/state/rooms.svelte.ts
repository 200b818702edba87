/**
 * The rooms of the page: a session for each, made when its room is first opened.
 *
 * The address holds the experiment of the open room; the browser keeps those of both, and the pad.
 */

import type { RunState } from "../engine/protocol";
import { checked, parsed } from "../experiment/check";
import { completed, isDrawn } from "../experiment/drawn";
import { refusal } from "../experiment/errors";
import type { Experiment } from "../experiment/experiment";
import { decode, encode } from "../experiment/link";
import { DEFAULT_EXPERIMENT, DRAWINGS_EXPERIMENT } from "../experiment/settings";
import { Address } from "./address";
import { Comparison } from "./comparison.svelte";
import { Drawings } from "./drawings.svelte";
import { openExperiment } from "./experiment-file";
import { Notices } from "./notices.svelte";
import { EMPTY_PAD, readPad } from "./pad-state";
import { Session } from "./session.svelte";
import { Store } from "./store";
import { BROWSER, type Surroundings } from "./surroundings";
import type { Beginning } from "./transitions";
import { ViewSettings, type Room } from "./view.svelte";
import type { Offer, Weights } from "./weights-file";

/** What each room keeps its experiment under. */
const KEYS = { shapes: "experiment", draw: "drawings" } as const;
const STARTS = { shapes: DEFAULT_EXPERIMENT, draw: DRAWINGS_EXPERIMENT } as const;

const OTHERS_DRAWINGS = "These are the link's drawings. Undo brings yours back.";
const OTHERS_POINTS = "These are the link's data. Undo brings your points back.";

export class Rooms {
  readonly view = new ViewSettings();
  #shapes = $state.raw<Session | null>(null);
  #comparison = $state.raw<Comparison | null>(null);
  #draw = $state.raw<Session | null>(null);
  #drawings = $state.raw<Drawings | null>(null);
  #offer = $state.raw<Offer | null>(null);

  readonly #around: Surroundings;
  readonly #notices = new Notices();
  readonly #store: Store;
  readonly #address: Address;
  readonly #stopEffects: () => void;

  constructor(around: Surroundings = BROWSER) {
    this.#around = around;
    this.#store = new Store(around.storage, (sentence) => this.#notices.tell(sentence));
    this.#address = new Address(around.window, (link) => this.#noteLink(link));
    this.view.take(this.#store.read("view") ?? "");
    this.#openFirst(this.#linked());
    this.#address.listen(
      (link) => this.openLink(link),
      () => this.#address.flush(),
    );
    this.#stopEffects = $effect.root(() => {
      $effect(() => this.#store.write("view", this.view.kept));
      $effect(() => this.#keep("shapes", this.#shapes));
      $effect(() => this.#keep("draw", this.#draw));
      $effect(() => {
        if (this.#comparison) this.#store.write("pinned", JSON.stringify(this.#comparison.pinned));
      });
      $effect(() => {
        if (this.#draw) this.#store.write("pad", JSON.stringify(this.#draw.newestPad));
      });
      $effect(() => this.#address.write(encode(this.session.experiment)));
    });
  }

  /** The open room. */
  get room(): Room {
    return this.view.room;
  }
  /** The session of the open room. */
  get session(): Session {
    const session = this.#sessionOf(this.room);
    if (!session) throw new Error(`the room ${this.room} is not open`);
    return session;
  }
  /** The session of the room Shapes; null until it is first opened. */
  get shapes(): Session | null {
    return this.#shapes;
  }
  /** The run in the room Shapes beside a pinned one; null until that room is first opened. */
  get comparison(): Comparison | null {
    return this.#comparison;
  }
  /** What the room Draw shows and steers; null until it is first opened. */
  get drawings(): Drawings | null {
    return this.#drawings;
  }

  /** Leave the open room for another. */
  go(room: Room): void {
    if (room === this.room) return;
    this.session.leave();
    if (!this.#sessionOf(room)) this.#furnish(room, this.#kept(room));
    this.view.room = room;
    this.session.enter();
  }

  /** Open the experiment in a link in its room; one that is broken leaves all as it was, and a notice says why. */
  openLink(link: string): boolean {
    const opened = this.#notices.guard(() => {
      const experiment = decode(link);
      this.go(roomOf(experiment));
      this.#goOver(suited(experiment));
    });
    if (!opened) this.#address.write(encode(this.session.experiment));
    return opened;
  }

  /**
   * Open the experiment in a file in its room, or the weights in it in this network; one that holds neither leaves all
   * as it was, and a notice says why.
   */
  async openFile(file: File): Promise<void> {
    try {
      if (await this.#openWeights(file)) return;
      this.#begin("file", await openExperiment(file), file.name);
    } catch (error) {
      this.#notices.refused(error);
    }
  }

  /** Weights of another network, with its experiment, which wait for the visitor's word; null where there are none. */
  get offer(): Offer | null {
    return this.#offer;
  }
  /** Open the experiment of the weights that wait, or put them into the network at hand, or leave it at that. */
  answer(choice: "experiment" | "weights" | "neither"): void {
    const { offer } = this;
    this.#offer = null;
    if (!offer || choice === "neither") return;
    const { file, parameters, experiment } = offer;
    if (choice === "weights") this.#put(offer);
    else this.#begin("file", experiment, file, { all: { parameters, keep: false } });
  }

  /**
   * Open an experiment in its room, as a step that undo takes back: with a state of its run, with null for one at its
   * start, or, where nothing is said, with the weights at hand as far as they fit.
   */
  open(label: string, experiment: Experiment, state?: RunState | null): void {
    this.go(roomOf(experiment));
    const whole = suited(experiment);
    const saved = state && { state, curve: [], moment: null };
    if (saved === undefined) this.session.open(label, whole);
    else this.session.begin(label, whole, { saved });
  }

  /** End both workers; the rooms are of no use afterwards. */
  close(): void {
    this.#stopEffects();
    this.#address.flush();
    this.#address.close();
    this.#drawings?.close();
    this.#comparison?.close();
    this.#shapes?.close();
    this.#draw?.close();
  }

  #begin(label: string, experiment: Experiment, file: string, weights?: Beginning): void {
    this.go(roomOf(experiment));
    this.session.begin(label, suited(experiment), weights);
    this.#notices.tell(`${file} is open. Undo brings back what was here before.`);
  }

  /**
   * Open a file as weights; false where it holds something else. They go into the network at hand where they are of one
   * like it; else the visitor is asked, or told why not.
   */
  async #openWeights(file: File): Promise<boolean> {
    const { openWeights, weighed } = await import("./weights-file");
    const opened = await openWeights(file);
    if (!opened) return false;
    const { frame, experiment } = this.session;
    if (!frame) throw refusal("The network is still being loaded; open the file in a moment.");
    const weights = weighed(opened, frame, experiment);
    if (!weights.isOwn && weights.experiment) {
      this.#offer = { ...weights, experiment: weights.experiment };
    } else if (weights.misfit !== null) {
      throw refusal(weights.misfit);
    } else {
      this.#put(weights);
    }
    return true;
  }
  #put({ file, parameters }: Weights): void {
    const all = { parameters, keep: true };
    this.session.begin("weights of a file", this.session.experiment, { all });
    this.#notices.tell(`The network has the weights of ${file} now. Undo brings its own back.`);
  }

  /** Open the first room: with what the address says, else with what was kept. */
  #openFirst(linked: Experiment | null): void {
    if (linked) this.view.room = roomOf(linked);
    const kept = this.#kept(this.room);
    const precious = linked && isMade(kept) && encode(kept) !== encode(linked);
    this.#furnish(this.room, precious || !linked ? kept : linked);
    if (precious) this.#goOver(linked);
  }

  /** Go over to the experiment of a link, which undo takes back. */
  #goOver(linked: Experiment): void {
    const { experiment } = this.session;
    this.session.open("link", linked);
    const covers = isMade(experiment) && this.session.experiment !== experiment;
    if (covers) this.#notices.tell(isDrawn(experiment) ? OTHERS_DRAWINGS : OTHERS_POINTS);
  }

  #furnish(room: Room, experiment: Experiment): void {
    const { view } = this;
    const start = { around: this.#around, view, notices: this.#notices, experiment };
    if (room === "shapes") {
      this.#shapes = new Session({ ...start, pad: EMPTY_PAD, lively: true });
      this.#comparison = new Comparison(this.#shapes, this.#around.startWorker);
      const pinned = this.#read("pinned", "shapes");
      if (pinned) this.#comparison.pin(pinned);
    } else {
      const pad = readPad(this.#store.read("pad") ?? "", isDrawing);
      this.#draw = new Session({ ...start, pad, lively: false });
      this.#drawings = new Drawings(this.#draw, this.#notices, this.#around.loadReader, (file) =>
        this.#openWeights(file),
      );
    }
  }

  #sessionOf(room: Room): Session | null {
    return room === "shapes" ? this.#shapes : this.#draw;
  }

  /** The last two links that the page itself has written, the newer first. */
  get #ownLinks(): readonly string[] {
    return (this.#store.read("link") ?? "").split("\n");
  }
  #noteLink(link: string): void {
    const [last = ""] = this.#ownLinks;
    if (!this.#store.isWhole) this.#store.write("link", "");
    else if (link !== last) this.#store.write("link", `${link}\n${last}`);
  }

  /** Whether the page left this link behind itself: a reload may come before the browser knows of the newest. */
  #isOwn(hash: string): boolean {
    const [last, before] = this.#ownLinks;
    return hash === last || (hash === before && this.#around.isReload());
  }

  /**
   * The experiment in the address; null where there is none, or one that is refused.
   *
   * The link that the page has last written itself may be older than what was kept: it follows changes a moment later.
   */
  #linked(): Experiment | null {
    const { hash } = this.#address;
    if (hash.length <= 1 || this.#isOwn(hash)) return null;
    try {
      return suited(decode(hash));
    } catch (error) {
      this.#notices.refused(error);
      return null;
    }
  }

  #kept(room: Room): Experiment {
    return this.#read(KEYS[room], room) ?? STARTS[room];
  }

  /** The experiment that is kept under a name; null where there is none that suits the room. */
  #read(name: string, room: Room): Experiment | null {
    try {
      const kept = parsed(this.#store.read(name) ?? "null");
      return roomOf(kept) === room ? suited(kept) : null;
    } catch {
      // Kept by another version of the page: there is nothing that the visitor could do about it.
      return null;
    }
  }

  #keep(room: Room, session: Session | null): void {
    if (session) this.#store.write(KEYS[room], JSON.stringify(session.newestExperiment));
  }
}

function roomOf(experiment: Experiment): Room {
  return isDrawn(experiment) ? "draw" : "shapes";
}

/** Whether there are drawings or points in it that somebody made. */
function isMade({ data }: Experiment): boolean {
  return (data.drawings ?? data.points ?? []).length > 0;
}

/** An experiment as its room has it. */
function suited(experiment: Experiment): Experiment {
  return isDrawn(experiment) ? completed(experiment) : experiment;
}

function isDrawing(text: string): boolean {
  try {
    const data = { kind: "given", drawings: [text], targets: [0] };
    return checked({ data }).data.drawings !== null;
  } catch {
    return false;
  }
}
