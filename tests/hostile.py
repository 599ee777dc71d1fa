"""What do people type who mean harm, or who only paste from odd places? Every form and every address meets these."""

from __future__ import annotations

# a tag, attribute or word of this name in a page means that something typed was taken for markup or code
MARK = "hostilemark"
# what {{1337*7331}} and the like would become if it were run
COMPUTED = str(1337 * 7331)

STRINGS: dict[str, str] = {
    "script": f"<script>{MARK}()</script>",
    "attribute": f"'\"><{MARK} {MARK}=1 onfocus={MARK}() autofocus>",
    "textarea": f"</textarea></title></blockquote><{MARK}>",
    "comment": f"--><!-- ]]><![CDATA[<{MARK}>",
    "entities": f"&lt;{MARK}&gt; &#60;{MARK}&#62; &amp;lt; &nbsp &bogus; &#0; &#x1F600;",
    "json": f"\\\"}}]}}</script><{MARK}>\\u003c{MARK}\\u003e",
    "template": "{{1337*7331}} {%raw%} ${1337*7331} #{1337*7331} <%= 1337*7331 %> {{config}} {{''.__class__.__mro__}}",
    "format": "%s %d %(name)s %(count)s %n %% {0} {name} {0.__class__} %",
    "sql": "'; DROP TABLE user; -- \" OR 1=1 /* %_ \\",
    "query": "AND OR NOT (\"* ?:[TO] ^~ kind:draft text:* -- +-!{}",
    "header": f"x\r\nSet-Cookie: {MARK}=1\r\nLocation: https://evil.example\r\n\r\n<{MARK}>",
    "address": "javascript:alert(1)//https://evil.example/\\evil.example data:text/html,<b>",
    "path": "../../../../etc/passwd\\..\\..%2e%2e%2f file:///etc/passwd C:\\con .htaccess",
    "null": "nu\x00ll \x00\x01\x02\x07\x08\x0b\x0c\x1b[31m\x7f\x85\ufffe\uffff",
    "bidi": "\u202eevil\u202c \u2066\u2067\u2068\u2069\u200f\u200e user\u200bname\ufeff\u2060\u00ad",
    "rtl": "שלום עולם مرحبا بالعالم ١٢٣",
    "combining": "Z" + "\u0301\u0489\u0336" * 300 + "a" + "\u20dd" * 50,
    "emoji": "👩‍👩‍👧‍👦🇰🇿🏴󠁧󠁢󠁥󠁮󠁧󠁿🙈" * 20,
    "mixed": "Қазақстaн Реcпубликаcы ә ə һ h і i ӛ њ ѓ є ќ ﬁ ｆｕｌｌ Ⅷ ½ İıſ ẞ",
    "long word": "ж" * 5000,
    "spaces": " \t\u00a0\u2003\u3000\u2028\u2029 ",
    "number": "-1e999 0x10 １２３ ٣ NaN 99999999999999999999999999",
    "surrogate": "\ud800lone\udfff",
}  # fmt: skip
# the same, a few at a time, for tests that go over the whole portal
GROUPS: dict[str, str] = {
    "markup": " ".join(STRINGS[name] for name in ("script", "attribute", "textarea", "comment", "entities", "json")),
    "attribute": STRINGS["attribute"],
    "code": "\n".join(STRINGS[name] for name in ("template", "format", "sql", "query", "header", "address", "path")),
    "template": STRINGS["template"],
    "format": STRINGS["format"],
    "null": STRINGS["null"],
    "writing": " ".join(STRINGS[name] for name in ("bidi", "rtl", "combining", "emoji", "mixed")),
    "spaces": STRINGS["spaces"],
    "long word": STRINGS["long word"],
    "number": STRINGS["number"],
    "surrogate": STRINGS["surrogate"],
}
MEGABYTE = "Бір мегабайт мәтін. " * (1024 * 1024 // 36 + 1)

# what is no number of anything, or one that no database holds
NUMBERS = ("0", "2147483648", "9223372036854775807", "9223372036854775808", "9" * 40)
