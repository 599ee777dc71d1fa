// The structure editor without loading the page: the same links and forms, sent by fetch, and keys to go through the list.
// Nothing here is needed: without script every link and form does the same. Words come from the page.
const editor = document.querySelector("[data-structure-editor]")
const said = document.querySelector("[data-structure-said]")
const KEYS = { KeyM: "step-merge", KeyS: "step-split", KeyK: "step-relevel", KeyN: "step-rename" }

const links = () => [...editor.querySelectorAll("[data-structure-units] [data-unit]")]
const chosen = () => editor.querySelector("[data-structure-units] [aria-current]")

// One place of the list takes the Tab key; the arrows go on from there.
const rove = (to) => {
  for (const link of links()) link.tabIndex = link === to ? 0 : -1
}

const ready = () => {
  rove(chosen() ?? links()[0])
  for (const keys of editor.querySelectorAll("[data-structure-keys]")) keys.hidden = false
}

// Put the answer's editor in place of this one, with its messages, and say aloud what was done.
const replace = (html, url) => {
  const page = new DOMParser().parseFromString(html, "text/html")
  const fresh = page.querySelector("[data-structure-editor]")
  if (!fresh) return false
  const open = [...editor.querySelectorAll(".desk__list details[open]")].map((details) => details.id)
  editor.className = fresh.className
  editor.replaceChildren(...fresh.childNodes)
  for (const id of open) editor.querySelector(`#${CSS.escape(id)}`)?.setAttribute("open", "")
  document.querySelector("main > .messages")?.remove()
  const messages = page.querySelector("main > .messages")
  const summary = messages?.querySelector(".govuk-error-summary")
  if (summary) document.querySelector("main").prepend(messages)
  said.textContent = summary ? "" : (messages?.textContent ?? "").trim().replace(/\s+/g, " ")
  document.title = page.title
  history.replaceState(null, "", url)
  ready()
  if (summary) summary.tabIndex = -1
  if (summary) (editor.querySelector("[aria-invalid]") ?? summary).focus()
  return true
}

let busy = false
const send = async (url, options, fall) => {
  if (busy) return
  busy = true
  try {
    const response = await fetch(url, { ...options, headers: { Accept: "text/html" } })
    const to = new URL(response.url)
    to.hash = new URL(url, location).hash
    if (!replace(await response.text(), to)) fall()
  } catch {
    fall()
  } finally {
    busy = false
  }
}

const show = async (link) => {
  await send(link.href, {}, () => location.assign(link.href))
  const row = chosen()
  row?.scrollIntoView({ block: "nearest" })
  return row
}

const submit = async (form, button) => {
  const data = new FormData(form, button)
  await send(form.action, { method: "POST", body: data }, () => HTMLFormElement.prototype.submit.call(form))
  delete form.dataset.sent
  if (!document.querySelector("main > .messages .govuk-error-summary")) {
    chosen()?.focus({ preventScroll: true })
    chosen()?.scrollIntoView({ block: "nearest" })
  }
}

addEventListener("submit", (event) => {
  if (!editor.contains(event.target)) return
  event.preventDefault()
  submit(event.target, event.submitter)
}, { capture: true })

editor.addEventListener("click", (event) => {
  const link = event.target.closest("[data-unit]")
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey || event.button) return
  event.preventDefault()
  show(link).then((row) => row?.focus({ preventScroll: true }))
})

// A step by its key is the press of its button on the page; the unit under the cursor is chosen first.
const press = async (name, link) => {
  if (link && link !== chosen()) (await show(link))?.focus()
  editor.querySelector(`[data-shortcut="${name}"]`)?.click()
}
const open = async (id, link) => {
  if (link && link !== chosen()) await show(link)
  const details = editor.querySelector(`#${id}`)
  if (!details) return
  details.open = true
  details.querySelector("input:not([type=hidden]), select, button")?.focus()
}

editor.addEventListener("keydown", (event) => {
  const writes = event.target.matches("input[type=text], textarea, select")
  if ((event.ctrlKey || event.metaKey) && !writes && (event.code === "KeyZ" || event.code === "KeyY")) {
    event.preventDefault()
    press(event.code === "KeyZ" && !event.shiftKey ? "undo" : "redo")
    return
  }
  const link = event.target.closest("[data-structure-units] [data-unit]")
  if (event.key === "Escape" && !link) chosen()?.focus()
  if (!link || event.ctrlKey || event.metaKey || event.altKey) return
  const all = links()
  const place = all.indexOf(link)
  const to = { ArrowDown: place + 1, ArrowUp: place - 1, Home: 0, End: all.length - 1 }[event.key]
  if (to !== undefined) {
    event.preventDefault()
    const next = all[Math.min(Math.max(to, 0), all.length - 1)]
    rove(next)
    next.focus()
  } else if (event.shiftKey && (event.key === "ArrowLeft" || event.key === "ArrowRight")) {
    event.preventDefault()
    press(event.key === "ArrowLeft" ? "raise" : "lower", link)
  } else if (!event.shiftKey && KEYS[event.code]) {
    event.preventDefault()
    if (event.code === "KeyM") press("merge", link)
    else open(KEYS[event.code], link)
  }
})

if (editor) ready()
