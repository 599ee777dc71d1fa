// What does script add? Nothing that a page needs: every journey works without it.
// Labels come from the markup (data-i18n.* attributes), so this file knows no language.
import { Button, CharacterCount, ErrorSummary, PasswordInput } from "../vendor/govuk-frontend/govuk-subset.min.js"

const WIDE = "(min-width: 60em)"

document.body.classList.add("js-enabled", "govuk-frontend-supported")

// Few browsers know how Kazakh writes figures (2 000, not 2,000); Russian writes them alike, and the markup has all its plural forms.
const FIGURES = { kk: "ru" }

for (const Component of [Button, CharacterCount, ErrorSummary, PasswordInput]) {
  for (const element of document.querySelectorAll(`[data-module="${Component.moduleName}"]`)) {
    try {
      const made = new Component(element)
      if (made.i18n?.locale in FIGURES) {
        made.i18n.locale = FIGURES[made.i18n.locale]
        made.updateCountMessage?.()
      }
    } catch (error) {
      console.error(error)
    }
  }
}

// A form is sent once, however often its button is pressed; coming back by the browser's arrow frees it again.
document.addEventListener("submit", (event) => {
  const form = event.target
  if (form.method !== "post") return
  if (form.dataset.sent) {
    event.preventDefault()
    return
  }
  form.dataset.sent = "true"
})
addEventListener("pageshow", () => {
  for (const form of document.querySelectorAll("form[data-sent]")) delete form.dataset.sent
})

// Contents and filters stand open beside the text when there is room.
const wide = matchMedia(WIDE)
const openWhenWide = () => {
  for (const details of document.querySelectorAll("details[data-open-when-wide]")) {
    const roomy = details.closest(".contents") ? matchMedia("(min-width: 75em)").matches : wide.matches
    if (roomy) details.open = true
    details.querySelector("summary").tabIndex = roomy ? -1 : 0
  }
}
openWhenWide()
wide.addEventListener("change", openWhenWide)
matchMedia("(min-width: 75em)").addEventListener("change", openWhenWide)

// On a phone the contents close again once a place is chosen.
document.addEventListener("click", (event) => {
  const details = event.target.closest?.(".contents__list a")?.closest("details")
  if (details && !matchMedia("(min-width: 75em)").matches) details.open = false
})

// A filter that is one list applies at once when asked to.
document.addEventListener("change", (event) => {
  if (event.target.closest("form[data-submit-on-change]")) event.target.form.requestSubmit()
})
