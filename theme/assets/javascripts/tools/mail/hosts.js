// Where a name ends and another begins: hosts, addresses and links against a site's trusted ones.
import KINDS from "./kinds.js"
import { fromPunycode, skeleton } from "./letters.js"

const PLAIN_HOST = /^[\p{L}\p{N}\p{M}_-]+(?:\.[\p{L}\p{N}\p{M}_-]+)*$/u
const SCHEME = /^[a-z][a-z0-9+.-]*:/i
const MANY = 6

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
  /** `senders` are domains of addresses, exactly, or `*.name` with all sub-domains; `sites` are hosts and what lies under them. */
  constructor({ senders = [], sites = [] } = {}) {
    if (!Array.isArray(senders) || !Array.isArray(sites)) throw new RangeError("senders and sites are lists of domains")
    this.senders = new Set(senders.flatMap((name) => [domain(name, "@"), String(name).replace(/^(?:@|\*\.)/, "").toLowerCase()]))
    this.whole = senders.filter((name) => String(name).startsWith("*.")).map((name) => domain(name, "@"))
    this.sites = sites.map((name) => domain(name, "."))
    this.names = [...new Set([...this.senders, ...this.sites].map((name) => asciiHost(name)).filter(Boolean))]
  }

  /** Whether an address's domain is a trusted sender's. Mail knows no trailing dot, no percent signs. */
  isSender(name) {
    const host = name.toLowerCase()
    return this.senders.has(host) || this.whole.some((sender) => isUnder(host, sender))
  }

  /** Whether a domain is a trusted sender's or lies under one. */
  isUnderSender(name) {
    const host = name.toLowerCase()
    return [...this.senders].some((sender) => isUnder(host, sender))
  }

  /** Whether two domains belong to one trusted sender, or one lies under the other: so SPF and DKIM align (RFC 7489 §3.1). */
  areAligned(one, other) {
    const [a, b] = [one.toLowerCase(), other.toLowerCase()]
    return isUnder(a, b) || isUnder(b, a) || [...this.senders].some((sender) => isUnder(a, sender) && isUnder(b, sender))
  }

  /** Whether a host, as browsers write it, is a trusted site or lies under one. */
  isSite(host) {
    // "amazon.com." is the same host, said in full.
    const name = host.replace(/\.$/, "")
    return this.sites.some((site) => isUnder(name, site))
  }

  /** Whether a host that is not trusted is made to be taken for one that is: its name before another's, letters that look like its letters, one off. */
  isLookAlike(host) {
    const name = host.replace(/\.$/, "")
    const written = name.split(".").map(fromPunycode)
    return this.names.some((trusted) => {
      if (isUnder(name, trusted)) return false
      // "amazon.com.br" is registered under a country's own "com.br".
      if (new RegExp(`(?:^|[.-])${trusted.replace(/[.]/g, "\\.")}(?!\\.[a-z]{2}$)[.-]`).test(name)) return true
      const main = mainLabel(trusted)
      return main.length > 3 && written.some((label) => label.split("-").some((part) => part !== main && skeleton(part) === skeleton(main)) || (main.length >= MANY && label !== main && isOneOff(label, main)))
    })
  }
}

/** The label that is the name itself: "amazon" of "mail.amazon.co.uk". */
function mainLabel(name) {
  const labels = name.split(".")
  const suffix = labels.length > 2 && /^(?:co|com|org|net|gov|ac|edu)$/.test(labels.at(-2)) && labels.at(-1).length === 2 ? 2 : 1
  return labels.at(-1 - suffix) ?? ""
}

/** Whether a name's label mixes letters of Latin and of another script that looks like it. */
export function mixesScripts(host) {
  return host.split(".").map(fromPunycode).some((label) => /\p{Script=Latin}/u.test(label) && /\p{Script=Cyrillic}|\p{Script=Greek}|\p{Script=Armenian}|\p{Script=Cherokee}/u.test(label))
}

/** Whether one letter is missing, doubled, other or changed places. */
function isOneOff(one, other) {
  if (Math.abs(one.length - other.length) > 1 || one === other) return false
  let at = 0
  while (at < one.length && one[at] === other[at]) at += 1
  const [a, b] = [one.slice(at), other.slice(at)]
  return a.slice(1) === b.slice(1) || a.slice(1) === b || a === b.slice(1) || (a[0] === b[1] && a[1] === b[0] && a.slice(2) === b.slice(2))
}

/** What a host outside the list is for: "social", "app-store", "click-counter"; "" if that is not known. */
export function kindOf(host) {
  const name = host.replace(/\.$/, "")
  return Object.keys(KINDS).find((kind) => KINDS[kind].hosts.some((one) => isUnder(name, one))) ?? ""
}

/** Whether a host is a number: an address of the internet, not a name. */
export function isBareAddress(host) {
  return host.startsWith("[") || /^\d+(?:\.\d+){3}$/.test(host)
}

/** Whether a host is `name` or lies under it: `www.amazon.com` does, `evilamazon.com` does not. */
export function isUnder(host, name) {
  return host === name || host.endsWith(`.${name}`)
}

function domain(name, lead) {
  const text = typeof name === "string" && name.startsWith("*.") && lead === "@" ? name.slice(2) : name
  const host = typeof text === "string" ? asciiHost(text.startsWith(lead) ? text.slice(1) : text) : ""
  if (!host) throw new RangeError(`no domain is called "${name}"`)
  return host
}

/**
 * A link as browsers read it: "here" leads to a place in the mail itself, "plain" is a telephone number or the like.
 *
 * @returns {{kind: "web"|"mail"|"here"|"plain"|"relative"|"unreadable"|"scheme", url: URL|null, userInfo: boolean}}
 */
export function readLink(href) {
  // Browsers ignore these; so does whoever hides a scheme behind them.
  const text = href.replace(/[\t\n\r]/g, "").replace(/^[\0- ]+|[\0- ]+$/g, "")
  if (!text || text.startsWith("#")) return { kind: "here", url: null, userInfo: false }
  // Mail programs ask for it as they ask for any page.
  const whole = /^[\\/]{2}/.test(text) ? `https:${text}` : text
  if (!SCHEME.test(whole)) return { kind: "relative", url: null, userInfo: false }
  let url
  try {
    url = new URL(whole)
  } catch {
    return { kind: "unreadable", url: null, userInfo: false }
  }
  if (url.protocol === "mailto:") return { kind: "mail", url, userInfo: false }
  if (["tel:", "sms:", "cid:", "callto:", "mid:", "geo:"].includes(url.protocol)) return { kind: "plain", url, userInfo: false }
  if (url.protocol !== "http:" && url.protocol !== "https:") return { kind: "scheme", url, userInfo: false }
  if (!url.hostname) return { kind: "unreadable", url: null, userInfo: false }
  // An empty name before the "@" is gone from `url`, but the reader sees it.
  const authority = /^[a-z]+:[/\\]*([^/\\?#]*)/i.exec(whole)[1]
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
