// What stands in a mail: headers as they are, text, links. Nothing is fetched, rendered or run.
import { say } from "../../words.js"
import { PostalMime, Tokenizer, TokenizerMode, addresses, decodeWords, tlds } from "../vendor/mail.js"

const MAX_DEPTH = 50
const MAX_ADDRESSES = 20_000
const MAX_HEADERS = 200_000
const MAX_TEXT = 2_000_000
const MAX_NESTED = 5
const WEB_TEXT = new Set(["text/html", "application/xhtml+xml", "image/svg+xml"])
const UNSEEN = new Set(["script", "style", "title", "noframes", "noembed", "template"])
const RAW_TEXT = { script: TokenizerMode.SCRIPT_DATA, style: TokenizerMode.RAWTEXT, xmp: TokenizerMode.RAWTEXT, noframes: TokenizerMode.RAWTEXT, noembed: TokenizerMode.RAWTEXT, iframe: TokenizerMode.RAWTEXT, title: TokenizerMode.RCDATA, textarea: TokenizerMode.RCDATA, plaintext: TokenizerMode.PLAINTEXT }
const INLINE = new Set("a abbr b bdi bdo big cite code em font i ins kbd mark q s samp small span strong sub sup tt u var wbr".split(" "))
const URL_IN_TEXT = /(?:\b(?:https?|ftp|file):[/\\]{2}|\bwww\d?\.(?=[^\s.])|\bmailto:)[^\s<>"`|{}^\u200b\u2014\u2026\u3002\uff08\uff09]{1,2000}/giu
const TOP_LEVEL = new Set([...tlds, "example", "invalid", "localhost", "test", "onion", "local"])
const LIMITS = { maxNestingDepth: MAX_DEPTH, maxHeadersSize: MAX_HEADERS }
const MAX_SHOWN = 20_000
const MAX_HOSTS = 50
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
    parsed = await PostalMime.parse(source, LIMITS)
  } catch (error) {
    mail.problems.push(error.message)
    parsed = { headers: [], attachments: [], text: typeof source === "string" ? source : "" }
  }
  mail.headers = parsed.headers
  await readParts(parsed, mail, 0)
  for (const key of ["content-type", "content-transfer-encoding"]) {
    if (mail.headers.filter((header) => header.key === key).length > 1) mail.problems.push(say("“%(header)s” stands there twice", { header: key }))
  }
  const body = /\r?\n\r?\n([^]*)/.exec(typeof source === "string" ? source : "")?.[1] ?? ""
  if (body.trim() && !mail.texts.length && !mail.attachments.length) {
    mail.problems.push(say("its parts cannot be told apart"))
    readText(body, mail)
  }
  return mail
}

async function readParts(parsed, mail, depth) {
  if (parsed.text?.trim()) readText(parsed.text, mail)
  if (parsed.html?.trim()) readHtml(parsed.html, mail)
  for (const { mimeType, filename, content, rfc822DepthExceeded } of parsed.attachments) {
    mail.attachments.push(filename || mimeType)
    if (rfc822DepthExceeded || depth > MAX_NESTED) mail.problems.push(say("messages are nested too deep"))
    else if (WEB_TEXT.has(mimeType) || /\.(?:x?html?|svg)$/i.test(filename ?? "")) readHtml(asText(content), mail)
    else if (mimeType.startsWith("text/") || !/^\w+\/\w/.test(mimeType)) readText(asText(content), mail)
    else if (mimeType.startsWith("message/")) await readAttached(content, mail, depth)
  }
}

/** Bytes as text: UTF-16 where its mark or its zeros say so. */
function asText(content) {
  const bytes = new Uint8Array(content)
  const [one, two] = bytes
  const wide = one === 0xff && two === 0xfe ? "utf-16le" : one === 0xfe && two === 0xff ? "utf-16be" : two === 0 && one ? "utf-16le" : one === 0 && two ? "utf-16be" : "utf-8"
  return new TextDecoder(wide).decode(bytes)
}

async function readAttached(content, mail, depth) {
  try {
    const inner = await PostalMime.parse(content, LIMITS)
    if (inner.subject) mail.texts.push(inner.subject)
    await readParts(inner, mail, depth + 1)
  } catch (error) {
    mail.problems.push(error.message)
  }
}

function readText(whole, mail) {
  if (whole.length > MAX_TEXT) mail.problems.push(say("its text is longer than anybody reads"))
  const text = whole.slice(0, MAX_TEXT)
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
  const plain = url.split(/,(?=https?:)/)[0]
  let end = plain.length
  let open = 0
  for (const letter of plain) open += letter === "(" || letter === "[" ? 1 : letter === ")" || letter === "]" ? -1 : 0
  for (; end; end -= 1) {
    const last = plain[end - 1]
    if (")]".includes(last) && open < 0) open += 1
    else if (!".,;:!?'”’»*_".includes(last)) break
  }
  return plain.slice(0, end)
}

/**
 * Links, fields and visible text of HTML, tag by tag; of no tree, so that none can be too deep. What browsers take
 * for text in some places and for tags in others (`<svg><style>`) is read both ways.
 */
