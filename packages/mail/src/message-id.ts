import { createHash } from "node:crypto";
import { domainOf } from "./address.ts";

/**
 * The Message-ID of a digest: fixed by the person and the notices in it, in whatever order, so that a repeat is
 * recognised. The moment at which the first was made tells apart two installations that count from 1.
 */
export function messageIdOf(
  notices: readonly { readonly id: number; readonly madeAt: Temporal.Instant }[],
  { recipient, sender }: { recipient: string; sender: string },
): string {
  const sorted = notices.map(({ id, madeAt }) => `${id} ${madeAt.toString()}`).toSorted();
  const hash = createHash("sha256")
    .update([recipient, ...sorted].join("\n"))
    .digest("hex");
  return `<${hash.slice(0, 32)}@${domainOf(sender)}>`;
}
