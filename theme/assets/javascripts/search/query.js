// Answers a query from the search's files: the same as `generator/deskpress/render/query.py`; a test holds them together.
import { STOP_WORDS, WEAK_WORDS, spellings, stemmer, words } from "./terms.js"

const LETTERS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
const PREFIX = 3
const MAX_LETTERS = 200
const MAX_SLOTS = 12
const SYNONYM = 0.8
const PREFIXED = 0.7
const REPAIRED = 0.6
const BEGUN = 0.15
const WEAK = 0.4
const PHRASE = 0.5
const KINDS = { t: 2, p: 1, b: 1, n: 0.8 }
const ORDER = "tpbn"
const COMPLETE = 0.5
const MAX_PREFIXED = 20
const MAX_SYNONYMS = 100
const SMALL = 8
const ON_TOPIC = "/"

/** The index of a site; `load(path)` gives a file of `search/` as JSON, or throws. Only what a query needs is loaded. */
export class Index {
  constructor(load) {
    this.load = load
    this.files = new Map()
    this.failed = new Set()
  }

  /** What there is; must have been waited for before the first query. */
  async open() {
    const { language, shards, chunk, synonyms } = await this.file("index.json")
    this.stem = await stemmer(language)
    this.chunk = chunk
    this.shards = shards.map(([name, size, buckets, kinds, boosts]) => ({ name, size, buckets, kinds, boosts }))
    this.total = this.shards.reduce((sum, { size }) => sum + size, 0)
    this.synonyms = thesaurus(synonyms.map((group) => group.map((phrase) => phraseTerms(phrase, this.stem))))
    return this
  }

  async file(path) {
    if (!this.files.has(path)) this.files.set(path, this.load(path))
    try {
      return await this.files.get(path)
    } catch (error) {
      // Another attempt may succeed.
      this.files.delete(path)
      throw error
    }
  }

  /** A bucket of a shard; what cannot be loaded is left out, and noted. */
  async bucket(shard, number) {
    try {
      return await this.file(`${shard.name}/t${number}.json`)
    } catch {
      this.failed.add(shard.name)
      return {}
    }
  }

  /** The documents that answer a query, best first: `{shard, number, kind, score, terms}`. */
  async search(query) {
    const { slots, indexes } = await this.understand(query)
    const weights = slots.map((slot) => this.weight(slot, indexes))
    const hits = this.shards.flatMap((shard, at) => this.searchShard(shard, at, slots, weights, indexes))
    return hits.sort((a, b) => b.score - a.score || a.order[0] - b.order[0] || a.order[1] - b.order[1] || a.order[2] - b.order[2])
  }

  /** What a query asks for, with the terms that were loaded, by shard. */
  async understand(query) {
    const indexes = new Map(this.shards.map((shard) => [shard, {}]))
    const wanted = (terms) => Promise.all([...new Set(terms)].flatMap((term) => this.shards.map(async (shard) => {
      Object.assign(indexes.get(shard), await this.bucket(shard, bucketOf(term, shard)))
    })))
    await Promise.all(this.shards.filter(({ buckets }) => buckets <= SMALL).flatMap((shard) => (
      Array.from({ length: shard.buckets }, async (_, at) => Object.assign(indexes.get(shard), await this.bucket(shard, at)))
    )))
    const text = query.slice(0, MAX_LETTERS)
    const typed = words(text).filter((word) => spellings(word, this.stem).length).slice(0, 4 * MAX_SLOTS)
    const joined = typed.slice(1).flatMap((word, at) => spellings(typed[at] + word, this.stem)[0]?.[0] ?? [])
    await wanted([...typed.flatMap((word) => spellings(word, this.stem).flat()), ...joined])
    const frequency = (term) => this.frequency(term, indexes)
    const vocabulary = (term) => this.vocabulary(term, indexes)
    // A word that stands nowhere, and begins none: the slip may lie in its first letters.
    const lost = typed.flatMap((word, at) => {
      const term = spellings(word, this.stem)[0][0]
      const last = at === typed.length - 1 && !text.endsWith(" ")
      const begun = last && [...vocabulary(term).keys()].some((other) => other.startsWith(plainly(word)) && other !== term)
      return isLost(term, frequency) && !begun ? beginnings(term) : []
    })
    await wanted(lost)
    const slots = makeSlots(query, this.synonyms, this.stem, frequency, vocabulary)
    await wanted([...slots.flatMap(({ alternatives }) => alternatives.flatMap(({ terms }) => terms)), ...pairsOf(slots)])
    return { slots, indexes }
  }