function readHtml(whole, mail) {
  if (whole.length > MAX_TEXT) mail.problems.push(say("its text is longer than anybody reads"))
  const html = whole.slice(0, MAX_TEXT)
  readTags(html, mail, RAW_TEXT)
  if (/<(?:svg|math|select|noscript|noembed|noframes|iframe|plaintext|xmp)\b/i.test(html)) {
    const again = { ...mail, texts: [], fields: [], images: [], links: [] }
    readTags(html, again, { script: TokenizerMode.SCRIPT_DATA })
    const known = new Set(mail.links.map(({ href }) => href))
    mail.links.push(...again.links.filter(({ href }) => !known.has(href)))
  }
}

function readTags(html, mail, rawText, inner = false) {
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
    // Some mail programs show what stands in a conditional comment.
    onComment: ({ data }) => { if (!inner && /^\[if\b/i.test(data)) readTags(data.replace(/^\[if[^\]]*\]>|<!\[endif\]$/gi, ""), mail, rawText, true) },
    onDoctype() {}, onEof: close,
    onCharacter: ({ chars }) => show(chars),
    onNullCharacter: () => show("\ufffd"),
    onWhitespaceCharacter: ({ chars }) => show(chars),
    onStartTag(token) {
      const name = token.tagName
      const values = Object.fromEntries(token.attrs.map((attribute) => [attribute.name, attribute.value]))
      if (!INLINE.has(name)) show(name === "br" ? "\n" : "\n\n")
      if (name === "a" || name === "area") {
        close()
        const href = values.href ?? values["xlink:href"]
        if (href !== undefined) open = { href, text: values.alt ?? "", where: "link" }
        if (name === "area") close()
      } else {
        for (const target of [values.action, values.formaction, name === "object" ? values.data : undefined]) {
          if (target !== undefined) mail.links.push({ href: target, text: "", where: "form" })
        }
        if (values["xlink:href"] !== undefined && name !== "image" && name !== "use") {
          mail.links.push({ href: values["xlink:href"], text: "", where: "link" })
        }
      }
      if (name === "meta" && /^refresh$/i.test(values["http-equiv"] ?? "")) {
        const target = /^\s*[\d.]*\s*[;,\s]\s*(?:url\s*=\s*)?['"]?([^'"]+)/i.exec(values.content ?? "")
        if (target) mail.links.push({ href: target[1], text: "", where: "redirect" })
      }
      if ((name === "iframe" || name === "frame" || name === "embed") && values.src) {
        mail.links.push({ href: values.src, text: "", where: "frame" })
      }
      if (name === "img" && values.src) mail.images.push(values.src)
      if (values.alt) show(` ${values.alt} `)
      if (values.srcdoc && !inner) readTags(values.srcdoc, mail, rawText, true)
      if ((name === "input" && !/^(?:hidden|submit|button|image)$/i.test(values.type ?? "")) || name === "textarea" || name === "select") {
        const type = /^password$/i.test(values.type ?? "") || /password/i.test(values.autocomplete ?? "") ? "password" : ""
        const named = [values.name, values.id, values.placeholder, values["aria-label"], values.title, (values.autocomplete ?? "").replace("cc-number", "card number").replace("cc-csc", "cvc")]
        for (const one of [type, ...named]) if (one) mail.fields.push(one)
      }
      if (Object.hasOwn(rawText, name)) {
        tokenizer.state = rawText[name]
        if (UNSEEN.has(name)) hidden = name
      }
    },
    onEndTag({ tagName }) {
      if (tagName === hidden) hidden = ""
      if (tagName === "a") close()
      else if (!INLINE.has(tagName)) show("\n\n")
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
  const whole = text.slice(0, MAX_SHOWN).replace(/\p{M}{4,}/gu, (marks) => marks.slice(0, 3))
  const plain = whole.normalize("NFKC").replace(INVISIBLE, "").replace(/[。．｡]/g, ".")
  for (const token of plain.split(/[\s<>()[\]{}"'“”‘’«»*`^~,;|\\…—]+/u)) {
    if (found.length >= MAX_HOSTS) break
    const bare = token.slice(0, 2000).replace(/^_+|[.:!?_]+$/gu, "")
    const scheme = /^[a-z][a-z0-9+-]*:(?=\/)\/*/i.exec(bare)
    const authority = bare.slice(scheme?.[0].length ?? 0).split(/[/?#]/, 1)[0]
    const at = authority.lastIndexOf("@")
    const host = authority.slice(at + 1).replace(/:\d*$/, "").replace(/\.$/, "")
    const numbers = /^\d{1,3}(?:\.\d{1,3}){3}$/.test(host) && (bare.length > host.length)
    if (host.includes(".") && (scheme?.[0].endsWith("//") || numbers || isHost(host))) {
      found.push({ host, address: at >= 0 && !scheme?.[0].endsWith("//") })
    }
  }
  return found
}

/** Whether a dotted word is a host: "amazon.com" is, "e.g" and "Node.js" are not. */
function isHost(name) {
  const labels = name.toLowerCase().split(".")
  if (labels[0] === "www") return true
  return labels.every(Boolean) && (TOP_LEVEL.has(labels.at(-1)) || labels.at(-1).startsWith("xn--"))
}
