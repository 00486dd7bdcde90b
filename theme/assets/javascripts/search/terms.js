// Text as terms: the same in `generator/deskpress/source/terms.py`, where it says why; a test holds the two together.

/** A word with its hyphens and apostrophes. */
export const WORD = /[\p{L}\p{N}]+(?:['’-][\p{L}\p{N}]+)*/gu
const CJK = /[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]+/gu
const MARKS = /(?:[\u0300-\u036f]|[\u064b-\u0655]|\u0640|\u0670)+/gu
const LONGEST = 30
const ELIDED = /^[a-z]{1,7}'(?=[\p{L}\p{N}]{3})/u

/** @type {[RegExp, string][]} */
const SPELT = [
  [/(?<=[a-z]{3})is(e[ds]?|ers?|ing|ations?)$/, "iz$1"],
  [/(?<=[a-z]{2})our(s|ed|ing|ite|ites|al|able|ful)?$/, "or$1"],
  [/(?<=[a-z]{2})tre(s|d)?$/, "ter$1"],
  [/(?<=[a-z]{3})ogue(s?)$/, "og$1"],
]
const OTHERWISE = new Map(Object.entries({
  cheque: "check",
  cheques: "checks",
  defence: "defense",
  enrolment: "enrollment",
  fulfil: "fulfill",
  grey: "gray",
  licence: "license",
  licences: "licenses",
  offence: "offense",
  programme: "program",
  programmes: "programs",
}))

/** Forms that no rule of endings leads back to their word. */
const IRREGULAR = new Map(Object.entries({
  began: "begin",
  begun: "begin",
  bought: "buy",
  brought: "bring",
  built: "build",
  came: "come",
  caught: "catch",
  children: "child",
  chose: "choose",
  chosen: "choose",
  criteria: "criterion",
  fallen: "fall",
  fell: "fall",
  forgot: "forget",
  forgotten: "forget",
  froze: "freeze",
  frozen: "freeze",
  held: "hold",
  hid: "hide",
  hidden: "hide",
  indices: "index",
  kept: "keep",
  lost: "lose",
  matrices: "matrix",
  overridden: "override",
  paid: "pay",
  ran: "run",
  sent: "send",
  shown: "show",
  sold: "sell",
  spent: "spend",
  stole: "steal",
  stolen: "steal",
  taught: "teach",
  undid: "undo",
  undone: "undo",
  withdrawn: "withdraw",
  withdrew: "withdraw",
  written: "write",
  wrote: "write",
}))

const LANGUAGES = new Set(["en", "de", "fr", "es", "it", "nl", "pt", "sv", "da", "no", "fi"])
const LEXICONS = new Set(["en", "de", "es", "fr", "ar"])

const ARABIC_BEFORE = /^(?:\u0648?(?:\u0627\u0644|\u0628\u0627\u0644|\u0643\u0627\u0644|\u0641\u0627\u0644|\u0644\u0644)|\u0648)(?=..)/u
const ARABIC_AFTER = /(?<=..)(?:\u0647\u0627|\u0627\u0646|\u0627\u062a|\u0648\u0646|\u064a\u0646|\u064a\u0647|\u064a\u0629|\u0647|\u0629|\u064a)$/u

function shortName(language) {
  const short = language.split("-")[0].toLowerCase()
  return short === "nb" ? "no" : short
}

/** What is known of a language: `{stop, weak, same, links, endings}`, as `words/en.js` says; nothing of one that is not shipped. */
export async function lexiconOf(language) {
  const short = shortName(language)
  const { stop = [], weak = [], same = [], links = [], endings = [] } = LEXICONS.has(short) ? (await import(`./words/${short}.js`)).default : {}
  const set = (lines) => new Set(words(lines.join(" ")))
  return { stop: set(stop), weak: set(weak), same: same.map((group) => group.split(", ")), links, endings }
}

/** The stemmer of a language, which remembers its words; for one without, words are as they are. */
export async function stemmer(language) {
  const short = shortName(language)
  if (short === "ar") return arabic
  if (!LANGUAGES.has(short)) return (word) => word
  const { stem } = await import(`./stem/${short}.js`)
  const spelt = short === "en" ? american : (word) => word
  const known = new Map()
  return (word) => {
    if (!known.has(word)) known.set(word, /^\p{L}+$/u.test(word) ? stem(spelt(word)) : word)
    return known.get(word)
  }
}

function american(word) {
  return OTHERWISE.get(word) ?? IRREGULAR.get(word) ?? SPELT.reduce((text, [pattern, to]) => text.replace(pattern, (_, end = "") => to.replace("$1", end)), word)
}

function arabic(word) {
  return word.replaceAll("\u0649", "\u064a").replace(ARABIC_BEFORE, "").replace(ARABIC_AFTER, "")
}

export function folded(text) {
  return text.normalize("NFKD").toLowerCase().replace(MARKS, "").replaceAll("’", "'")
}

/** The words of a text, folded; hyphens and apostrophes stay. */
export function words(text) {
  return folded(text).match(WORD) ?? []
}

/** How a folded word may stand in the index: each a list of terms. The first is that of the word itself. */
export function spellings(word, stem) {
  const runs = word.match(CJK)
  if (runs) {
    const others = word.split(CJK).filter((part) => part.length > 1)
    return [[...runs.flatMap(pairs), ...others.map((part) => term(part, stem))]]
  }
  const whole = word.replaceAll("’", "'").replace(/'s$/, "").replaceAll("'", "")
  const parts = whole.split("-").filter(Boolean)
  if (parts.length < 2) {
    const rest = unelided(word)
    const elided = rest === word ? [] : [[term(rest.replace(/'s$/, "").replaceAll("'", ""), stem)]]
    return whole ? [...elided, [term(whole, stem)]] : []
  }
  const apart = parts.filter((part) => part.length > 1).map((part) => term(part, stem))
  return apart.length ? [[term(parts.join(""), stem)], apart] : [[term(parts.join(""), stem)]]
}

/** A folded word without what has lost its vowel before it: `adresse` of `l'adresse`. */
export function unelided(word) {
  return word.replace(ELIDED, "")
}

/** Whether a word holds letters of a script without spaces, and is cut into pairs. */
export function isUnspaced(word) {
  return /[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]/u.test(word)
}

function pairs(run) {
  return Array.from({ length: Math.max(1, run.length - 1) }, (_, at) => run.slice(at, at + 2))
}

function term(word, stem) {
  return stem(word).slice(0, LONGEST)
}
