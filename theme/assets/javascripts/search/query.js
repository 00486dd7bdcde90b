// Answers a query from the search's files: the same as `generator/deskpress/render/query.py`; a test holds them together.
import { MAX_ALIKE, PREFIX, alike, beginnings, beginningsOf, byText, canBeLost, inner, partsOf } from "./spelling.js"
import { lexiconOf, stemmer } from "./terms.js"
import { COMMON, MAX_LETTERS, MEANS, Understanding, pairsOf, thesaurus, unitsOf, wholesOf } from "./understanding.js"

const LETTERS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
const KINDS = { t: "topic", p: "page", b: "post", n: "notice" }
const ORDER = "tpbn"
const MOST_WRITTEN = 500
const SMALL = 8
const MANY = 3
const ON_TOPIC = "/"
const ENDS = "<"
const FAR = "~"
const PLACES = `${LETTERS}-_`
export const PASSAGES = 6
/** What a document answers of a slot that it lacks. */
const NOTHING = { score: 0, share: 0, terms: [], places: 0 }
const SIGNS = /[ $=<]/

/** The index of a site; `load(path)` gives a file of `search/` as JSON, or throws. Only what a query needs is loaded. */
export class Index {
  constructor(load) {
    this.load = load
    this.files = new Map()
    this.failed = new Set()
  }

  /** What there is; must have been waited for before the first query. */
  async open() {
    const { language, shards, chunk, synonyms, weights } = await this.file("index.json")
    const [stem, lexicon] = await Promise.all([stemmer(language), lexiconOf(language)])
    this.stem = stem
    this.lexicon = lexicon
    this.weights = weights
    this.chunk = chunk
    this.shards = shards.map(([name, size, buckets, kinds, boosts]) => ({ name, size, buckets, kinds, boosts }))
    this.total = this.shards.reduce((sum, { size }) => sum + size, 0)
    this.close = this.shards.filter(({ name }) => this.shards.length <= MANY || name === "help")
    this.synonyms = thesaurus([...synonyms.map((group) => [group, weights.synonym, "same"]), ...lexicon.same.map((group) => [group, weights.common, COMMON])], stem, lexicon.stop)
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
    const loaded = await this.understand(query)
    const hits = this.shards.flatMap((shard, at) => loaded.searchShard(shard, at))
    return hits.sort((a, b) => b.score - a.score || a.order[0] - b.order[0] || a.order[1] - b.order[1] || a.order[2] - b.order[2])
  }

  /** Words of the site that may be meant where a query finds nothing, as they are written there. */
  async suggestions(query) {
    const loaded = await this.understand(query)
    const found = []
    for (const { typed, alternatives: [{ terms: [term, ...more] }] } of loaded.understood.slots) {
      if (more.length || !canBeLost(term) || loaded.frequency(term)) continue
      for (const other of alike(typed, term, loaded.near(term, true), this.stem, this.lexicon.endings)) found.push(...await this.written(other))
    }
    return [...new Set(found)].slice(0, MAX_ALIKE)
  }

  /** A term as the first page that holds it writes it; nothing where results do not show it. */
  async written(term) {
    const [hit] = await this.search(`${term} `)
    if (!hit) return []
    const { title, labels, sections } = await this.shown(hit)
    for (const text of [title, ...labels, ...sections.flatMap(({ heading, text: said }) => [heading, said])]) {
      const unit = unitsOf(text, this.stem, MOST_WRITTEN).find((one) => one.term === term)
      if (unit) return [unit.typed]
    }
    return []
  }

