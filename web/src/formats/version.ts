/** The version of Pellucid, that of the Python package; `vite.config.ts` puts it in. */

declare const PELLUCID_VERSION: string;

export const VERSION = PELLUCID_VERSION;