  frequency(term, indexes) {
    let found = 0
    for (const index of indexes.values()) if (Object.hasOwn(index, term)) found += index[term].length - 2 * count(index[term], "~") >> 1
    return found
  }

  vocabulary(term, indexes) {
    const counts = new Map()
    const begun = new Set(beginnings(term))
    for (const [{ buckets }, index] of indexes) {
      for (const [other, postings] of Object.entries(index)) {
        if ((buckets <= SMALL || begun.has(other.slice(0, PREFIX))) && !other.startsWith(ON_TOPIC) && !other.includes(" ")) {
          counts.set(other, (counts.get(other) ?? 0) + (postings.length - 2 * count(postings, "~") >> 1))
        }
      }
    }
    return counts
  }

  searchShard(shard, at, slots, weights, indexes) {
    const scores = new Map()
    const found = new Map()
    slots.forEach((slot, place) => {
      for (const [number, [score, terms]] of this.scoreSlot(slot, indexes.get(shard), indexes)) {
        if (!scores.has(number)) {
          scores.set(number, new Array(slots.length).fill(0))
          found.set(number, new Set())
        }
        scores.get(number)[place] = score
        terms.forEach((term) => found.get(number).add(term))
      }
    })
    const whole = total(weights)
    const together = this.together(slots, indexes.get(shard), indexes)
    return [...scores].map(([number, parts]) => {
      const kind = shard.kinds ? shard.kinds[number] : "b"
      const answered = total(weights.filter((_, place) => parts[place]))
      const covered = whole ? (answered / whole) ** COMPLETE : 1
      const score = (total(parts) + (together.get(number) ?? 0)) * covered * (KINDS[kind] * (shard.boosts[number] ?? 1))
      const order = [ORDER.indexOf(kind), at, kind === "b" ? -number : number]
      return { shard, number, kind, score: Math.round(score * 1e4) / 1e4, order, terms: found.get(number) }
    })
  }

  /** How much a term tells that stands in few documents; 0 for one that is nowhere. */
  rarity(term, indexes) {
    const frequency = this.frequency(term, indexes)
    return frequency ? Math.log(1 + (this.total - frequency + 0.5) / (frequency + 0.5)) : 0
  }

  /** How much a slot tells: as its own words do, else as the most frequent of what may stand for it. */
  weight({ alternatives, worth }, indexes) {
    const [own, ...others] = alternatives.map(({ terms }) => Math.min(...terms.map((term) => this.rarity(term, indexes))))
    const known = others.filter(Boolean)
    return worth * (own || (known.length ? Math.min(...known) : 0))
  }

  /** What is added for words that follow each other, by the numbers of documents. */
  together(slots, index, indexes) {
    const added = new Map()
    for (const pair of pairsOf(slots)) {
      if (!Object.hasOwn(index, pair)) continue
      const rarity = this.rarity(pair, indexes)
      for (const [number, weight] of readPostings(index[pair])) added.set(number, (added.get(number) ?? 0) + PHRASE * rarity * weight)
    }
    return added
  }

  scoreSlot({ alternatives, worth: much }, index, indexes) {
    const best = new Map()
    for (const { terms, worth } of alternatives) {
      const sums = new Map()
      const held = new Map()
      for (const term of terms) {
        if (!Object.hasOwn(index, term)) continue
        const rarity = this.rarity(term, indexes)
        for (const [number, weight] of readPostings(index[term])) {
          sums.set(number, (sums.get(number) ?? 0) + rarity * weight)
          if (!held.has(number)) held.set(number, [])
          held.get(number).push(term)
        }
      }
      for (const [number, summed] of sums) {
        const score = (much * worth * summed) / terms.length * (held.get(number).length / terms.length)
        if (score > (best.get(number)?.[0] ?? 0)) best.set(number, [score, held.get(number)])
      }
    }
    return best
  }