  /** What a query asks for, with the terms that were loaded. */
  async understand(query) {
    const loaded = new Loaded(this)
    const wanted = async (terms, shards = this.shards) => {
      await Promise.all([...new Set(terms)].flatMap((term) => shards.map(async (shard) => {
        loaded.add(shard, await this.bucket(shard, bucketOf(term, shard)))
      })))
      loaded.forget()
    }
    await Promise.all(this.shards.filter(({ buckets }) => buckets <= SMALL).flatMap((shard) => (
      Array.from({ length: shard.buckets }, async (_, at) => loaded.add(shard, await this.bucket(shard, at)))
    )))
    const text = query.slice(0, MAX_LETTERS)
    const understanding = new Understanding(loaded, this)
    const all = unitsOf(text, this.stem)
    const telling = all.filter(({ typed }) => !this.lexicon.stop.has(typed))
    await wanted((telling.length ? telling : all).flatMap(({ term, apart }) => [term, ...apart]))
    const units = understanding.units(text)
    const joining = units.slice(1).filter((_, at) => !this.lexicon.stop.has(units[at].typed))
    await wanted(joining.map((unit) => this.stem(units[units.indexOf(unit) - 1].plain + unit.plain)))
    // A word that stands nowhere: the slip may lie in its first letters, or it is two words in one.
    const lost = (telling.length ? units.filter((unit) => !this.lexicon.stop.has(unit.typed)) : units).filter((unit) => understanding.maybeSlip(unit) && !loaded.frequency(unit.term))
    await wanted(lost.flatMap(({ plain, term }) => [...beginnings(term), ...beginningsOf(plain, this.lexicon.links, this.stem)]))
    await wanted(lost.flatMap(({ plain }) => secondParts(plain, this, loaded)))
    await wanted(lost.flatMap(({ term }) => inner(term).map((letters) => letters + ENDS)), this.close)
    // What was meant by such a word may have synonyms, too.
    for (let round = 0; round <= (lost.length ? 1 : 0); round += 1) {
      const asked = termsOf(understanding.of(query))
      await wanted(asked.common, this.close)
      await wanted(asked.own)
    }
    loaded.understood = understanding.of(query)
    return loaded
  }

