/** The loss curve as CSV: a line for each moment that was looked at. */

import { floatText } from "../formats/decimals";
import type { CurvePoint } from "../state/curve";

const NAMES = ["updates", "epochs", "loss", "test_loss", "accuracy", "test_accuracy"];

export function curveCsv(curve: readonly CurvePoint[]): string {
  const lines = curve.map(({ updates, epoch, trainLoss, testLoss, trainAccuracy, testAccuracy }) =>
    [updates, ...[epoch, trainLoss, testLoss, trainAccuracy, testAccuracy].map(cell)].join(","),
  );
  return [NAMES.join(","), ...lines, ""].join("\r\n");
}

function cell(value: number | null): string {
  return value === null || !Number.isFinite(value) ? "" : floatText(value);
}
