// Links, fields and text of HTML as a reader sees them, tag by tag: of no tree, so that none can be too deep. Nothing is rendered or run.
import { Tokenizer, TokenizerMode } from "../vendor/mail.js"

const UNSEEN = new Set(["script", "style", "title", "noframes", "noembed", "template"])
const RAW_TEXT = { script: TokenizerMode.SCRIPT_DATA, style: TokenizerMode.RAWTEXT, xmp: TokenizerMode.RAWTEXT, noframes: TokenizerMode.RAWTEXT, noembed: TokenizerMode.RAWTEXT, iframe: TokenizerMode.RAWTEXT, title: TokenizerMode.RCDATA, textarea: TokenizerMode.RCDATA, plaintext: TokenizerMode.PLAINTEXT }
const INLINE = new Set("a abbr b bdi bdo big cite code em font i ins kbd mark q s samp small span strong sub sup tt u var wbr".split(" "))
const VOID = new Set("area base br col embed hr img input link meta param source track wbr".split(" "))
const HIDES = /(?:^|[;\s])(?:display\s*:\s*none|visibility\s*:\s*(?:hidden|collapse)|opacity\s*:\s*0(?:\.0+)?(?:\s*[;!]|\s*$)|font-size\s*:\s*0(?:\.0+)?(?:px|pt|em|rem|%)?(?:\s*[;!]|\s*$)|mso-hide\s*:\s*all|max-height\s*:\s*0(?:px)?(?:\s*[;!]|\s*$))/i
const MAX_OPEN = 500
const MAX_CROSSED = 30
const MAX_SHEETS = 50
const MAX_SELECTOR = 2000
const TINY = 3

/**
 * Read HTML into `found`: `{texts, links, fields, images, forms}`; `findLinks(text)` takes what stands outside of links. What browsers take
 * for text in some places and for tags in others (`<svg><style>`) is read both ways.
 */
export function readHtml(html, found, findLinks) {
  readTags(html, found, RAW_TEXT, findLinks)
  if (/<(?:svg|math|select|noscript|noembed|noframes|iframe|plaintext|xmp)\b/i.test(html)) {
    const again = { ...found, texts: [], fields: [], images: [], links: [], quotes: [] }
    readTags(html, again, { script: TokenizerMode.SCRIPT_DATA }, (text) => findLinks(text, again))
    const known = new Set(found.links.map(({ href }) => href))
    found.links.push(...again.links.filter(({ href }) => !known.has(href)))
  }
}

