/** All styles of the widget as one text, see `scripts/own-tree.ts`. */
declare module "virtual:styles" {
  const text: string;
  export default text;
}