  /** Those of the hits that are about a topic, by its key. */
  async onTopic(hits, key) {
    const term = ON_TOPIC + key
    const about = new Map(await Promise.all(this.shards.map(async (shard) => {
      const index = await this.bucket(shard, bucketOf(term, shard))
      return [shard, new Set(Object.hasOwn(index, term) ? [...readPostings(index[term])].map(([number]) => number) : [])]
    })))
    return hits.filter(({ shard, number }) => about.get(shard).has(number))
  }

  /** What results show of a hit: `{href, title, kind, day, labels, sections}`. */
  async shown({ shard, number }) {
    const documents = await this.file(`${shard.name}/d${Math.floor(number / this.chunk)}.json`)
    const [href, title, kind, day, labels, sections] = documents[number % this.chunk]
    return { href, title, kind, day, labels, sections: sections.map(([id, heading, text]) => ({ id, heading, text })) }
  }
}

function total(numbers) {
  return numbers.reduce((sum, number) => sum + number, 0)
}

/** The words of neighbouring slots, two by two. */
function pairsOf(slots) {
  return slots.slice(1).map(({ alternatives }, at) => `${slots[at].alternatives[0].terms.at(-1)} ${alternatives[0].terms[0]}`)
}

function bucketOf(term, shard) {
  return crc32(term.slice(0, PREFIX)) % shard.buckets
}

function count(text, letter) {
  let found = 0
  for (const each of text) if (each === letter) found += 1
  return found
}

function* readPostings(text) {
  let number = -1
  let at = 0
  while (at < text.length) {
    let distance
    if (text[at] === "~") {
      distance = LETTERS.indexOf(text[at + 1]) * LETTERS.length + LETTERS.indexOf(text[at + 2])
      at += 3
    } else {
      distance = LETTERS.indexOf(text[at])
      at += 1
    }
    number += distance + 1
    yield [number, LETTERS.indexOf(text[at])]
    at += 1
  }
}

const TABLE = Uint32Array.from({ length: 256 }, (_, byte) => {
  let value = byte
  for (let bit = 0; bit < 8; bit += 1) value = value & 1 ? 0xedb88320 ^ (value >>> 1) : value >>> 1
  return value
})

function crc32(text) {
  let value = 0xffffffff
  for (const byte of new TextEncoder().encode(text)) value = TABLE[(value ^ byte) & 0xff] ^ (value >>> 8)
  return (value ^ 0xffffffff) >>> 0
}

function phraseTerms(phrase, stem) {
  return words(phrase).flatMap((word) => spellings(word, stem)[0]?.slice(0, 1) ?? [])
}

/** What a query asks for: slots `{alternatives, worth}` of alternatives `{terms, worth}`. */
export function makeSlots(query, synonyms, stem, frequency, vocabulary) {
  const text = query.slice(0, MAX_LETTERS)
  const typed = words(text).filter((word) => spellings(word, stem).length)
  const terms = typed.map((word) => spellings(word, stem)[0][0])
  const spans = phrases(terms, synonyms)
  const telling = typed.map((_, at) => at).filter((at) => !STOP_WORDS.has(typed[at]) || spans.has(at))
  const kept = new Set(telling.length ? telling : typed.keys())
  const joined = joinedWords(typed, stem, frequency)
  const slots = []
  let at = 0
  while (at < typed.length && slots.length < MAX_SLOTS) {
    if (!kept.has(at)) {
      at += 1
      continue
    }
    const [length, groups] = spans.get(at) ?? [1, []]
    const own = terms.slice(at, at + length)
    const slot = [{ terms: own, worth: 1 }]
    if (length === 1) {
      slot.push(...spellings(typed[at], stem).slice(1).map((other) => ({ terms: other, worth: 1 })))
      const last = at === typed.length - 1 && !text.endsWith(" ")
      slot.push(...joined.slice(at, at + 2).filter(Boolean).map((both) => ({ terms: [both], worth: 1 })))
      slot.push(...guesses(typed[at], own[0], frequency, vocabulary, last))
    }
    const others = groups.flatMap((group) => synonyms.groups[group].filter((other) => other.join(" ") !== own.join(" ")))
    slot.push(...others.slice(0, MAX_SYNONYMS).map((other) => ({ terms: other, worth: SYNONYM })))
    const weak = length === 1 && WEAK_WORDS.has(typed[at]) && !spans.has(at)
    slots.push({ alternatives: slot, worth: weak ? WEAK : 1 })
    at += length
  }
  return slots
}