  /** Those of the hits that are about a topic, by its key. */
  async onTopic(hits, key) {
    const term = ON_TOPIC + key
    const about = new Map(await Promise.all(this.shards.map(async (shard) => {
      const index = await this.bucket(shard, bucketOf(term, shard))
      return [shard, new Set(Object.hasOwn(index, term) ? [...readPostings(index[term], shard)].map(([number]) => number) : [])]
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

/** What was loaded for a query, and the scores that follow from it. */
class Loaded {
  constructor(index) {
    this.index = index
    this.indexes = new Map(index.shards.map((shard) => [shard, {}]))
    this.understood = { slots: [], chain: [] }
    this.forget()
  }

  add(shard, bucket) {
    Object.assign(this.indexes.get(shard), bucket)
  }

  /** What was worked out from fewer terms. */
  forget() {
    this.frequencies = new Map()
  }

  /** In how many documents a term stands that is looked for; what is `common` not in each shard of many. */
  frequency(term, why = "") {
    const key = why === COMMON ? ` ${term}` : term
    if (!this.frequencies.has(key)) {
      let found = 0
      for (const shard of why === COMMON ? this.index.close : this.index.shards) {
        const index = this.indexes.get(shard)
        if (Object.hasOwn(index, term)) found += timesOf(index[term], shard)
      }
      this.frequencies.set(key, found)
    }
    return this.frequencies.get(key)
  }

  /** Terms that begin as `term` does, and all of small shards, with their frequencies; `wide` is for those with a slip. */
  near(term, wide = false) {
    const counts = new Map()
    const begun = wide ? beginnings(term) : new Set([term.slice(0, PREFIX)])
    const letters = wide ? inner(term) : []
    const more = new Map()
    for (const [shard, index] of this.indexes) {
      const inside = this.index.close.includes(shard) ? letters : []
      for (const [other, postings] of Object.entries(index)) {
        if ((shard.buckets <= SMALL || begun.has(other.slice(0, PREFIX))) && !other.startsWith(ON_TOPIC) && !SIGNS.test(other)) {
          counts.set(other, (counts.get(other) ?? 0) + timesOf(postings, shard))
        }
        for (const each of inside) {
          if (!other.startsWith(each + ENDS)) continue
          const word = other.slice(each.length + 1)
          more.set(word, (more.get(word) ?? 0) + timesOf(postings, shard))
        }
      }
    }
    return new Map([...more, ...counts])
  }

  /** What the documents say that acronyms stand for, behind a term. */
  meanings(term) {
    const found = new Set()
    for (const index of this.indexes.values()) {
      for (const other of Object.keys(index)) if (other.startsWith(term + MEANS)) found.add(other.slice(term.length + 1))
    }
    return [...found].sort(byText)
  }

  /** How much a term tells that stands in few documents; 0 for one that is nowhere. */
  rarity(term, why = "") {
    const frequency = this.frequency(term, why)
    return frequency ? Math.log(1 + (this.index.total - frequency + 0.5) / (frequency + 0.5)) : 0
  }

  /** How much a slot tells: as its own words do, else as the most frequent of what may stand for it. */
  weight({ alternatives, worth }) {
    const [own, ...others] = alternatives.map(({ terms, why }) => terms.map((term) => this.rarity(term, why)))
    const known = others.map((rarities) => Math.min(...rarities)).filter(Boolean)
    return worth * (total(own) || (known.length ? Math.min(...known) : 0))
  }

  searchShard(shard, at) {
    const { slots } = this.understood
    const answered = new Map()
    slots.forEach((slot, place) => {
      for (const [number, part] of this.scoreSlot(slot, shard)) {
        if (!answered.has(number)) answered.set(number, slots.map(() => NOTHING))
        answered.get(number)[place] = part
      }
    })
    const weights = slots.map((slot) => {
      const weight = this.weight(slot)
      return [weight, weight ? slot.worth : 0]
    })
    const [pairs, wholes] = [this.pairs(shard), this.wholes(shard)]
    const worth = this.index.weights
    return [...answered].map(([number, parts]) => {
      const kind = shard.kinds ? shard.kinds[number] : "b"
      const { passage, near } = nearest(parts)
      const added = total(parts.map(({ score }) => score)) + (pairs.get(number) ?? 0) + (wholes.get(number) ?? 0) + worth.passage * near
      const covered = coverage(weights, parts, 0, worth.complete) * coverage(weights, parts, 1, worth.spread)
      const score = added * covered * (worth[KINDS[kind]] * (shard.boosts[number] ?? 1))
      const order = [ORDER.indexOf(kind), at, kind === "b" ? -number : number]
      return { shard, number, kind, score: Math.round(score * 1e4) / 1e4, order, terms: new Set(parts.flatMap(({ terms }) => terms)), passage }
    })
  }

  /** What each document answers of a slot by its best alternative: the score, the share of the slot, its terms, the passages as bits. */
  scoreSlot({ alternatives, worth: much }, shard) {
    const best = new Map()
    const index = this.indexes.get(shard)
    const close = this.index.close.includes(shard)
    const own = alternatives[0].terms
    const rarities = own.map((term) => this.rarity(term))
    const [most, full] = [Math.max(...rarities), total(rarities)]
    alternatives.forEach(({ terms, worth, why, share = 1 }, place) => {
      if (why === COMMON && !close) return
      const sums = new Map()
      const told = new Map()
      const held = new Map()
      const places = new Map()
      for (const term of terms) {
        const rare = this.rarity(term, why)
        if (!rare || !Object.hasOwn(index, term)) continue
        const limited = place && most ? Math.min(rare, most) : rare
        for (const [number, weight, passages] of readPostings(index[term], shard)) {
          sums.set(number, (sums.get(number) ?? 0) + limited * weight)
          told.set(number, (told.get(number) ?? 0) + rare)
          places.set(number, (places.get(number) ?? -1) & passages)
          if (!held.has(number)) held.set(number, [])
          held.get(number).push(term)
        }
      }
      for (const [number, summed] of sums) {
        if (place && held.get(number).length < terms.length) continue
        const part = place ? share : told.get(number) / full
        const score = much * worth * (place ? (summed / terms.length) * own.length : summed * part)
        if (score > (best.get(number) ?? NOTHING).score) best.set(number, { score, share: part, terms: held.get(number), places: places.get(number) })
      }
    })
    return best
  }

  /** What is added for words that follow each other in a title or heading, by the numbers of documents. */
  pairs(shard) {
    return this.added(pairsOf(this.understood).map((pair) => [pair, this.index.weights.phrase]), shard)
  }

  /** What is added where words are a whole title or heading, by the numbers of documents. */
  wholes(shard) {
    const size = this.understood.chain.length
    return this.added(wholesOf(this.understood).map(([term, number]) => [term, this.index.weights.whole * (number / size) ** 2]), shard)
  }

  added(worths, shard) {
    const added = new Map()
    const index = this.indexes.get(shard)
    const close = this.index.close.includes(shard)
    for (const [term, worth] of worths) {
      const why = isShort(term) ? COMMON : ""
      if ((why && !close) || !Object.hasOwn(index, term)) continue
      const rare = this.rarity(term, why)
      for (const [number, weight] of readPostings(index[term], shard)) added.set(number, (added.get(number) ?? 0) + worth * rare * weight)
    }
    return added
  }
}

/** Whether the first of several words is short: then they lie in another bucket than that word. */
function isShort(term) {
  return !/^[\p{L}\p{N}]{3}/u.test(term)
}

/** The second words of what may be two words in one, where the first one stands somewhere. */
function secondParts(plain, { lexicon, stem }, loaded) {
  return [...partsOf(plain, lexicon.links, stem, (term) => loaded.frequency(term))].map(([, second]) => second)
}

/** All terms that a score is made of; those that are `common` apart. */
function termsOf(understood) {
  const alternatives = understood.slots.flatMap((slot) => slot.alternatives)
  const terms = (some) => some.flatMap((one) => one.terms)
  const common = alternatives.filter(({ why }) => why === COMMON)
  const own = alternatives.filter(({ why }) => why !== COMMON)
  const several = [...pairsOf(understood), ...wholesOf(understood).map(([term]) => term)]
  return {
    common: [...terms(common), ...several.filter(isShort)],
    own: [...terms(own), ...several.filter((term) => !isShort(term))],
  }
}

function total(numbers) {
  return numbers.reduce((sum, number) => sum + number, 0)
}

function bucketOf(term, shard) {
  return crc32(term.slice(0, PREFIX)) % shard.buckets
}

/** The letters of a posting besides the distance: the weight, and in a shard of help the passages. */
function lettersOf({ kinds }) {
  return kinds ? 2 : 1
}

/** In how many documents a term is, by its postings as text. */
function timesOf(postings, shard) {
  const size = 1 + lettersOf(shard)
  let times = 0
  for (let at = 0; at < postings.length; times += 1) {
    at += postings[at] !== FAR ? size : postings[at + 1] === FAR ? size + 4 : size + 2
  }
  return times
}

function* readPostings(text, shard) {
  const placed = lettersOf(shard) > 1
  let number = -1
  let at = 0
  while (at < text.length) {
    let distance
    if (text[at] === FAR && text[at + 1] === FAR) {
      distance = LETTERS.indexOf(text[at + 2]) * LETTERS.length + LETTERS.indexOf(text[at + 3])
      distance = distance * LETTERS.length + LETTERS.indexOf(text[at + 4])
      at += 5
    } else if (text[at] === FAR) {
      distance = LETTERS.indexOf(text[at + 1]) * LETTERS.length + LETTERS.indexOf(text[at + 2])
      at += 3
    } else {
      distance = LETTERS.indexOf(text[at])
      at += 1
    }
    number += distance + 1
    yield [number, LETTERS.indexOf(text[at]), placed ? PLACES.indexOf(text[at + 1]) : 0]
    at += placed ? 2 : 1
  }
}

/** What a score is multiplied with as a document answers only a part: of what the slots tell (0), or of their number (1). */
function coverage(weights, parts, at, power) {
  const whole = total(weights.map((weight) => weight[at]))
  return whole ? (total(weights.map((weight, place) => weight[at] * parts[place].share)) / whole) ** power : 1
}

/** The passage that answers most of a query, -1 for none, and by how much more than one of its words does. */
function nearest(parts) {
  let passage = -1
  let most = 0
  const scores = (number) => parts.filter(({ places }) => (places >> number) & 1).map(({ score }) => score)
  for (let number = 0; number < PASSAGES; number += 1) {
    const summed = total(scores(number))
    if (summed > most) [passage, most] = [number, summed]
  }
  return { passage, near: passage < 0 ? 0 : most - Math.max(...scores(passage)) }
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
