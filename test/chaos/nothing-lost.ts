import type { Database, Kysely } from "@signalbox/db";
import { expect } from "vitest";
import type { ApiClient } from "../harness/api-client.ts";
import type { MailCatcher } from "../harness/mail-catcher.ts";
import { difference, shownBy } from "../harness/shown.ts";
import { readSoFar } from "./moments.ts";
import { mailFaults, noFaults } from "./told-once.ts";

/** Expects that all files are read, all that is shown is as it was undisturbed, and every notice was delivered, once. */
export async function expectNothingLost(
  { db, api, mail }: { db: Kysely<Database>; api: ApiClient; mail: MailCatcher },
  { files, shown }: { files: number; shown: readonly string[] },
): Promise<void> {
  expect(await readSoFar(db)).toBe(files);
  expect(await mailFaults(db, mail)).toEqual(noFaults);
  expect(difference(shown, await shownBy(api))).toEqual({ missing: [], extra: [] });
}
