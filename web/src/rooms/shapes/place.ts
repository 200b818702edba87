/** A place on the plane that is being read off. */
export interface Place {
  readonly x1: number;
  readonly x2: number;
  /** The sample there, if any. */
  readonly sample: number | null;
}
