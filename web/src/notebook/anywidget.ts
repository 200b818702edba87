/** As much of anywidget's interface as is needed, see anywidget.dev. */

/** What a widget's Python side and its views share. */
export interface Traits {
  /** The experiment, as JSON. */
  document: string;
  /** The state of its run; null for the start. */
  state: DataView | null;
  /** Updates that were made until then. */
  updates: number;
}

export interface Model {
  get<Name extends keyof Traits>(name: Name): Traits[Name];
  set<Name extends keyof Traits>(name: Name, value: Traits[Name]): void;
  on(event: `change:${keyof Traits}`, callback: () => void): void;
  off(event: `change:${keyof Traits}`, callback: () => void): void;
  save_changes(): void;
}

export interface View {
  readonly model: Model;
  readonly el: HTMLElement;
}