/** The classes and ids that a style sheet hides on every screen. Without regular expressions over the whole: they would take the square of its length. */
function hiddenNames(html) {
  const names = new Set()
  for (const sheet of sheetsOf(html)) {
    let depth = 0
    for (const part of sheet.replace(/\/\*[^]*?\*\//g, "").split("}")) {
      const pieces = part.split("{")
      const [selectors, rules] = pieces.slice(-2)
      // What holds on some screens only (within @media) hides nothing for sure.
      const nested = depth + pieces.length - 1 > 1
      depth = Math.max(0, depth + pieces.length - 2)
      if (nested || pieces.length < 2 || selectors.length > MAX_SELECTOR || !HIDES.test(rules)) continue
      for (const selector of selectors.split(",")) {
        const name = /^\s*(?:[a-z]+)?([.#][\w-]+)\s*$/i.exec(selector)
        if (name) names.add(name[1].toLowerCase())
      }
    }
  }
  return names
}

/** Text that a style sheet shows: `content: "…"`. */
function shownByStyles(html) {
  return sheetsOf(html).flatMap((sheet) => [...sheet.matchAll(/\bcontent\s*:\s*(?:"([^"\n]{4,500})"|'([^'\n]{4,500})')/gi)].map(([, one, other]) => one ?? other))
}

/** The texts of a page's style elements. */
function sheetsOf(html) {
  const found = []
  const low = html.toLowerCase()
  for (let at = low.indexOf("<style"); at >= 0 && found.length < MAX_SHEETS;) {
    const end = low.indexOf("</style", at)
    found.push(html.slice(html.indexOf(">", at) + 1, end < 0 ? undefined : end))
    at = end < 0 ? -1 : low.indexOf("<style", end)
  }
  return found
}

function readTags(html, found, rawText, findLinks, inner = false) {
  const seen = []
  const outside = []
  const hiding = inner ? new Set() : hiddenNames(html)
  const stack = []
  let open = null
  let unseen = ""
  let controls = 0
  let [hidden, quoted] = [0, 0]
  const close = () => {
    if (open) found.links.push({ ...open, text: open.text.trim() })
    open = null
  }
  const show = (chars) => {
    if (unseen || hidden) return
    if (quoted) found.quotes.push(chars)
    else seen.push(chars)
    if (open) open.text += chars
    else outside.push(chars)
  }
  const leave = (entry) => {
    if (entry.hides) hidden -= 1
    if (entry.quotes) quoted -= 1
  }
  const link = (href, where, text = "") => found.links.push({ href, text, where, quoted: quoted > 0 })
  const tokenizer = new Tokenizer({ sourceCodeLocationInfo: false }, {
    // Some mail programs show what stands in a conditional comment.
    onComment: ({ data }) => { if (!inner && /^\[if\b/i.test(data)) readTags(data.replace(/^\[if[^\]]*\]>|<!\[endif\]$/gi, ""), found, rawText, findLinks, true) },
    onDoctype() {}, onEof: close,
    onCharacter: ({ chars }) => show(chars),
    onNullCharacter: () => show("\ufffd"),
    onWhitespaceCharacter: ({ chars }) => show(chars),
    onStartTag(token) {
      const name = token.tagName
      const values = Object.fromEntries(token.attrs.map((attribute) => [attribute.name, attribute.value]))
      if (!INLINE.has(name)) show(name === "br" ? "\n" : "\n\n")
      if (!VOID.has(name) && !token.selfClosing && stack.length < MAX_OPEN) {
        const hides = isHidden(values, hiding)
        const quotes = name === "blockquote" || /\b(?:gmail_quote|yahoo_quoted|moz-cite-prefix)\b/.test(values.class ?? "")
        stack.push({ name, hides, quotes })
        if (hides) hidden += 1
        if (quotes) quoted += 1
      }
      if (name === "a" || name === "area") {
        close()
        const href = values.href ?? values["xlink:href"]
        if (href !== undefined) open = { href, text: values.alt ?? "", where: "link", quoted: quoted > 0 }
        if (name === "area") close()
      } else {
        for (const target of [values.action, values.formaction, name === "object" ? values.data : undefined]) {
          if (target !== undefined) link(target, "form")
        }
        if (values["xlink:href"] !== undefined && name !== "image" && name !== "use") link(values["xlink:href"], "link")
      }
      if (name === "form") {
        found.forms += 1
        controls = 0
      }
      if (name === "meta" && /^refresh$/i.test(values["http-equiv"] ?? "")) {
        const target = /^\s*[\d.]*\s*[;,\s]\s*(?:url\s*=\s*)?['"]?([^'"]+)/i.exec(values.content ?? "")
        if (target) link(target[1], "redirect")
      }
      if ((name === "iframe" || name === "frame" || name === "embed") && values.src) link(values.src, "frame")
      if (name === "img" && values.src && !(Number(values.width) <= TINY || Number(values.height) <= TINY)) found.images.push(values.src)
      if (values.alt) show(` ${values.alt} `)
      if (values.srcdoc && !inner) readTags(values.srcdoc, found, rawText, findLinks, true)
      if ((name === "input" && !/^(?:hidden|submit|button|image)$/i.test(values.type ?? "")) || name === "textarea" || name === "select") {
        // A single field seeks, or takes an address for a newsletter.
        if (!/^(?:radio|checkbox|range|color|search)$/i.test(values.type ?? "") && name !== "select") {
          controls += 1
          found.controls = Math.max(found.controls, controls)
        }
        const type = /^password$/i.test(values.type ?? "") || /password/i.test(values.autocomplete ?? "") ? "password" : ""
        const named = [values.name, values.id, values.placeholder, values["aria-label"], values.title, (values.autocomplete ?? "").replace("cc-number", "card number").replace("cc-csc", "cvc")]
        for (const one of [type, ...named]) if (one) found.fields.push(one)
      }
      if (Object.hasOwn(rawText, name)) {
        tokenizer.state = rawText[name]
        if (UNSEEN.has(name)) unseen = name
      }
    },
    onEndTag({ tagName }) {
      if (tagName === unseen) unseen = ""
      // An end without its beginning ends nothing.
      let at = stack.length - 1
      while (at >= 0 && at > stack.length - MAX_CROSSED && stack[at].name !== tagName) at -= 1
      if (stack[at]?.name === tagName) for (const entry of stack.splice(at)) leave(entry)
      if (tagName === "a") close()
      else if (!INLINE.has(tagName)) show("\n\n")
    },
  })
  tokenizer.write(html, true)
  found.texts.push(seen.join(""))
  if (!inner) found.texts.push(...shownByStyles(html))
  findLinks(outside.join(""), found)
}

function isHidden(values, hiding) {
  if (values.hidden !== undefined || HIDES.test(values.style ?? "")) return true
  if (!hiding.size) return false
  return (values.id && hiding.has(`#${values.id.toLowerCase()}`)) || (values.class ?? "").toLowerCase().split(/\s+/).some((name) => hiding.has(`.${name}`))
}
