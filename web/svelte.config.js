/** Runes everywhere in the project's own files; older dependencies keep their own mode. */
export default {
  compilerOptions: {},
  vitePlugin: {
    dynamicCompileOptions({ filename }) {
      return filename.includes("node_modules") ? undefined : { runes: true };
    },
  },
};
