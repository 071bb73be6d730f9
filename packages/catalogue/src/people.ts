import type { CatalogueFiles } from "./catalogue-files.ts";
import {
  FORUM_ROLES,
  type Forum,
  ORGANISATION_ROLES,
  type Organisation,
  type Person,
  type Role,
  SYSTEM_ROLES,
} from "./catalogue.ts";
import type { Cells } from "./cells.ts";
import type { Codes } from "./codes.ts";
import { readTable, type TableRead } from "./read-table.ts";
import { Repeats } from "./repeats.ts";

const shape = { file: "people.csv", columns: ["email", "name", "role", "forum", "organisation"] } as const;
const ROLES = [...FORUM_ROLES, ...ORGANISATION_ROLES, ...SYSTEM_ROLES] as const;

interface Context {
  readonly organisations: Codes<Organisation>;
  readonly forums: Codes<Forum>;
}

/** Reads the people, one row for each thing a person is. */
export async function readPeople(
  files: CatalogueFiles,
  context: Context,
): Promise<TableRead & { people: readonly Person[] }> {
  const people: Person[] = [];
  const repeats = new Repeats("person and role");
  const read = await readTable(files, shape, (cells) => {
    const person = personOf(cells, context);
    if (person === null) return;
    if (repeats.has(cells, "email", [person.email, person.role, person.forum, person.organisation])) return;
    people.push(person);
  });
  return { ...read, people };
}

function personOf(cells: Cells<(typeof shape.columns)[number]>, { forums, organisations }: Context): Person | null {
  const email = cells.needed("email") === null ? null : cells.email("email");
  const name = cells.needed("name");
  const role = cells.choice("role", ROLES);
  const forum = forums.in(cells, "forum");
  const organisation = organisations.in(cells, "organisation");
  if (role !== null && isOneOf(FORUM_ROLES, role) && cells.text("forum") === null)
    cells.problem("forum", `a ${role} is of a forum: name it`);
  if (role !== null && isOneOf(ORGANISATION_ROLES, role)) {
    if (cells.text("organisation") === null)
      cells.problem("organisation", `role ${role} is of an organisation: name it`);
    if (forum !== null && forums.get(forum)?.tier === "slt")
      cells.problem("forum", `role ${role} is of a board's area; the SLT has none`);
  }
  if (email === null || name === null || role === null || cells.faulty) return null;
  return { email, name, role, forum, organisation };
}

function isOneOf(roles: readonly Role[], role: Role): boolean {
  return roles.includes(role);
}
