// Switching the language keeps the reader at the same provision, and the contents show the chapter in view.
const switches = document.querySelectorAll(".languages a, .text-languages a[hreflang]")

const keepPlace = () => {
  for (const link of switches) link.hash = location.hash
}
addEventListener("hashchange", keepPlace)
if (location.hash) keepPlace()

// A long text is shown by pages: a bare address of a provision goes on to the page that has it; so does that of a cell.
const text = document.querySelector(".law")
const goOn = () => {
  const key = decodeURIComponent(location.hash.slice(1))
  const asked = new URLSearchParams(location.search)
  if (document.getElementById(key) || asked.get("at") === key || asked.get("provision") === key) return
  if (/__cell_\d+$/.test(key)) location.replace(`${location.pathname}?provision=${encodeURIComponent(key)}#${key}`)
  else if (text?.dataset.at && /__|^(part|sec|subsec|chp|para|art|pnt|sub|ind|annex|tbl)_/.test(key)) {
    location.replace(`${text.dataset.at}${encodeURIComponent(key)}#${key}`)
  }
}
addEventListener("hashchange", goOn)
if (location.hash) goOn()

const lines = new Map()
for (const link of document.querySelectorAll(".contents__list a[href^='#']")) {
  const target = document.getElementById(decodeURIComponent(link.hash.slice(1)))
  if (target) lines.set(target, link.closest("li"))
}

// The heading passed last is the chapter being read; nothing is marked above the first one.
const mark = () => {
  let current = null
  for (const target of lines.keys()) {
    if (target.getBoundingClientRect().top > innerHeight / 3) break
    current = target
  }
  for (const [target, line] of lines) {
    line.classList.toggle("contents__current", target === current)
    if (target === current) line.firstElementChild.setAttribute("aria-current", "true")
    else line.firstElementChild.removeAttribute("aria-current")
  }
}
let waiting = false
addEventListener("scroll", () => {
  if (waiting) return
  waiting = true
  requestAnimationFrame(() => {
    waiting = false
    mark()
  })
}, { passive: true })
