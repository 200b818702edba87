import { expect, test } from "vitest";
import { Queue } from "../../src/state/queue";

/** A queue, and what happens in it. */
function queue(): { queue: Queue; said: string[]; task: (name: string) => () => Promise<void> } {
  const said: string[] = [];
  return {
    said,
    queue: new Queue(
      (error) => said.push(`told ${String(error)}`),
      () => said.push("rest"),
    ),
    task: (name) => async () => {
      said.push(`${name} begins`);
      await Promise.resolve();
      said.push(`${name} ends`);
    },
  };
}

test("a task begins when the one before has ended", async () => {
  const { queue: tasks, said, task } = queue();
  void tasks.add(task("one"));
  const last = tasks.add(task("two"));
  expect(tasks.length).toBe(2);
  await last;
  expect(said).toEqual(["one begins", "one ends", "two begins", "two ends", "rest"]);
  expect(tasks.length).toBe(0);
});

test("a task that fails is told, and the next one is carried out", async () => {
  const { queue: tasks, said, task } = queue();
  void tasks.add(() => Promise.reject(new Error("no memory")));
  await tasks.add(task("two"));
  expect(said).toEqual(["told Error: no memory", "two begins", "two ends", "rest"]);
});

test("a task that is added by another one waits for it, and there is no rest between them", async () => {
  const { queue: tasks, said, task } = queue();
  await tasks.add(async () => {
    void tasks.add(task("two"));
    await task("one")();
    expect(tasks.length).toBe(2);
  });
  await tasks.add(task("three"));
  expect(said.filter((word) => word === "rest")).toHaveLength(1);
  expect(said.indexOf("one ends")).toBeLessThan(said.indexOf("two begins"));
});
