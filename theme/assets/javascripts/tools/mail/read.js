// What stands in a mail: headers as they are, text, links. Nothing is fetched, rendered or run.
import { PostalMime, Tokenizer, TokenizerMode, addresses, decodeWords, parseHost } from "../vendor/mail.js"

const MAX_DEPTH = 50
const MAX_ADDRESSES = 20_000
const WEB_TEXT = new Set(["text/html", "application/xhtml+xml", "image/svg+xml"])
const UNSEEN = new Set(["script", "style", "title", "noframes", "noembed", "template"])
const RAW_TEXT = { script: TokenizerMode.SCRIPT_DATA, style: TokenizerMode.RAWTEXT, xmp: TokenizerMode.RAWTEXT, noframes: TokenizerMode.RAWTEXT, noembed: TokenizerMode.RAWTEXT, iframe: TokenizerMode.RAWTEXT, title: TokenizerMode.RCDATA, textarea: TokenizerMode.RCDATA, plaintext: TokenizerMode.PLAINTEXT }
const INLINE = new Set("a abbr b bdi bdo big cite code em font i ins kbd mark q s samp small span strong sub sup tt u var wbr".split(" "))
const URL_IN_TEXT = /(?:\b[a-z][a-z0-9+.-]{1,30}:\/\/|\bwww\.|\bmailto:)[^\s<>"]{1,2000}/giu
const RESERVED = new Set(["example", "invalid", "localhost", "test", "onion", "local"])
const INVISIBLE = /[\p{Default_Ignorable_Code_Point}\p{Bidi_Control}]/gu

/**
 * @typedef {{href: string, text: string, where: string}} Link  `text` is what a reader sees of it
 *
 * Read a whole message (RFC 5322).
 * @returns {Promise<{headers: {key, value}[], texts: string[], links: Link[], fields: string[],
 *   attachments: string[], images: string[], problems: string[]}>}
 */
export async function readMail(source) {
  const mail = { headers: [], texts: [], links: [], fields: [], attachments: [], images: [], problems: [] }
  let parsed
  try {
    parsed = await PostalMime.parse(source, { maxNestingDepth: MAX_DEPTH })
  } catch (error) {
    mail.problems.push(error.message)
    parsed = { headers: [], attachments: [], text: typeof source === "string" ? source : "" }
  }
  mail.headers = parsed.headers
  if (parsed.text) readText(parsed.text, mail)
  if (parsed.html) readHtml(parsed.html, mail)
  for (const attachment of parsed.attachments) {
    const { mimeType, filename, content, rfc822DepthExceeded } = attachment
    mail.attachments.push(filename || mimeType)
    if (rfc822DepthExceeded) mail.problems.push("messages are nested too deep")
    else if (WEB_TEXT.has(mimeType)) readHtml(new TextDecoder().decode(content), mail)
    else if (mimeType === "text/plain") readText(new TextDecoder().decode(content), mail)
    else if (mimeType === "message/rfc822") await readAttached(content, mail)
  }
  return mail
}

async function readAttached(content, mail) {
  try {
    const inner = await PostalMime.parse(content, { maxNestingDepth: MAX_DEPTH })
    if (inner.text) readText(inner.text, mail)
    if (inner.html) readHtml(inner.html, mail)
  } catch (error) {
    mail.problems.push(error.message)
  }
}

function readText(text, mail) {
  mail.texts.push(text)
  findLinks(text, mail)
}

/** What mail programs make links of in plain text. */
function findLinks(text, mail) {
  for (const [found] of text.matchAll(URL_IN_TEXT)) {
    const shown = trimmed(found)
    mail.links.push({ href: /^www\./i.test(shown) ? `http://${shown}` : shown, text: "", where: "text" })
  }
}

/** A URL without the punctuation that belongs to the sentence around it. */
function trimmed(url) {
  let end = url.length
  while (end && (".,;:!?'”’»*_".includes(url[end - 1]) || (")]}".includes(url[end - 1]) && !balanced(url.slice(0, end))))) end -= 1
  return url.slice(0, end)
}

function balanced(url) {
  const count = (letter) => url.split(letter).length
  return count("(") >= count(")") && count("[") >= count("]") && count("{") >= count("}")
}

/** Links, fields and visible text of HTML, tag by tag as browsers read it; of no tree, so that none can be too deep. */
function readHtml(html, mail) {
  const seen = []
  const outside = []
  let open = null
  let hidden = ""
  const close = () => {
    if (open) mail.links.push({ ...open, text: open.text.trim() })
    open = null
  }
  const show = (chars) => {
    if (hidden) return
    seen.push(chars)
    if (open) open.text += chars
    else outside.push(chars)
  }
  const tokenizer = new Tokenizer({ sourceCodeLocationInfo: false }, {
    onComment() {}, onDoctype() {}, onEof: close,
    onCharacter: ({ chars }) => show(chars),
    onNullCharacter: () => show("\ufffd"),
    onWhitespaceCharacter: ({ chars }) => show(chars),
    onStartTag(token) {
      const name = token.tagName
      const values = Object.fromEntries(token.attrs.map((attribute) => [attribute.name, attribute.value]))
      if (!INLINE.has(name)) show(" ")
      if (name === "a" || name === "area") {
        close()
        const href = values.href ?? values["xlink:href"]
        if (href !== undefined) open = { href, text: values.alt ?? "", where: "link" }
        if (name === "area") close()
      } else {
        for (const target of [values.action, values.formaction]) {
          if (target !== undefined) mail.links.push({ href: target, text: "", where: "form" })
        }
        if (values["xlink:href"] !== undefined && name !== "image" && name !== "use") {
          mail.links.push({ href: values["xlink:href"], text: "", where: "link" })
        }
      }
      if (name === "meta" && /^refresh$/i.test(values["http-equiv"] ?? "")) {
        const target = /url\s*=\s*['"]?([^'"]*)/i.exec(values.content ?? "")
        if (target) mail.links.push({ href: target[1], text: "", where: "redirect" })
      }
      if ((name === "iframe" || name === "frame" || name === "embed") && values.src) {
        mail.links.push({ href: values.src, text: "", where: "frame" })
      }
      if (name === "img" && values.src) mail.images.push(values.src)
      if (values.alt && open) open.text += ` ${values.alt} `
      if (name === "input" || name === "textarea") {
        mail.fields.push([values.type === "password" ? "password" : "", values.name, values.placeholder, values["aria-label"], values.title].filter(Boolean).join(" "))
      }
      if (Object.hasOwn(RAW_TEXT, name)) {
        tokenizer.state = RAW_TEXT[name]
        if (UNSEEN.has(name)) hidden = name
      }
    },
    onEndTag({ tagName }) {
      if (tagName === hidden) hidden = ""
      if (tagName === "a") close()
      else if (!INLINE.has(tagName)) show(" ")
    },
  })
  tokenizer.write(html, true)
  mail.texts.push(seen.join(""))
  findLinks(outside.join(""), mail)
}

/** Every mailbox that an address header names, groups opened; null if it is malformed, or far too long. */
export function mailboxes(value) {
  if (value.length > MAX_ADDRESSES) return null
  let found
  try {
    found = addresses({ input: value.trim(), startAt: "address-list", rfc6532: true })
  } catch {
    // Comments that nest too deep for the parser.
    return null
  }
  return found && found.addresses.flatMap((entry) => (entry.type === "group" ? entry.addresses : [entry]))
}

/** Text with its encoded words (RFC 2047) decoded. */
export function decoded(value) {
  return decodeWords(value)
}

/** Whether text holds characters that cannot be seen or that turn the order of others. */
export function hasInvisible(text) {
  return text.search(INVISIBLE) >= 0
}

/** Every host that text shows to a reader: `{host, address}`; `address` if as part of an e-mail address. */
export function hostsShown(text) {
  const found = []
  const plain = text.normalize("NFKC").replace(INVISIBLE, "").replace(/[。．｡]/g, ".")
  for (const token of plain.split(/[\s<>()[\]{}"'“”‘’,;|\\]+/u)) {
    const bare = token.slice(0, 2000).replace(/[.:!?…]+$/u, "")
    const scheme = /^[a-z][a-z0-9+.-]*:\/*/i.exec(bare)
    const authority = bare.slice(scheme?.[0].length ?? 0).split(/[/?#]/, 1)[0]
    const at = authority.lastIndexOf("@")
    const host = authority.slice(at + 1).replace(/:\d*$/, "").replace(/\.$/, "")
    if (host.includes(".") && (scheme?.[0].endsWith("//") || isHost(host))) {
      found.push({ host, address: at >= 0 && !scheme?.[0].endsWith("//") })
    }
  }
  return found
}

/** Whether a dotted word is a host: "amazon.com" is, "e.g" and "Node.js" are not. */
function isHost(name) {
  const last = name.slice(name.lastIndexOf(".") + 1).toLowerCase()
  if (/^www\./i.test(name) || RESERVED.has(last)) return true
  const parsed = parseHost(name, { validateHostname: false })
  return Boolean(parsed.isIcann && parsed.domain)
}
