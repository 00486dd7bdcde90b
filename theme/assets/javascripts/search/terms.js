// Text as terms: the same in `generator/deskpress/source/terms.py`, where it says why; a test holds the two together.

/** A word with its hyphens and apostrophes. */
export const WORD = /[\p{L}\p{N}]+(?:['’-][\p{L}\p{N}]+)*/gu
const CJK = /[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]+/gu
const LONGEST = 30

export const STOP_WORDS = new Set(("a about am an and any are as at be but by can could did do does for from had has have how i if in into"
  + " is it its me my no not of on or our really should so that the their them then there these they this to"
  + " us was we were what when where which who why will with would you your").split(" "))

export const WEAK_WORDS = new Set(("able also anyone anything best better cannot cant couldnt different doesnt doing dont find found get gets"
  + " getting give given go goes going good got happen happens help just keep keeps know like look looking"
  + " made make makes making many may might much must need needed needs new now one other please possible"
  + " right see show some someone something start still sure take takes tell thing things think try trying use"
  + " used uses using want wants way ways went wont work working works wrong yet").split(" "))

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

const LANGUAGES = new Set(["en", "de", "fr", "es", "it", "nl", "pt", "sv", "da", "no", "fi"])

/** The stemmer of a language, which remembers its words; for one without, words are as they are. */
export async function stemmer(language) {
  const short = language.split("-")[0].toLowerCase().replace("nb", "no")
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
  return OTHERWISE.get(word) ?? SPELT.reduce((text, [pattern, to]) => text.replace(pattern, (_, end = "") => to.replace("$1", end)), word)
}

export function folded(text) {
  return text.normalize("NFKD").toLowerCase().replace(/[\u0300-\u036f]+/g, "")
}

/** The words of a text, folded; hyphens and apostrophes stay. */
export function words(text) {
  return folded(text).match(WORD) ?? []
}

/** How a folded word may stand in the index: each a list of terms. The first is as it is written. */
export function spellings(word, stem) {
  const runs = word.match(CJK)
  if (runs) {
    const others = word.split(CJK).filter((part) => part.length > 1)
    return [[...runs.flatMap(pairs), ...others.map((part) => term(part, stem))]]
  }
  const whole = word.replaceAll("’", "'").replace(/'s$/, "").replaceAll("'", "")
  const parts = whole.split("-").filter(Boolean)
  if (parts.length < 2) return whole ? [[term(whole, stem)]] : []
  const apart = parts.filter((part) => part.length > 1).map((part) => term(part, stem))
  return apart.length ? [[term(parts.join(""), stem)], apart] : [[term(parts.join(""), stem)]]
}

function pairs(run) {
  return Array.from({ length: Math.max(1, run.length - 1) }, (_, at) => run.slice(at, at + 2))
}

function term(word, stem) {
  return stem(word).slice(0, LONGEST)
}