/** What the word before each and the word itself are in one, if that stands anywhere; one more at the end. */
function joinedWords(typed, stem, frequency) {
  const found = typed.map((word, at) => {
    const both = at ? spellings(typed[at - 1] + word, stem)[0]?.[0] : ""
    // `in forms` are no `informs`.
    return both && !STOP_WORDS.has(typed[at - 1]) && frequency(both) ? both : ""
  })
  return [...found, ""]
}

/** Groups of phrases that mean the same; `begun` tells by the first term which phrase of which group begins so. */
function thesaurus(groups) {
  const begun = new Map()
  groups.forEach((group, number) => {
    for (const phrase of group.filter(({ length }) => length)) {
      if (!begun.has(phrase[0])) begun.set(phrase[0], [])
      begun.get(phrase[0]).push([number, phrase])
    }
  })
  return { groups, begun }
}

function phrases(terms, { begun }) {
  const found = new Map()
  terms.forEach((first, at) => {
    for (const [number, phrase] of begun.get(first) ?? []) {
      if (!phrase.every((term, part) => terms[at + part] === term)) continue
      const size = phrase.length
      const known = found.get(at) ?? [0, []]
      if (size > known[0]) found.set(at, [size, [number]])
      else if (size === known[0] && !known[1].includes(number)) known[1].push(number)
    }
  })
  return found
}

function byText(a, b) {
  const [one, two] = [Array.from(a, (c) => c.codePointAt(0)), Array.from(b, (c) => c.codePointAt(0))]
  for (let at = 0; at < Math.min(one.length, two.length); at += 1) if (one[at] !== two[at]) return one[at] - two[at]
  return one.length - two.length
}

function plainly(word) {
  return word.replace(/['’-]/g, "")
}

function isLost(term, frequency) {
  return term.length >= 4 && !frequency(term)
}

/** How words begin that may be meant: as `term` does, or as it would without one slip in its first letters. */
function beginnings(term) {
  const found = [term]
  for (let at = 0; at < Math.min(PREFIX, term.length - 1); at += 1) {
    found.push(term.slice(0, at) + term[at + 1] + term[at] + term.slice(at + 2), term.slice(0, at) + term.slice(at + 1))
  }
  return found.map((other) => other.slice(0, PREFIX))
}

function guesses(word, term, frequency, vocabulary, last) {
  const plain = plainly(word)
  const found = []
  if (last && plain.length >= PREFIX) {
    const begun = [...vocabulary(term)].filter(([other]) => other.startsWith(plain) && other !== term)
    begun.sort((a, b) => b[1] - a[1] || byText(a[0], b[0]))
    const worth = frequency(term) ? BEGUN : PREFIXED
    found.push(...begun.slice(0, MAX_PREFIXED).map(([other]) => ({ terms: [other], worth })))
  }
  if (!found.length && isLost(term, frequency) && /^\p{L}+$/u.test(term)) {
    const allowed = term.length < 8 ? 1 : 2
    const near = []
    for (const [other, times] of vocabulary(term)) {
      if (Math.abs(other.length - term.length) > allowed) continue
      const distance = edits(term, other, allowed)
      if (distance <= allowed) near.push([distance, times, other])
    }
    near.sort((a, b) => a[0] - b[0] || b[1] - a[1] || byText(a[2], b[2]))
    found.push(...near.slice(0, 4).filter(([distance]) => distance === near[0][0]).map(([, , other]) => ({ terms: [other], worth: REPAIRED })))
  }
  return found
}

function edits(one, other, allowed) {
  let before = []
  let row = Array.from({ length: other.length + 1 }, (_, at) => at)
  for (let i = 1; i <= one.length; i += 1) {
    const next = [i]
    for (let j = 1; j <= other.length; j += 1) {
      let cost = Math.min(row[j] + 1, next[j - 1] + 1, row[j - 1] + (one[i - 1] === other[j - 1] ? 0 : 1))
      if (i > 1 && j > 1 && one[i - 1] === other[j - 2] && one[i - 2] === other[j - 1]) cost = Math.min(cost, before[j - 2] + 1)
      next.push(cost)
    }
    if (Math.min(...next) > allowed) return allowed + 1
    before = row
    row = next
  }
  return row.at(-1)
}
