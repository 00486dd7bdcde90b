// Who asks for help says where they were stuck: mails, forms and the page of contacts are told the page and what was sought.
// What was sought is kept until the tab is closed, and sent nowhere but in what the reader sends.
import { ready, say } from "./words.js"

const KEY = "dp:sought"

/** Remember what was sought when a result is opened. */
export function remember(query) {
  try {
    sessionStorage.setItem(KEY, query.slice(0, 200))
  } catch {
    // A browser may keep nothing.
  }
}

function sought() {
  try {
    return sessionStorage.getItem(KEY) ?? ""
  } catch {
    return ""
  }
}

/** Give the link to a human what it needs to know. */
export async function lead(link) {
  const query = sought()
  const address = new URL(link.href)
  if (address.origin === location.origin) {
    address.searchParams.set("from", location.pathname)
    if (query) address.searchParams.set("sought", query)
    link.href = address.href
  } else if (query && /[?&]body=/.test(link.href)) {
    await ready
    link.href = link.href.replace(/([?&]body=[^&]*)/, `$1${encodeURIComponent(`\n${say("Searched for: %(query)s", { query })}`)}`)
  }
}

/** On the page of contacts: addresses of mails begin with the page that led here. */
export async function receive(links) {
  const given = new URLSearchParams(location.search)
  // A path of this site, and nothing else: the address can be anybody's, and parsers drop what is between two slashes.
  const from = given.has("from") && parsed(given.get("from"))
  if (!from || from.origin !== location.origin) return
  await ready
  const query = (given.get("sought") ?? "").slice(0, 200)
  const text = [from.href, query && say("Searched for: %(query)s", { query })].filter(Boolean).join("\n")
  for (const link of links) {
    if (/[?&]body=/.test(link.href)) continue
    link.href += `${link.href.includes("?") ? "&" : "?"}body=${encodeURIComponent(text)}`
  }
}

function parsed(address) {
  try {
    return new URL(address, location.origin)
  } catch {
    return null
  }
}
