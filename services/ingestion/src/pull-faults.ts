/** What became of a request that got no answer, in words, from what node's sockets and TLS say. */
export function faultInWords(error: unknown, host: string): string {
  const code = error instanceof Error && "code" in error ? String(error.code) : "";
  if (code === "ENOTFOUND" || code === "EAI_AGAIN") return `the name ${host} is not found (${code})`;
  if (code === "ECONNREFUSED") return `${host} takes no connection (${code})`;
  if (code === "ECONNRESET" || code === "EPIPE") return `${host} broke off (${code})`;
  if (/CERT|SELF_SIGNED|UNABLE_TO_|TLS|SSL/.test(code)) return `${host} does not prove who it is (${code})`;
  const message = error instanceof Error ? error.message : String(error);
  return code === "" || message.includes(code) ? message : `${message} (${code})`;
}
