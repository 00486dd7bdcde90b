// Stands for KaTeX and its function that renders all formulas of an element, until an element has one.
(() => {
  const here = document.currentScript.src
  const standard = [{ left: "$$" }, { left: "\\(" }, { left: "\\[" }, { left: "\\begin{" }]
  let loading

  const add = (name, properties) => new Promise((done, fail) => {
    const element = document.createElement(name)
    Object.assign(element, properties)
    element.onload = done
    element.onerror = fail
    document.head.append(element)
  })
  const load = () => loading ??= (async () => {
    const sheet = add("link", { rel: "stylesheet", href: String(new URL("katex.min.css", here)) })
    await add("script", { src: String(new URL("katex.min.js", here)) })
    await add("script", { src: String(new URL("auto-render.min.js", here)) })
    await sheet
  })()

  window.katex = {
    render: async (...given) => {
      await load()
      window.katex.render(...given)
    },
  }
  window.renderMathInElement = async (element, options = {}) => {
    const delimiters = options.delimiters ?? standard
    if (!delimiters.some(({ left }) => element.textContent.includes(left))) return
    await load()
    window.renderMathInElement(element, options)
  }
})()
