// Where a name ends and another begins: hosts, addresses and links against a site's trusted ones.

const PLAIN_HOST = /^[\p{L}\p{N}\p{M}_-]+(?:\.[\p{L}\p{N}\p{M}_-]+)*$/u
const SCHEME = /^[a-z][a-z0-9+.-]*:/i

/** A host as browsers write it (WHATWG URL): lower case, ASCII. Empty if `name` is none. */
export function asciiHost(name) {
  if (!PLAIN_HOST.test(name)) return ""
  try {
    return new URL(`https://${name}/`).hostname
  } catch {
    return ""
  }
}

/** The names a site trusts, ready for comparison. Raises `RangeError` for what is no domain. */
export class Trusted {
  constructor({ senders = [], sites = [] } = {}) {
    if (!Array.isArray(senders) || !Array.isArray(sites)) throw new RangeError("senders and sites are lists of domains")
    this.senders = new Set(senders.flatMap((name) => [domain(name, "@"), String(name).replace(/^@/, "").toLowerCase()]))
    this.sites = sites.map((name) => domain(name, "."))
  }

  /** Whether an address's domain is exactly a trusted sender's. Mail knows no trailing dot, no percent signs. */
  isSender(name) {
    return this.senders.has(name.toLowerCase())
  }

  /** Whether a domain is a trusted sender's or lies under one: so return paths do. */
  isUnderSender(name) {
    const host = name.toLowerCase()
    return [...this.senders].some((sender) => isUnder(host, sender))
  }

  /** Whether a host, as browsers write it, is a trusted site or lies under one. */
  isSite(host) {
    // "amazon.com." is the same host, said in full.
    const name = host.replace(/\.$/, "")
    return this.sites.some((site) => isUnder(name, site))
  }
}

/** Whether a host is `name` or lies under it: `www.amazon.com` does, `evilamazon.com` does not. */
function isUnder(host, name) {
  return host === name || host.endsWith(`.${name}`)
}

function domain(name, lead) {
  const host = typeof name === "string" ? asciiHost(name.startsWith(lead) ? name.slice(1) : name) : ""
  if (!host) throw new RangeError(`no domain is called "${name}"`)
  return host
}

/**
 * A link as browsers read it.
 *
 * @returns {{kind: "web"|"mail"|"relative"|"unreadable"|"scheme", url: URL|null, userInfo: boolean}}
 */
export function readLink(href) {
  // Browsers ignore these; so does whoever hides a scheme behind them.
  const text = href.replace(/[\t\n\r]/g, "").replace(/^[\0- ]+|[\0- ]+$/g, "")
  if (!SCHEME.test(text)) return { kind: "relative", url: null, userInfo: false }
  let url
  try {
    url = new URL(text)
  } catch {
    return { kind: "unreadable", url: null, userInfo: false }
  }
  if (url.protocol === "mailto:") return { kind: "mail", url, userInfo: false }
  if (url.protocol !== "http:" && url.protocol !== "https:") return { kind: "scheme", url, userInfo: false }
  if (!url.hostname) return { kind: "unreadable", url: null, userInfo: false }
  // An empty name before the "@" is gone from `url`, but the reader sees it.
  const authority = /^[a-z]+:[/\\]*([^/\\?#]*)/i.exec(text)[1]
  return { kind: "web", url, userInfo: authority.includes("@") }
}

/** Every address that a `mailto:` link writes to (RFC 6068); null where it cannot be read. */
export function mailtoAddresses(url) {
  try {
    const fields = [...url.searchParams].filter(([name]) => ["to", "cc", "bcc"].includes(name.toLowerCase()))
    return [decodeURIComponent(url.pathname), ...fields.map(([, value]) => value)].filter((part) => part.trim())
  } catch {
    return null
  }
}
