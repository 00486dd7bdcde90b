// Material draws diagrams with the `mermaid` that a page has, and else loads one from another host. This stands for
// it until the first diagram is drawn: then our own copy, which is large, takes its place.
(() => {
  if (window.mermaid && !(window.mermaid instanceof Element)) return
  const here = document.currentScript.src
  let settings = { startOnLoad: false }
  let loading
  const load = () => loading ??= new Promise((done, fail) => {
    const script = document.createElement("script")
    script.src = new URL("mermaid.min.js", here)
    script.onload = () => {
      window.mermaid.initialize(settings)
      done(window.mermaid)
    }
    script.onerror = fail
    document.head.append(script)
  })
  window.mermaid = {
    initialize: (given) => { settings = { ...settings, ...given } },
    render: async (...given) => (await load()).render(...given),
  }
})()
