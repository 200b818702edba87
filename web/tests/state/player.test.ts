import { beforeEach, describe, expect, test } from "vitest";
import { DEFAULT_EXPERIMENT, DRAWINGS_EXPERIMENT } from "../../src/experiment/settings";
import type { StopReason } from "../../src/engine/stopping";
import { Notices } from "../../src/state/notices.svelte";
import { Player, type Status, type Trained } from "../../src/state/player.svelte";

/** A run that takes note of what it is asked for. */
class Run implements Trained {
  experiment = DEFAULT_EXPERIMENT;
  readonly asked: string[] = [];
  advance(unit: "update" | "epoch", count: number): void {
    this.asked.push(`${count} ${unit}`);
  }
  recover(): void {
    this.asked.push("recover");
  }
}

const REACHED: StopReason = {
  why: "epochs",
  part: "train",
  epoch: 2,
  updates: 30,
  value: 2,
  limit: 2,
  since: 0,
};

const engine = { playing: false };
const view = { playing: false };
let run: Run;
let notices: Notices;
let status: Status;

function player(lively = true): Player {
  return new Player({ engine, run, status: () => status, view, notices, lively });
}

beforeEach(() => {
  engine.playing = view.playing = false;
  run = new Run();
  notices = new Notices();
  status = "ready";
});

describe("playing", () => {
  test("has the engine train, and a lively one has the browser keep that it does", () => {
    const lively = player();
    lively.toggle();
    expect([lively.playing, engine.playing, view.playing]).toEqual([true, true, true]);
    lively.toggle();
    expect([lively.playing, engine.playing, view.playing]).toEqual([false, false, false]);
    player(false).play();
    expect([engine.playing, view.playing]).toEqual([true, false]);
  });

  test("goes back to the last good moment first where the run has diverged", () => {
    status = "diverged";
    player().play();
    expect(run.asked).toEqual(["recover"]);
    expect(engine.playing).toBe(true);
  });

  test("does not begin where there is nothing to train on, and says so", () => {
    run.experiment = DRAWINGS_EXPERIMENT;
    const still = player();
    still.play();
    still.step();
    still.epoch();
    expect([still.playing, run.asked]).toEqual([false, []]);
    expect(notices.notice).toContain("There is nothing to train on yet");
  });

  test("ends where nothing is left to train on, without a word", () => {
    const playing = player();
    playing.play();
    playing.restIfIdle();
    expect(playing.playing).toBe(true);
    run.experiment = DRAWINGS_EXPERIMENT;
    playing.restIfIdle();
    expect([playing.playing, engine.playing]).toEqual([false, false]);
    expect(notices.notice).toBeNull();
  });
});

test("so many updates, or a pass, are made of a run that rests", () => {
  const playing = player();
  playing.play();
  playing.times(10);
  expect(playing.playing).toBe(false);
  playing.step();
  playing.epoch();
  expect(run.asked).toEqual(["10 update", "1 update", "1 epoch"]);
});

describe("a moment of the run", () => {
  test("at which a condition holds is rested at, and known until the run has left it", () => {
    const playing = player();
    playing.play();
    playing.note({ failure: null, stopped: REACHED, updates: 30 });
    expect([playing.playing, playing.stopped]).toEqual([false, REACHED]);
    playing.note({ failure: null, stopped: null, updates: 30 });
    expect(playing.stopped).toBe(REACHED);
    playing.note({ failure: null, stopped: null, updates: 31 });
    expect(playing.stopped).toBeNull();
  });

  test("that has failed ends playing, but not what the visitor has chosen", () => {
    const playing = player();
    playing.play();
    playing.note({
      failure: { layer: 0, step: 3, reason: "it diverged" },
      stopped: null,
      updates: 3,
    });
    expect([playing.playing, view.playing]).toEqual([false, true]);
  });
});

describe("a room that is left", () => {
  test("rests, and goes on when it is entered again as it was", () => {
    const playing = player();
    playing.play();
    playing.leave();
    expect([playing.playing, view.playing]).toEqual([false, true]);
    playing.enter();
    expect(playing.playing).toBe(true);
    playing.pause();
    playing.leave();
    playing.enter();
    expect(playing.playing).toBe(false);
  });

  test("does not go on with a run that no longer is ready", () => {
    const playing = player();
    playing.play();
    playing.leave();
    status = "diverged";
    playing.enter();
    expect(playing.playing).toBe(false);
  });

  test("before there is a run begins to play once it is entered", () => {
    const playing = player();
    playing.leave();
    playing.begin(true);
    expect(playing.playing).toBe(false);
    playing.enter();
    expect(playing.playing).toBe(true);
  });
});
