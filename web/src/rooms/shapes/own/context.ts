/** The person's own points, for all parts of the room that show or change them. */

import { createContext } from "svelte";
import type { OwnPoints } from "./own.svelte";

export const [getOwn, setOwn] = createContext<OwnPoints>();
