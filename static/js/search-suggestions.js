// What may the query go on with? A list under the search field (ARIA combobox with list autocomplete); without script the field is plain.
const field = document.querySelector("#search-box")
const address = document.querySelector("[data-suggestions]")?.dataset
const PAUSE = 150

if (field && address) {
  const list = document.createElement("ul")
  list.id = "search-suggestions"
  list.className = "suggestions"
  list.hidden = true
  list.setAttribute("role", "listbox")
  list.setAttribute("aria-label", address.label)
  field.after(list)
  field.setAttribute("role", "combobox")
  field.setAttribute("aria-autocomplete", "list")
  field.setAttribute("aria-controls", list.id)
  field.setAttribute("aria-expanded", "false")

  let timer = 0
  let asked = 0
  const chosen = () => list.querySelector("[aria-selected='true']")

  const close = () => {
    list.hidden = true
    field.setAttribute("aria-expanded", "false")
    field.removeAttribute("aria-activedescendant")
  }

  const choose = (option) => {
    chosen()?.setAttribute("aria-selected", "false")
    option?.setAttribute("aria-selected", "true")
    if (option) field.setAttribute("aria-activedescendant", option.id)
    else field.removeAttribute("aria-activedescendant")
  }

  const take = (option) => {
    field.value = option.textContent
    close()
    field.form.requestSubmit()
  }

  const fill = (words) => {
    list.replaceChildren(...words.map((word, number) => {
      const option = document.createElement("li")
      option.id = `search-suggestion-${number}`
      option.setAttribute("role", "option")
      option.setAttribute("aria-selected", "false")
      option.textContent = word
      return option
    }))
    list.hidden = words.length === 0
    field.setAttribute("aria-expanded", String(words.length > 0))
    field.removeAttribute("aria-activedescendant")
  }

  const ask = async () => {
    const number = ++asked
    try {
      const answer = await fetch(`${address.suggestions}?q=${encodeURIComponent(field.value.slice(0, 300))}`)
      if (!answer.ok || number !== asked) return
      fill((await answer.json()).suggestions)
    } catch {
      close()
    }
  }

  field.addEventListener("input", () => {
    clearTimeout(timer)
    timer = setTimeout(ask, PAUSE)
  })
  field.addEventListener("keydown", (event) => {
    if (list.hidden) return
    const options = [...list.children]
    const at = options.indexOf(chosen())
    if (event.key === "ArrowDown") choose(options[(at + 1) % options.length])
    else if (event.key === "ArrowUp") choose(options[(at < 0 ? options.length : at + options.length) - 1] ?? options[0])
    else if (event.key === "Escape") close()
    else if (event.key === "Enter" && at >= 0) take(options[at])
    else return
    event.preventDefault()
  })
  list.addEventListener("mousedown", (event) => {
    event.preventDefault()
    const option = event.target.closest("[role='option']")
    if (option) take(option)
  })
  field.addEventListener("blur", close)
}
