// What a query asks for: the same as `generator/deskpress/render/understanding.py`, where it says why.
import { PREFIX, byText, canBeLost, partsOf, repairs } from "./spelling.js"
import { isUnspaced, spellings, unelided, words } from "./terms.js"

export const MAX_LETTERS = 200
const MAX_SLOTS = 12
const MAX_PREFIXED = 20
const MAX_SYNONYMS = 100
const MAX_EXPANSIONS = 5
const MOST_WHOLE = 6
const DIGITS = 6
const COMPOUND = 4
/** Why a synonym stands for a word that is shipped and not of the site. */
export const COMMON = "common"
export const MEANS = "="
const WHOLE = "$"

/** The words of a query: `{typed, plain, term, apart}`; what is written without spaces is a word for each of its pairs. */
export function unitsOf(text, stem, most = 4 * MAX_SLOTS) {
  const found = []
  for (const typed of words(text).slice(0, most)) {
    const [terms = [], apart = []] = spellings(typed, stem)
    if (!terms.length) continue
    if (isUnspaced(typed)) found.push(...terms.map((term) => ({ typed: term, plain: term, term, apart: [] })))
    else found.push({ typed, plain: unelided(typed).replace(/['-]/g, ""), term: terms[0], apart })
  }
  return found.slice(0, most)
}

/** Groups of phrases that mean the same, as terms without stop words; `begun` tells by the first term which phrase of which group begins so, `words` are all terms. */
export function thesaurus(groups, stem, stop) {
  const begun = new Map()
  const known = new Set()
  const found = groups.map(([group, worth, why], number) => {
    const units = group.map((phrase) => unitsOf(phrase, stem))
    const phrases = units.map((said) => said.map(({ term }) => term))
    phrases.flat().forEach((term) => known.add(term))
    const told = units.map((said) => said.filter(({ typed }) => !stop.has(typed)))
    const own = told.map((said, at) => (said.length ? said.map(({ term }) => term) : phrases[at]))
    phrases.forEach((phrase, at) => {
      if (!phrase.length) return
      if (!begun.has(phrase[0])) begun.set(phrase[0], [])
      begun.get(phrase[0]).push([number, phrase, own[at]])
    })
    return { phrases: own, worth, why }
  })
  return { groups: found, begun, words: known }
}

/** What queries of a language ask for; `vocabulary` has `frequency(term)`, `near(term, wide)` and `meanings(term)`. */
export class Understanding {
  constructor(vocabulary, { stem, lexicon, synonyms, weights }) {
    this.vocabulary = vocabulary
    this.stem = stem
    this.lexicon = lexicon
    this.synonyms = synonyms
    this.weights = weights
  }

  /** Slots `{typed, alternatives, worth}` of alternatives `{terms, worth, why, share}`, and the telling words as the index has them. */
  of(query) {
    const text = query.slice(0, MAX_LETTERS)
    const units = this.units(text)
    const { stop } = this.lexicon
    const silent = new Set(units.filter(({ typed }) => stop.has(typed)).map(({ term }) => term))
    const spans = this.spans(units.map(({ term }) => term), silent)
    const told = units.map((_, at) => at).filter((at) => !stop.has(units[at].typed) || spans.has(at))
    const telling = new Set(told.length ? told : units.keys())
    const slots = []
    const chain = []
    let at = 0
    while (at < units.length && slots.length < MAX_SLOTS) {
      if (!telling.has(at)) {
        at += 1
        continue
      }
      const [size, others] = spans.get(at) ?? [1, []]
      if (size === 1) {
        const slot = this.ofWord(units, at, others, at === units.length - 1 && !text.endsWith(" "))
        const own = slot.alternatives[0].terms
        const meant = slot.alternatives.find(({ why }) => why === "slip" || why === "apart")
        chain.push(...(this.vocabulary.frequency(own[0]) || !meant ? own : meant.terms))
        slots.push(slot)
      } else {
        const said = units.slice(at, at + size)
        const parts = said.filter(({ typed }) => !stop.has(typed))
        const own = (parts.length ? parts : said).map(({ term }) => term)
        const little = said.every(({ typed }) => stop.has(typed) || this.lexicon.weak.has(typed))
        const first = { terms: own, worth: little ? this.weights.weak : 1, why: "" }
        slots.push({ typed: said.map(({ typed }) => typed).join(" "), alternatives: [first, ...others, ...this.ofParts(parts, others)], worth: 1 })
        chain.push(...own)
      }
      at += size
    }
    return { slots, chain: chain.slice(0, MAX_SLOTS) }
  }

  /** The words of a query, without numbers that stand nowhere. */
  units(text) {
    return unitsOf(text, this.stem).filter((unit) => !this.isNumber(unit))
  }

  /** The synonyms of each word of a phrase that are not some of the `whole`, for its part of it. */
  ofParts(parts, whole) {
    const known = new Set(whole.map(({ terms }) => terms.join(" ")))
    return parts.flatMap(({ term }) => {
      const [, others] = this.spans([term]).get(0) ?? [1, []]
      const more = others.filter(({ terms }) => !known.has(terms.join(" ")) && known.add(terms.join(" ")))
      return more.map(({ terms, worth, why }) => ({ terms, worth: worth / parts.length, why, share: 1 / parts.length }))
    })
  }

  isNumber({ plain, term }) {
    return (plain.match(/[0-9]/g) ?? []).length >= DIGITS && !this.vocabulary.frequency(term)
  }

  ofWord(units, at, others, last) {
    const unit = units[at]
    const found = [{ terms: [unit.term], worth: 1, why: "" }]
    if (unit.apart.length) {
      const telling = unit.apart.filter((term) => !this.lexicon.stop.has(term))
      found.push({ terms: telling.length ? telling : unit.apart, worth: 1, why: "hyphen" })
    }
    found.push(...this.joined(units, at).map((both) => ({ terms: [both], worth: 1, why: "joined" })))
    const known = this.vocabulary.frequency(unit.term) > 0
    if (last && unit.plain.length >= PREFIX) found.push(...this.begun(unit, known))
    if (!known && found.length === 1 && this.maybeSlip(unit)) found.push(...this.meant(unit))
    found.push(...others)
    const near = known ? undefined : found.find(({ why }) => why === "slip" || why === "begun")
    if (near) {
      const [, more] = this.spans(near.terms).get(0) ?? [1, []]
      found.push(...more.map(({ terms, worth, why }) => ({ terms, worth: worth * near.worth, why })))
    }
    found.push(...this.compounds(unit))
    return { typed: unit.typed, alternatives: found, worth: this.lexicon.weak.has(unit.typed) ? this.weights.weak : 1 }
  }

  /** Whether a word that stands nowhere may be another one with a slip: it is none that is known. */
  maybeSlip({ typed, term }) {
    const { stop, weak } = this.lexicon
    return !stop.has(typed) && !weak.has(typed) && !this.synonyms.words.has(term) && canBeLost(term)
  }

  /** What a word is in one with the one before or after it, if that stands anywhere. */
  joined(units, at) {
    const found = []
    for (const [one, other] of [[at - 1, at], [at, at + 1]]) {
      if (one < 0 || other >= units.length) continue
      const both = this.stem(units[one].plain + units[other].plain)
      if (!this.lexicon.stop.has(units[one].typed) && this.vocabulary.frequency(both)) found.push(both)
    }
    return found
  }

  begun({ plain, term }, known) {
    const begun = [...this.vocabulary.near(term)].filter(([other]) => other.startsWith(plain) && other !== term)
    const worth = known ? this.weights.begun : this.weights.prefixed
    return frequentFirst(begun).map((other) => ({ terms: [other], worth, why: "begun" }))
  }

  meant({ plain, term }) {
    const { weights, vocabulary } = this
    const frequency = (other) => vocabulary.frequency(other)
    const found = []
    let prefix = ""
    for (const [first, second] of partsOf(plain, this.lexicon.links, this.stem, frequency)) {
      prefix ||= first
      if (frequency(second)) {
        found.push({ terms: [first, second], worth: weights.split, why: "apart" })
        break
      }
    }
    const near = repairs(plain, term, vocabulary.near(term, true), this.stem, this.lexicon.endings)
    found.push(...near.map((other, at) => ({ terms: [other], worth: weights.repaired * (at ? weights.next_repair : 1), why: "slip" })))
    if (!found.length && prefix.length > COMPOUND) found.push({ terms: [prefix], worth: weights.split * 0.5, why: "apart" })
    return found
  }

  /** The compounds that begin or end with a word, in a language that has them. */
  compounds({ typed, plain, term }) {
    if (!this.lexicon.links.length || plain.length < COMPOUND || this.lexicon.stop.has(typed)) return []
    const either = term.length >= COMPOUND ? [plain, term] : [plain]
    const near = [...this.vocabulary.near(term)].filter(([other]) => other !== term && either.some((one) => other.startsWith(one) || other.endsWith(one)))
    return frequentFirst(near).map((other) => ({ terms: [other], worth: this.weights.compound, why: "compound" }))
  }

  /** Where a phrase with synonyms, or what an acronym stands for, begins: `at` -> `[size, alternatives]`; the longest wins. */
  spans(terms, silent = new Set()) {
    const found = new Map()
    const note = (at, size, own, others) => {
      let [known, noted] = found.get(at) ?? [0, new Map()]
      if (size < known) return
      if (size > known) noted = new Map()
      for (const other of others) {
        const key = other.terms.join(" ")
        if (key && key !== own.join(" ") && !noted.has(key)) noted.set(key, other)
      }
      known = size
      found.set(at, [known, noted])
    }
    terms.forEach((term, at) => {
      for (const [number, phrase, own] of this.synonyms.begun.get(term) ?? []) {
        if (!phrase.every((other, part) => terms[at + part] === other)) continue
        const { phrases, worth, why } = this.synonyms.groups[number]
        note(at, phrase.length, own, phrases.map((other) => ({ terms: other, worth, why })))
      }
      for (const meaning of silent.has(term) ? [] : this.vocabulary.meanings(term).slice(0, MAX_EXPANSIONS)) {
        const [said, acronym] = meaning.split(MEANS)
        const worth = this.weights.expansion
        if (!acronym) {
          note(at, 1, [term], [{ terms: said.split(" "), worth, why: "stands for" }])
          continue
        }
        const rest = said ? said.split(" ") : []
        if (rest.length && rest.every((other, part) => terms[at + 1 + part] === other)) {
          note(at, 1 + rest.length, [term, ...rest], [{ terms: [acronym], worth, why: "acronym" }])
        }
      }
    })
    return new Map([...found].map(([at, [size, noted]]) => [at, [size, [...noted.values()].slice(0, MAX_SYNONYMS)]]))
  }
}

function frequentFirst(near) {
  return near.sort((a, b) => b[1] - a[1] || byText(a[0], b[0])).slice(0, MAX_PREFIXED).map(([other]) => other)
}

/** The terms of two words that follow each other in a title or heading. */
export function pairsOf({ chain }) {
  return chain.slice(1).map((other, at) => `${chain[at]} ${other}`)
}

/** The terms of titles and headings that these words may be, with how many words each has. */
export function wholesOf({ chain }) {
  return chain.flatMap((_, at) => (
    Array.from({ length: Math.min(chain.length - at, MOST_WHOLE) }, (_one, more) => [chain.slice(at, at + more + 1).join(" ") + WHOLE, more + 1])
  ))
}
