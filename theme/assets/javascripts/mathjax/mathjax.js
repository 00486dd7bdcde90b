// Stands for MathJax, which is large, until the page has a formula. It is given what the site's own script has set
// as `window.MathJax`, and typesets the page by itself when it is there.
(() => {
  let settings = window.MathJax ?? {}
  const source = new URL("tex-mml-chtml.js", document.currentScript.src)
  const delimiters = ["\\(", "\\[", "$$", "\\begin{"]
  let script
  let asked = false

  // Scripts of sites call functions of MathJax whenever a page is shown, as if it were there already.
  const nothing = new Proxy(() => nothing, { get: (_, name) => (name === "then" ? undefined : nothing) })
  const typesetPromise = () => {
    asked = true
    return Promise.resolve()
  }
  const stub = new Proxy({}, {
    get: (_, name) => (name === "typesetPromise" || name === "typeset" ? typesetPromise : nothing),
    set: (_, name, value) => Reflect.set(settings, name, value),
  })

  const formulas = () => {
    const content = document.querySelector("main") ?? document.body
    if (content.querySelector(".arithmatex, math, script[type^='math/']")) return true
    const { inlineMath = [], displayMath = [] } = settings.tex ?? {}
    const text = content.textContent
    return [...delimiters, ...inlineMath.map(([one]) => one), ...displayMath.map(([one]) => one)]
      .some((one) => text.includes(one))
  }

  const show = () => {
    if (script || !formulas()) return
    script = document.createElement("script")
    script.src = source
    script.onload = () => {
      if (asked && settings.startup?.typeset === false)
        window.MathJax.startup.promise.then(() => window.MathJax.typesetPromise())
    }
    document.head.append(script)
  }

  // Our copy has no further parts: a formula that asks for one would keep the others from being shown.
  const PARTS = ["require", "autoload"]
  const whole = () => {
    const { tex } = settings
    const given = tex?.packages
    const packages = Array.isArray(given) ? given.filter((one) => !PARTS.includes(one)) : { ...given, "[-]": [...(given?.["[-]"] ?? []), ...PARTS] }
    return window.safeFormulas({ ...settings, tex: { ...tex, packages } })
  }
  const runs = () => script && document.currentScript === script
  Object.defineProperty(window, "MathJax", {
    configurable: true,
    get: () => (runs() ? whole() : stub),
    set: (value) => {
      if (runs()) Object.defineProperty(window, "MathJax", { configurable: true, writable: true, value })
      else settings = value
    },
  })
  show()
  window.document$?.subscribe(show)
})()
