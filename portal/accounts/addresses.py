"""What is a usable e-mail address, and in which form is it kept and compared?"""

from __future__ import annotations

from email_validator import EmailNotValidError, ValidatedEmail, validate_email

from portal.kernel.errors import Invalid

LONGEST = 254  # RFC 5321, 4.5.3.1.3


def normal_address(text: str) -> str:
    """The address in lower case, its domain in the letters its owner writes; raises Invalid (field `email`).

    No network is asked: whether letters arrive is what the confirmation finds out.
    """
    return _checked(text).normalized.lower()


def wire_address(address: str) -> str:
    """The address as mail servers want it, its domain in ASCII; raises Invalid."""
    return _checked(address).ascii_email or address


def _checked(text: str) -> ValidatedEmail:
    if "=?" in text:  # allowed before the @, but mail programs decode it to something else (RFC 2047)
        raise _unusable()
    try:
        return validate_email(text, check_deliverability=False, allow_smtputf8=False, test_environment=True)
    except EmailNotValidError:
        raise _unusable() from None


def _unusable() -> Invalid:
    return Invalid("Enter an e-mail address such as name@example.kz.", field="email")
