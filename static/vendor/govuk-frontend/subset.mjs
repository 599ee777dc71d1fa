// Which parts of govuk-frontend's script do our pages use? Bundled into govuk-subset.min.js as README.md says.
export { Button } from "govuk-frontend/dist/govuk/components/button/button.mjs"
export { CharacterCount } from "govuk-frontend/dist/govuk/components/character-count/character-count.mjs"
export { ErrorSummary } from "govuk-frontend/dist/govuk/components/error-summary/error-summary.mjs"
export { PasswordInput } from "govuk-frontend/dist/govuk/components/password-input/password-input.mjs"
