// What a text may have MathJax write: no more than it may write itself. `\mmlToken` and `\href`, `\style`, `\class` and `\cssId` set attributes
// of elements, by which a formula could cover the page, or be taken for a part of it. Loaded before MathJax, from wherever that comes.
(() => {
  const LINKS = ["http:", "https:", "mailto:"]
  const STYLE = /^\s*(?:(?:background-)?color|(?:border|padding)(?:-(?:top|right|bottom|left))?(?:-(?:color|style|width))?)\s*:[\s\w.,%#-]*$/i
  const OURS = /^(?:on|data-(?:copy|dp-|drawer|filter|helpful|lost|md-|menu|reasons|search|share|tool))/i
  // MathJax's own, for numbers of equations.
  const NAMES = /^(?:mjx-eqn|MathJax)/

  const isLink = (address) => {
    try {
      return LINKS.includes(new URL(address, document.baseURI).protocol)
    } catch {
      return false
    }
  }
  const isAllowed = (name, value) => {
    if (name === "id" || name === "class") return NAMES.test(value)
    if (name === "href") return isLink(value)
    if (name === "style") return value.split(";").every((one) => !one.trim() || STYLE.test(one))
    return !OURS.test(name)
  }
  const clean = ({ root }) => root.walkTree((node) => {
    const { attributes } = node
    if (!attributes) return
    const found = attributes.getAllAttributes()
    for (const name of attributes.getExplicitNames()) {
      if (!isAllowed(name.toLowerCase(), String(found[name]))) delete found[name]
    }
  })

  // After formulas were read (20), before they are drawn (100): https://docs.mathjax.org/en/v3.2/options/document.html
  const AFTER_READING = 21
  /** @type {any} */
  const page = window
  page.safeFormulas = (settings = {}) => ({
    ...settings,
    options: {
      ...settings.options,
      renderActions: { ...settings.options?.renderActions, deskpress: [AFTER_READING, ({ math }) => { for (const one of math) clean(one) }, clean] },
    },
  })
  page.MathJax = page.safeFormulas(page.MathJax)
})()
