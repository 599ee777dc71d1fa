// How may the query go on? A list under a search field (ARIA combobox with list autocomplete); without script the field is plain.
const PAUSE = 150
const LONGEST = 300

const enhance = (form) => {
  const field = form.querySelector("input[type='search']")
  const { suggestions: address, label } = form.dataset

  const list = document.createElement("ul")
  list.id = `${field.id}-suggestions`
  list.className = "suggestions"
  list.hidden = true
  list.setAttribute("role", "listbox")
  list.setAttribute("aria-label", label)
  const said = document.createElement("p")
  said.className = "visually-hidden"
  said.setAttribute("role", "status")
  field.after(list)
  form.append(said)
  field.setAttribute("role", "combobox")
  field.setAttribute("aria-autocomplete", "list")
  field.setAttribute("aria-controls", list.id)
  field.setAttribute("aria-expanded", "false")

  let timer = 0
  let asked = 0
  let typed = field.value
  const chosen = () => list.querySelector("[aria-selected='true']")

  const close = () => {
    clearTimeout(timer)
    asked += 1 // what is on its way comes too late
    list.hidden = true
    said.textContent = ""
    field.setAttribute("aria-expanded", "false")
    field.removeAttribute("aria-activedescendant")
  }

  // what is chosen stands in the field; past either end is what was typed
  const choose = (option) => {
    chosen()?.setAttribute("aria-selected", "false")
    option?.setAttribute("aria-selected", "true")
    option?.scrollIntoView({ block: "nearest" })
    if (option) field.setAttribute("aria-activedescendant", option.id)
    else field.removeAttribute("aria-activedescendant")
    field.value = option ? option.textContent : typed
  }

  const fill = (words) => {
    list.replaceChildren(...words.map((word, number) => {
      const option = document.createElement("li")
      option.id = `${list.id}-${number}`
      option.setAttribute("role", "option")
      option.setAttribute("aria-selected", "false")
      option.textContent = word
      return option
    }))
    list.hidden = words.length === 0
    said.textContent = words.length ? `${label}: ${words.length}` : ""
    field.setAttribute("aria-expanded", String(words.length > 0))
    field.removeAttribute("aria-activedescendant")
  }

  const ask = async () => {
    const number = ++asked
    typed = field.value
    try {
      const answer = await fetch(`${address}?q=${encodeURIComponent(typed.slice(0, LONGEST))}`)
      const words = answer.ok ? (await answer.json()).suggestions : []
      if (number === asked && document.activeElement === field) fill(words)
    } catch {
      if (number === asked) close()
    }
  }

  field.addEventListener("input", (event) => {
    if (event.isComposing) return
    clearTimeout(timer)
    timer = setTimeout(ask, PAUSE)
  })
  field.addEventListener("keydown", (event) => {
    if (event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return
    const options = [...list.children]
    const at = options.indexOf(chosen())
    if (list.hidden) {
      if (event.key !== "ArrowDown") return
      ask()
    } else if (event.key === "ArrowDown") choose(options[at + 1])
    else if (event.key === "ArrowUp") choose(options[at < 0 ? options.length - 1 : at - 1])
    else if (event.key === "Escape") {
      choose(null)
      close()
    } else return
    event.preventDefault()
  })
  list.addEventListener("mousedown", (event) => {
    event.preventDefault()
    const option = event.target.closest("[role='option']")
    if (!option) return
    field.value = option.textContent
    close()
    form.requestSubmit()
  })
  field.addEventListener("blur", close)
  form.addEventListener("submit", close)
}

document.querySelectorAll("form[data-suggestions]").forEach(enhance)
