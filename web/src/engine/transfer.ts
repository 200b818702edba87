/** What is handed over with a message instead of being copied. */

import type { Request, Response } from "./protocol";

export function transferables(message: Request | Response): ArrayBuffer[] {
  switch (message.type) {
    case "frame":
      if ("playing" in message) return message.recycle ? [message.recycle] : [];
      return [message.frame.buffer, ...(message.state ? [message.state.buffer] : [])];
    case "state":
      return [message.present.state.buffer];
    case "answer":
      return message.change.previous ? [message.change.previous.buffer] : [];
    case "capture":
      return [message.frame.buffer];
    case "survey":
      return [message.survey.buffer];
    default:
      return [];
  }
}
