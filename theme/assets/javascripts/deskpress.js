// Copy buttons of feed addresses. They are hidden until they can work.
for (const button of document.querySelectorAll("button[data-copy]")) {
  if (!navigator.clipboard) break
  button.hidden = false
  button.addEventListener("click", async () => {
    const status = document.getElementById("copy-status")
    try {
      await navigator.clipboard.writeText(button.dataset.copy)
      button.textContent = "Copied"
      status.textContent = `Copied ${button.dataset.copy}`
    } catch {
      status.textContent = "The browser did not let this page copy. Select the address and copy it."
      status.classList.remove("dp-hidden")
    }
    setTimeout(() => { button.textContent = "Copy" }, 2000)
  })
}
