"""What may a person type about an account?"""

from __future__ import annotations

from collections.abc import Callable

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, EmailField, Field, HiddenField, PasswordField, SelectField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.form import BaseForm
from wtforms.validators import DataRequired, Length, StopValidation

from portal.accounts.addresses import LONGEST as LONGEST_ADDRESS
from portal.accounts.policy import LONGEST_REASON, ensure_address, ensure_name, ensure_password
from portal.accounts.roles import Role
from portal.kernel.errors import DomainError
from portal.web.errors import sentence
from portal.web.forms import PortalForm, clean_line, clean_text
from portal.web.locale import LANGUAGES

ROLE_NAMES = {
    Role.citizen: _l("Citizen"),
    Role.drafter: _l("Drafter of a state body"),
    Role.moderator: _l("Moderator"),
    Role.administrator: _l("Administrator"),
    Role.auditor: _l("Auditor"),
}
_ROLES = [SelectChoice(role.value, name) for role, name in ROLE_NAMES.items()]
_ADDRESS_NEEDED = DataRequired(_l("Enter your e-mail address."))
_ADDRESS_LENGTH = Length(max=LONGEST_ADDRESS, message=_l("The address is too long."))


def obeys(rule: Callable[[str], None]) -> Callable[[BaseForm, Field], None]:
    """A validator that asks a policy, so that a person reads of every fault at once."""

    def validate(form: BaseForm, field: Field) -> None:
        try:
            rule(field.data or "")
        except DomainError as error:
            raise StopValidation(sentence(error)) from None

    return validate


class SignInForm(PortalForm):
    """Address and password; `next` and `kept` travel along."""

    email = EmailField(_l("E-mail address"), [_ADDRESS_NEEDED], filters=[clean_line])
    password = PasswordField(_l("Password"), [DataRequired(_l("Enter your password."))])
    next = HiddenField()
    kept = HiddenField()


class ConfirmForm(PortalForm):
    """The password chosen when registering."""

    password = PasswordField(_l("Password"), [DataRequired(_l("Enter your password."))])


class RegistrationForm(PortalForm):
    """What a new person gives."""

    name = StringField(
        _l("Name shown to others"),
        [DataRequired(_l("Enter the name others will see.")), obeys(ensure_name)],
        filters=[clean_line],
    )
    email = EmailField(
        _l("E-mail address"), [_ADDRESS_NEEDED, _ADDRESS_LENGTH, obeys(ensure_address)], filters=[clean_line]
    )
    password = PasswordField(_l("Password"), [DataRequired(_l("Enter a password."))])
    next = HiddenField()

    def validate_password(self, field: Field) -> None:
        """Not made of the name or the address beside it."""
        obeys(lambda typed: ensure_password(typed, email=self.email.data or "", name=self.name.data or ""))(self, field)


class AddressForm(PortalForm):
    """An address a letter is to be sent to."""

    email = EmailField(
        _l("E-mail address"), [_ADDRESS_NEEDED, _ADDRESS_LENGTH, obeys(ensure_address)], filters=[clean_line]
    )


class NewPasswordForm(PortalForm):
    """A new password for the holder of a mailed link."""

    password = PasswordField(_l("New password"), [DataRequired(_l("Enter a new password."))])


class ChangePasswordForm(PortalForm):
    """The present password and the new one."""

    present_password = PasswordField(_l("Present password"), [DataRequired(_l("Enter your present password."))])
    password = PasswordField(_l("New password"), [DataRequired(_l("Enter a new password."))])


class AccountForm(PortalForm):
    """What a person may change about themselves."""

    name = StringField(
        _l("Name shown to others"),
        [DataRequired(_l("Enter the name others will see.")), obeys(ensure_name)],
        filters=[clean_line],
    )
    language = SelectField(
        _l("Language of letters"), choices=[SelectChoice(code, name) for code, (_short, name) in LANGUAGES.items()]
    )
    wants_letters = BooleanField(_l("Send me letters about answers to my comments and about reports"))


class PeopleForm(PortalForm):
    """The filters of the list of people."""

    q = StringField(_l("Name or e-mail address"), filters=[clean_line])
    role = SelectField(_l("Role"), choices=[SelectChoice("", _l("All roles")), *_ROLES], validate_choice=False)


class RoleForm(PortalForm):
    """A role and, for a drafter, the body."""

    role = SelectField(_l("Role"), choices=_ROLES)
    body = SelectField(_l("State body"))


class ReasonForm(PortalForm):
    """Why a person is blocked or let in again."""

    reason = TextAreaField(
        _l("Reason"),
        [DataRequired(_l("Give the reason; the person will read it.")), Length(max=LONGEST_REASON)],
        filters=[clean_text],
    )
