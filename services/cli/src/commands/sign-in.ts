import { makeSignInLink } from "@signalbox/db";
import type { Run } from "../command.ts";
import { openParts } from "../parts.ts";

/** For an installation where mail is held, or nobody is in the catalogue yet: whoever may run commands may look. */
export const run: Run = async ({ terminal }) => {
  await using stack = new AsyncDisposableStack();
  const { config, db } = await openParts(stack);
  const link = `${config.baseUrl}/sign-in/${await makeSignInLink(db, Temporal.Now.instant())}`;
  terminal.document({ link });
  terminal.print(link);
  terminal.note("signalbox: the link signs an operator in, once, within 12 hours.");
  return 0;
};
