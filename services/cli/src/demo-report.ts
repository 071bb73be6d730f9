import { whatCame } from "@signalbox/db";
import type { Parts } from "./parts.ts";

/** In a few lines, what the demo's figures came to. */
export async function demoReport({ db, config }: Parts): Promise<string[]> {
  const came = await whatCame(db);
  const n = (many: number) => many.toLocaleString("en-GB");
  const sent = config.smtpUrl === null ? "written and kept" : "sent";
  const held = came.heldMails === 0 ? "" : `, ${n(came.heldMails)} held`;
  const failed = came.failedMails === 0 ? "" : `, ${n(came.failedMails)} not sent: npx signalbox status`;
  return [
    `The demo is loaded: ${n(came.files)} files, ${n(came.rows)} rows read, ${n(came.accepted)} accepted, ${n(came.refused)} refused.`,
    `  ${n(came.slt + came.board)} cases stand: ${n(came.slt)} before the SLT, ${n(came.board)} before boards.`,
    `  ${n(came.mails)} mails to ${n(came.people)} people ${sent}${held}${failed}.`,
    "",
  ];
}
