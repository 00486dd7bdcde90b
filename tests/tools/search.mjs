// The search as a browser runs it, from the files of a built site.
import { readFile } from "node:fs/promises"
import { Index } from "../../theme/assets/javascripts/search/query.js"
import { spellings, stemmer, words } from "../../theme/assets/javascripts/search/terms.js"

const open = new Map()

async function opened(site) {
  if (!open.has(site)) {
    open.set(site, await new Index(async (path) => JSON.parse(await readFile(`${site}/search/${path}`, "utf8"))).open())
  }
  return open.get(site)
}

export async function suggestions(site, query) {
  return (await opened(site)).suggestions(query)
}

export async function find(site, query) {
  const index = await opened(site)
  const hits = await index.search(query)
  return Promise.all(hits.map(async (hit) => [(await index.shown(hit)).href, hit.score, hit.passage]))
}

export async function cut(text) {
  const stem = await stemmer("en")
  return words(text).map((word) => spellings(word, stem))
}

export async function stems(language, some) {
  return some.map(await stemmer(language))
}
