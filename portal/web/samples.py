"""Which words fill the gallery of components in each language?"""

from __future__ import annotations

from dataclasses import dataclass

Segments = tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Words:
    """Sample words of one language."""

    lang: str
    labels: tuple[str, ...]
    decisions: tuple[str, ...]
    stances: tuple[str, ...]
    areas: tuple[str, ...]
    bodies: tuple[str, ...]
    error: str
    hint: str
    steps: tuple[str, ...]
    step_notes: tuple[str | None, ...]
    chapter: tuple[str, str]
    article_label: str
    article_heading: str
    article_text: str
    provisions: tuple[str, Segments, str, str, str]
    changed: str
    quote: str
    change: Segments
    authors: tuple[str, str]
    comments: tuple[str, str, str]
    votes: tuple[str, str, str]
    reason: str
    titles: tuple[str, str, str]
    types: tuple[str, str, str]
    lefts: tuple[str, str, str]
    open: str
    support: str
    stats: tuple[tuple[str, str], ...]
    sentence: str
    short: str
    action: str


KK = Words(
    lang="kk",
    labels=(
        "Жобаның атауы", "Электрондық пошта мекенжайы", "Пікіріңіз", "Ұсынылатын мәтін", "Қарау нәтижесі", "Ұстаным",
        "Санаттар", "Пайдалану шарттарымен келісемін", "Әзірлеуші орган", "Талқылау басталатын күн", "Қоса берілген файл", "Құпиясөз",
    ),
    decisions=("Қабылданды", "Ішінара қабылданды", "Қабылданбады", "Жобаға қатысы жоқ"),
    stances=("Қолдаймын", "Қарсымын", "Бейтарап"),
    areas=("Көлік және коммуникация", "Денсаулық сақтау", "Білім"),
    bodies=("Көлік министрлігі", "Өнеркәсіп және құрылыс министрлігі", "Есіл ауданының мәслихаты"),
    error="Бұл өрісті толтырыңыз.",
    hint="Қысқа әрі анық жазыңыз.",
    steps=("Хабарланды", "Талқылау", "Жауап беру", "Есеп", "Қабылдау"),
    step_notes=("9 қараша", "9 желтоқсанға дейін, 12 жұмыс күні қалды", "23 желтоқсанға дейін", None, None),
    chapter=("2-тарау", "Жол ақысы және жеңілдіктер"),
    article_label="12-бап.",
    article_heading="Жолаушының құқықтары",
    article_text="Жолаушының қауіпсіз және қолжетімді көлікпен жүруге құқығы бар.",
    provisions=(
        "Жолаушы жол ақысын көлікке кірген кезде электрондық төлем жүйесі арқылы не тасымалдаушының мобильді қосымшасында төлейді.",
        (
            ("equal", "Қолма-қол ақшамен төлеген жолаушыдан алынатын жол ақысы электрондық төлем бойынша белгіленген тарифтен "),
            ("quoted", "екі еседен аспауға тиіс"), ("equal", "."),
        ),
        "Мыналар жол ақысын төлеуден босатылады:",
        "жеті жасқа дейінгі балалар;",
        "бірінші және екінші топтағы мүгедектігі бар адамдар.",
    ),
    changed="Мәтін өзгерген",
    quote="екі еседен аспауға тиіс",
    change=(
        ("equal", "…электрондық төлем бойынша белгіленген тарифтен "), ("deleted", "екі еседен"), ("equal", " "),
        ("inserted", "он пайыздан"), ("equal", " аспауға тиіс."),
    ),
    authors=("Тұрғын, Қостанай", "«Жаяу Алматы» ҚҚ"),
    comments=(
        "Ауылдан келетін қарт адамдардың картасы жоқ. Екі есе тариф дәл соларға тиеді.",
        "Қолма-қол ақшадан бас тарту аялдамадағы уақытты қысқартады; бірақ карта сататын орындар жеткіліксіз.",
        "Студенттерге жеңілдік неге жоқ?",
    ),
    votes=("Келісемін", "Келіспеймін", "Өткізіп жіберу"),
    reason="65 жастан асқан адамдар үшін бірыңғай тариф сақталады.",
    titles=(
        "Қоғамдық көлікте жолаушыларды тасымалдау қағидаларын бекіту туралы",
        "Жер қойнауы туралы кодекске өзгерістер мен толықтырулар енгізу туралы",
        "2027–2029 жылдарға арналған аудандық бюджет туралы",
    ),
    types=("бұйрық", "заң", "шешім"),
    lefts=("3 күн қалды", "5 күн қалды", "6 күн қалды"),
    open="Талқылау жүріп жатыр",
    support="146 қолдау",
    stats=(
        ("3312", "талқылауға ашық жоба"), ("14406", "пікір биыл түсті"),
        ("91 %", "пікірге мерзімінде жауап берілді (барлығы 14 406, оның ішінде 13 110)"), ("1127", "пікір мәтінді өзгертті"),
    ),
    sentence="Пікіріңіз жарияланды және ашық тізілімде № 20 418 болып тіркелді. Түбіртекті сақтап қойыңыз.",
    short="Толығырақ",
    action="Пікір қалдыру",
)  # fmt: skip

