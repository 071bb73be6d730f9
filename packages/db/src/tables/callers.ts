import type { GeneratedAlways } from "kysely";
import type { InstantColumn, JsonColumn, JsonWithDefault, NullableInstant } from "./columns.ts";

/** Who may call, and who did what. */
export interface CallersTables {
  api_key: ApiKeyTable;
  session: SessionTable;
  sign_in_link: SignInLinkTable;
  audit: AuditTable;
  last_looked: LastLookedTable;
  calendar_token: CalendarTokenTable;
}

export interface ApiKeyTable {
  id: GeneratedAlways<number>;
  name: string;
  organisation: string;
  scopes: readonly string[];
  hash: string;
  created_at: InstantColumn;
  revoked_at: NullableInstant;
}

export interface SessionTable {
  /** A hash: the table holds no id that a cookie does. */
  id: string;
  number: GeneratedAlways<number>;
  data: JsonColumn;
  /** An e-mail address in small letters, or "operator" of this machine; null before anybody signed in. */
  person: string | null;
  made_at: InstantColumn;
  last_seen_at: InstantColumn;
  place: string | null;
  expires_at: InstantColumn;
  ended_at: NullableInstant;
}

export interface SignInLinkTable {
  hash: string;
  role: string;
  /** Whom it signs in, by e-mail address; null for the operator of this machine. */
  person: string | null;
  made_at: InstantColumn;
  expires_at: InstantColumn;
  used_at: NullableInstant;
}

export interface AuditTable {
  id: GeneratedAlways<number>;
  at: InstantColumn;
  actor: string;
  action: string;
  subject: string;
  detail: JsonWithDefault;
}

/** The address of somebody's calendar; one a person is live. */
export interface CalendarTokenTable {
  id: GeneratedAlways<number>;
  hash: string;
  /** An e-mail address in small letters. */
  person: string;
  made_at: InstantColumn;
  revoked_at: NullableInstant;
}

/** What of the home page somebody has seen. */
export interface LastLookedTable {
  /** An e-mail address in small letters. */
  person: string;
  /** When the session began in which they last looked, by the machine's time. */
  visit_began: InstantColumn;
  /** What changed after it is new to them. */
  since: NullableInstant;
  looked_at: InstantColumn;
}
