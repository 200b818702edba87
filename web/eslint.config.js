import js from "@eslint/js";
import prettier from "eslint-config-prettier";
import { createTypeScriptImportResolver } from "eslint-import-resolver-typescript";
import imports from "eslint-plugin-import-x";
import svelte from "eslint-plugin-svelte";
import { defineConfig } from "eslint/config";
import globals from "globals";
import typescript from "typescript-eslint";
import svelteConfig from "./svelte.config.js";

/** The folders of `src`, in the order in which imports may point: a folder imports from those before it. */
const FLOW = [
  ["engine"],
  ["experiment"],
  ["formats"],
  ["state"],
  ["stage", "inside", "ui"],
  ["rooms"],
  ["export"],
  ["App.svelte", "main.ts", "notebook", "share.ts", "widget.ts"],
];

/** Whatever comes after a folder in the flow is closed to it. */
const zones = FLOW.flatMap((group, place) =>
  group.map((target) => ({
    target: `./src/${target}`,
    from: FLOW.slice(place + 1)
      .flat()
      .map((later) => `./src/${later}`),
    message:
      "imports point one way: engine → experiment → formats → state → stage, inside, ui → rooms → export → App",
  })),
).filter(({ from }) => from.length > 0);

export default defineConfig(
  { ignores: ["node_modules/", "src/experiment/generated/", "src/engine/bindings.ts"] },
  js.configs.recommended,
  ...typescript.configs.strictTypeChecked,
  ...svelte.configs.recommended,
  prettier,
  ...svelte.configs.prettier,
  {
    languageOptions: {
      globals: { ...globals.browser },
      parserOptions: {
        projectService: { allowDefaultProject: ["*.js", "scripts/*.mjs"] },
        extraFileExtensions: [".svelte"],
      },
    },
    plugins: { "import-x": imports },
    settings: {
      "import-x/resolver-next": [
        createTypeScriptImportResolver({ extensions: [".ts", ".js", ".svelte", ".json"] }),
      ],
      "import-x/parsers": { "@typescript-eslint/parser": [".ts"] },
    },
    rules: {
      "import-x/no-restricted-paths": ["error", { zones }],
      "import-x/no-cycle": "error",
      "import-x/no-self-import": "error",
      eqeqeq: ["error", "always"],
      // Numbers and booleans read well in a sentence; anything else must be put into words.
      "@typescript-eslint/restrict-template-expressions": [
        "error",
        { allowNumber: true, allowBoolean: true },
      ],
      "@typescript-eslint/consistent-type-imports": "error",
      // `() => action()` is the usual way to pass an action on.
      "@typescript-eslint/no-confusing-void-expression": [
        "error",
        { ignoreArrowShorthand: true, ignoreVoidReturningFunctions: true },
      ],
    },
  },
  {
    files: ["**/*.svelte", "**/*.svelte.ts"],
    languageOptions: { parserOptions: { parser: typescript.parser, svelteConfig } },
  },
  {
    // ESLint takes what components hand to callbacks for `any`; svelte-check, which knows it, checks these files.
    files: ["**/*.svelte"],
    rules: {
      "@typescript-eslint/no-unsafe-argument": "off",
      "@typescript-eslint/no-unsafe-assignment": "off",
      "@typescript-eslint/no-unsafe-call": "off",
      "@typescript-eslint/no-unsafe-member-access": "off",
      "@typescript-eslint/no-unsafe-return": "off",
    },
  },
  {
    files: ["*.js", "*.ts", "scripts/**", "tests/**"],
    languageOptions: { globals: { ...globals.node } },
  },
  { files: ["*.js", "scripts/**"], extends: [typescript.configs.disableTypeChecked] },
  {
    files: ["src/engine/**", "src/experiment/**", "src/formats/**"],
    rules: {
      "no-restricted-globals": [
        "error",
        ...["document", "window", "localStorage", "location", "history"].map((name) => ({
          name,
          message: "no page here: engine and experiment work in a worker and in Node too",
        })),
      ],
    },
  },
);
