import type { GeneratedAlways } from "kysely";
import type { InstantColumn, JsonColumn, JsonWithDefault, NullableInstant } from "./columns.ts";

/** Who may call, and who did what. */
export interface CallersTables {
  api_key: ApiKeyTable;
  session: SessionTable;
  sign_in_link: SignInLinkTable;
  audit: AuditTable;
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
