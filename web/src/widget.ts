/** Pellucid in a notebook, as anywidget loads it: one file that needs no other. */

import type { View } from "./notebook/anywidget";
import { Playgrounds } from "./notebook/playgrounds";
import "./styles/tokens.css";
import "./styles/widget.css";
import "./styles/base.css";

/** Called once for each widget, which may be shown several times. */
export default function widget(): { render(view: View): () => void } {
  const playground = new Playgrounds();
  return { render: (view) => playground.show(view) };
}
