import { createHmac, hkdfSync, timingSafeEqual } from "node:crypto";

/** What a link's signature covers: it opens this request of this case for this person until then, and nothing else. */
export interface SignedLink {
  readonly id: number;
  readonly request: number;
  readonly escalation: number | null;
  /** In small letters. */
  readonly person: string;
}

/** A token taken apart; nothing in it is to be believed before `isSigned` says so. */
export interface PresentedToken {
  readonly id: number;
  readonly expiresAt: Temporal.Instant;
  readonly signature: Buffer;
}

const SHAPE = /^([1-9]\d{0,14})-([1-9]\d{0,11})-([\w-]{43})$/;

/** The token of a link, fit for an address: its number, the second in which it runs out, and the signature. */
export function answerToken(link: SignedLink, expiresAt: Temporal.Instant, secret: string): string {
  const second = secondOf(expiresAt);
  return `${link.id}-${second}-${signatureOf(link, second, secret).toString("base64url")}`;
}

/** Takes a token apart; null where it has not the shape of one. */
export function presentedToken(token: string): PresentedToken | null {
  const [, id, second, signature] = SHAPE.exec(token) ?? [];
  if (id === undefined || second === undefined || signature === undefined) return null;
  const expiresAt = Temporal.Instant.fromEpochMilliseconds(Number(second) * 1000);
  return { id: Number(id), expiresAt, signature: Buffer.from(signature, "base64url") };
}

/** Whether a token was signed here for this very link; takes the same time whatever differs. */
export function isSigned({ id, expiresAt, signature }: PresentedToken, link: SignedLink, secret: string): boolean {
  const wanted = signatureOf(link, secondOf(expiresAt), secret);
  return id === link.id && signature.length === wanted.length && timingSafeEqual(signature, wanted);
}

function secondOf(instant: Temporal.Instant): number {
  return Math.floor(instant.epochMilliseconds / 1000);
}

function signatureOf({ id, request, escalation, person }: SignedLink, second: number, secret: string): Buffer {
  // A key of its own: what signs sessions signs no links.
  const key = Buffer.from(hkdfSync("sha256", secret, "", "signalbox answer link", 32));
  const said = JSON.stringify([id, request, escalation, person, second]);
  return createHmac("sha256", key).update(said).digest();
}