RU = Words(
    lang="ru",
    labels=(
        "Наименование проекта", "Адрес электронной почты", "Ваш комментарий", "Предлагаемая формулировка", "Результат рассмотрения",
        "Позиция", "Категории", "Принимаю условия использования", "Орган-разработчик", "Дата начала обсуждения", "Вложение", "Пароль",
    ),
    decisions=("Принято", "Принято частично", "Не принято", "Не относится к проекту"),
    stances=("За", "Против", "Нейтрально"),
    areas=("Транспорт и коммуникации", "Здравоохранение", "Образование"),
    bodies=("Министерство транспорта", "Министерство промышленности и строительства", "Маслихат Есильского района"),
    error="Заполните это поле.",
    hint="Напишите коротко и ясно.",
    steps=("Объявлено", "Обсуждение", "Ответы", "Отчёт", "Принятие"),
    step_notes=("9 ноября", "до 9 декабря, осталось 12 рабочих дней", "до 23 декабря", None, None),
    chapter=("Глава 2", "Плата за проезд и льготы"),
    article_label="Статья 12.",
    article_heading="Права пассажира",
    article_text="Пассажир имеет право на безопасный и доступный проезд.",
    provisions=(
        "Пассажир оплачивает проезд при входе в транспорт через систему электронной оплаты или в мобильном приложении перевозчика.",
        (
            ("equal", "Плата за проезд, взимаемая с пассажира, рассчитавшегося наличными, не должна превышать тариф электронной оплаты "),
            ("quoted", "более чем в два раза"), ("equal", "."),
        ),
        "От платы за проезд освобождаются:",
        "дети до семи лет;",
        "лица с инвалидностью первой и второй группы.",
    ),
    changed="Текст изменён",
    quote="более чем в два раза",
    change=(
        ("equal", "…не должна превышать тариф электронной оплаты "), ("deleted", "более чем в два раза"), ("equal", " "),
        ("inserted", "более чем на десять процентов"), ("equal", "."),
    ),
    authors=("Житель, Костанай", "ОО «Пеший Алматы»"),
    comments=(
        "У пожилых людей из сёл нет карт. Двойной тариф ударит именно по ним.",
        "Отказ от наличных сокращает время на остановке, но мест продажи карт недостаточно.",
        "Почему нет льготы студентам?",
    ),
    votes=("Поддерживаю", "Не поддерживаю", "Пропустить"),
    reason="Для людей старше 65 лет сохраняется единый тариф.",
    titles=(
        "Об утверждении Правил перевозки пассажиров общественным транспортом",
        "О внесении изменений и дополнений в Кодекс о недрах и недропользовании",
        "О районном бюджете на 2027–2029 годы",
    ),
    types=("приказ", "закон", "решение"),
    lefts=("Осталось 3 дня", "Осталось 5 дней", "Осталось 6 дней"),
    open="Идёт обсуждение",
    support="146 голосов",
    stats=(
        ("3312", "проектов открыто для обсуждения"), ("14406", "комментариев поступило в этом году"),
        ("91 %", "ответов дано в срок (13 110 из 14 406)"), ("1127", "комментариев изменили текст"),
    ),
    sentence="Комментарий опубликован и внесён в публичный реестр под № 20 418. Сохраните квитанцию.",
    short="Подробнее",
    action="Оставить комментарий",
)  # fmt: skip

EN = Words(
    lang="en",
    labels=(
        "Title of the draft", "E-mail address", "Your comment", "Proposed wording", "Outcome", "Stance", "Categories",
        "I accept the terms of use", "Developing body", "Start of the discussion", "Attached file", "Password",
    ),
    decisions=("Accepted", "Partly accepted", "Not accepted", "Out of scope"),
    stances=("For", "Against", "Neutral"),
    areas=("Transport and communications", "Health", "Education"),
    bodies=("Ministry of Transport", "Ministry of Industry and Construction", "Maslikhat of Yesil district"),
    error="Fill in this field.",
    hint="Be short and clear.",
    steps=("Announced", "Discussion", "Answers", "Report", "Adoption"),
    step_notes=("9 November", "until 9 December, 12 working days left", "until 23 December", None, None),
    chapter=("Chapter 2", "Fares and concessions"),
    article_label="Article 12.",
    article_heading="Rights of the passenger",
    article_text="A passenger has the right to safe and accessible transport.",
    provisions=(
        "A passenger pays the fare on boarding through the electronic payment system or in the carrier’s mobile application.",
        (
            ("equal", "The fare taken from a passenger who pays in cash must not exceed the tariff for electronic payment "),
            ("quoted", "more than twofold"), ("equal", "."),
        ),
        "The following are exempt from the fare:",
        "children under seven;",
        "persons with a disability of the first and second group.",
    ),
    changed="Text changed",
    quote="more than twofold",
    change=(
        ("equal", "…must not exceed the tariff for electronic payment "), ("deleted", "more than twofold"), ("equal", " "),
        ("inserted", "by more than ten per cent"), ("equal", "."),
    ),
    authors=("Resident, Kostanay", "Walking Almaty"),
    comments=(
        "Old people from the villages have no cards. The double fare falls on them.",
        "Giving up cash shortens the time at the stop, but there are too few places that sell cards.",
        "Why is there no concession for students?",
    ),
    votes=("Agree", "Disagree", "Pass"),
    reason="A single fare is kept for people over 65.",
    titles=(
        "On approval of the rules for the carriage of passengers by public transport",
        "On amendments and additions to the Code on subsoil",
        "On the district budget for 2027–2029",
    ),
    types=("order", "law", "decision"),
    lefts=("3 days left", "5 days left", "6 days left"),
    open="Discussion is open",
    support="146 in support",
    stats=(
        ("3312", "drafts open for discussion"), ("14406", "comments came this year"),
        ("91%", "of comments answered in time (13,110 of 14,406)"), ("1127", "comments changed the text"),
    ),
    sentence="Your comment is published and entered in the public record as No 20,418. Keep the receipt.",
    short="Details",
    action="Leave a comment",
)  # fmt: skip

SAMPLES = {"kk": KK, "ru": RU, "en": EN}
