import { appendFileSync } from "node:fs";

/**
 * Records that a suite did not run because a server or data could not be had on this machine; `npm test` names it in
 * its last lines. Call it where the suite would stand.
 */
export const leftOut = (suite: string, why: string): void => {
  const list = process.env["SIGNALBOX_LEFT_OUT"];
  if (list) appendFileSync(list, `${JSON.stringify({ suite, why })}\n`);
  else console.warn(`left out: ${suite}: ${why}`);
};
