import { expect, test } from "vitest";
import { placeInWords } from "./place.ts";

const MAC = "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7)";

test.each([
  ["Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0", "Firefox on Windows"],
  [`${MAC} AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.0 Safari/605.1.15`, "Safari on a Mac"],
  [`${MAC} AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0 Safari/537.36 Edg/140.0`, "Edge on a Mac"],
  ["Mozilla/5.0 (Linux; Android 15) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0 Mobile", "Chrome on Android"],
  ["curl/8.5.0", "A program"],
  ["<script>alert(1)</script>", "A program"],
  [undefined, "A program"],
])("%s is %s", (userAgent, words) => {
  expect(placeInWords(userAgent)).toBe(words);
});
