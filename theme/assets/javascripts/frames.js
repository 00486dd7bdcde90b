// Turns the links that stand for frames into frames: videos at a click, others when the reader comes near.
const framed = (link) => {
  const frame = document.createElement("iframe")
  frame.src = link.href
  frame.title = link.textContent
  frame.allow = "fullscreen; picture-in-picture; encrypted-media"
  frame.referrerPolicy = "strict-origin-when-cross-origin"
  const [width, height] = [link.dataset.width, link.dataset.height].map(Number)
  frame.style.aspectRatio = width && height ? `${width} / ${height}` : "16 / 9"
  link.replaceWith(frame)
  return frame
}

export const open = (links) => {
  const near = new IntersectionObserver((seen) => {
    for (const { target, isIntersecting } of seen) {
      if (!isIntersecting) continue
      near.unobserve(target)
      framed(target)
    }
  }, { rootMargin: "200px" })
  for (const link of links) {
    if (link.dataset.dpFrame !== "video") near.observe(link)
    else link.addEventListener("click", (event) => {
      // Who wants it elsewhere gets it there.
      if (event.ctrlKey || event.metaKey || event.shiftKey) return
      event.preventDefault()
      framed(link).focus()
    })
  }
}
