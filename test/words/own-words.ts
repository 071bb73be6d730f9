import { fleschKincaid } from "flesch-kincaid";
import { syllable } from "syllable";

/**
 * What a page or a mail says in words of its own, sentence by sentence, so that its reading grade can be measured.
 *
 * Own words are the text within <main>, or the body of a mail, less what is not Signalbox's to choose: tables, charts, code,
 * and the addresses of links. A name of the catalogue (an organisation, a metric, a forum, a person), a file's name, a figure
 * and a date count as one plain word each. A heading, a list item, a label or a line of a mail ends a sentence as a full
 * stop does; what has fewer than four words beside names ("See the case", "Limit: 75.0%") is no sentence and is not counted at all, so
 * that many short labels cannot make a page look easier than its sentences are.
 */
export function ownSentences(html: string, names: readonly string[]): string[] {
  const main = /<main[^>]*>([\s\S]*)<\/main>/.exec(html)?.[1] ?? html.slice(html.indexOf("<body"));
  const text = main
    .replace(/<(table|svg|script|style|pre|code|option|textarea)\b[\s\S]*?<\/\1>/g, " ")
    .replace(
      /<\/?(h[1-6]|p|li|dt|dd|div|section|summary|button|label|legend|caption|ul|ol|dl|br|hr|form|img)\b[^>]*>/g,
      "\n",
    )
    .replace(/<[^>]+>/g, " ");
  return sentencesOf(plainly(unescaped(text), names));
}

/** The same of a text without markup, such as a mail's plain part. */
export function sentencesOfText(text: string, names: readonly string[]): string[] {
  return sentencesOf(plainly(text, names));
}

/** The Flesch-Kincaid grade of some sentences taken together. */
export function gradeOf(sentences: readonly string[]): number {
  const words = sentences.flatMap(wordsOf);
  return fleschKincaid({
    sentence: sentences.length,
    word: words.length,
    syllable: words.reduce((sum, word) => sum + (word === NAME ? 1 : syllable(word)), 0),
  });
}

const NAME = "Name";
const FEWEST_WORDS = 4;

/** Names, figures, dates and addresses in the place of which one plain word stands. */
function plainly(text: string, names: readonly string[]): string {
  let plain = text.replace(/https?:\/\/\S+|[\w.+-]+@[\w.-]+|\S+\.(csv|xlsx?|png)\b/g, NAME);
  for (const name of names.toSorted((a, b) => b.length - a.length)) plain = plain.replaceAll(name, NAME);
  return plain
    .replace(
      /\d{1,2} (January|February|March|April|May|June|July|August|September|October|November|December)( \d{4})?( at \d\d:\d\d)?/g,
      NAME,
    )
    .replace(/(January|February|March|April|May|June|July|August|September|October|November|December) \d{4}/g, NAME)
    .replace(/[+\-−£(]*\d[\d,.:/]*%?m?\)?/g, NAME)
    .replace(/(Name( to | )?)+(?=\(Name Q?Name\)|\(Name\))/g, NAME);
}

function sentencesOf(text: string): string[] {
  return text
    .split(/\n|(?<=[.!?])\s+|;\s/)
    .map((sentence) => sentence.replace(/\s+/g, " ").trim())
    .filter((sentence) => wordsOf(sentence).filter((word) => word !== NAME).length >= FEWEST_WORDS);
}

function wordsOf(sentence: string): string[] {
  return sentence.match(/[\p{L}’']+/gu) ?? [];
}

function unescaped(text: string): string {
  return text
    .replaceAll("&lt;", "<")
    .replaceAll("&gt;", ">")
    .replaceAll("&quot;", '"')
    .replaceAll("&#39;", "'")
    .replaceAll("&nbsp;", " ")
    .replaceAll("&amp;", "&");
}
