/** Many points along the way of a brush: one after each bit of the way, anywhere below the brush. */

export type Spot = readonly [x: number, y: number];

export class Spray {
  readonly #radius: number;
  readonly #every: number;
  readonly #random: () => number;
  #last: Spot;
  #left: number;

  /** The brush's radius and the way from point to point, in the unit of the places. */
  constructor(start: Spot, radius: number, every: number, random: () => number = Math.random) {
    this.#last = start;
    this.#radius = radius;
    this.#every = every;
    this.#random = random;
    this.#left = every;
  }

  /** Move the brush on; returns the points that come. */
  to(next: Spot): Spot[] {
    const [x, y] = this.#last;
    const way = Math.hypot(next[0] - x, next[1] - y);
    const spots: Spot[] = [];
    let gone = this.#left;
    for (; gone <= way; gone += this.#every) {
      const share = gone / way;
      spots.push(this.#below(x + share * (next[0] - x), y + share * (next[1] - y)));
    }
    this.#left = gone - way;
    this.#last = next;
    return spots;
  }

  #below(x: number, y: number): Spot {
    const away = this.#radius * Math.sqrt(this.#random());
    const angle = 2 * Math.PI * this.#random();
    return [x + away * Math.cos(angle), y + away * Math.sin(angle)];
  }
}
