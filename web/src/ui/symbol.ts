/** A symbol of the mathematics, in the parts that it is set from. */

export interface SymbolParts {
  /** How it is read out. */
  readonly name: string;
  /** Words before the letters, upright: "sin". */
  readonly before?: string;
  /** Letters that stand side by side: one, or the factors of a product. */
  readonly letters: readonly Letter[];
}

export interface Letter {
  readonly letter: string;
  readonly index?: string;
  readonly power?: string;
  readonly hat?: boolean;
}
