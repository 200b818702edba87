/** Node as it is, with the modules that a browser would get: Svelte's build for servers does not react to changes. */

import type { Environment } from "vitest/runtime";

export default {
  name: "reactive",
  viteEnvironment: "client",
  setup: () => ({ teardown: () => undefined }),
} satisfies Environment;
