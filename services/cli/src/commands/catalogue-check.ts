import { checkCatalogue, readWhole } from "../catalogue.ts";
import type { Run } from "../command.ts";
import { existingFolder } from "../existing-folder.ts";

export const run: Run = async ({ arguments: [given = ""], terminal }) => {
  const dir = await existingFolder(given);
  if (!terminal.json) return checkCatalogue(dir, terminal.print);
  const { problems } = await readWhole(dir);
  terminal.document({ problems });
  return problems.length > 0 ? 1 : 0;
};
