import { z } from "zod";

const address = z.email();

/** Whether an address may be written to: an e-mail address, and nothing beside it that could become a header. */
export function isSendable(text: string): boolean {
  // eslint-disable-next-line no-control-regex -- control characters are what is looked for
  return !/[\u0000-\u001f\u007f]/.test(text) && address.safeParse(text).success;
}

/** The domain of `Name <user@domain>` or `user@domain`; "localhost" where there is none. */
export function domainOf(sender: string): string {
  return /@([^\s<>@]+?)>?\s*$/.exec(sender)?.[1] ?? "localhost";
}

/** The bare address of `Name <user@domain>`. */
export function addressOf(sender: string): string {
  return /<([^<>]+)>\s*$/.exec(sender)?.[1] ?? sender.trim();
}
