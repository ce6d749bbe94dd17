"""The words that documents add to a résumé, and its dates, in the language of the résumé.

Dates are strings of digits from beginning to end. No calendar, time zone or clock is involved, so none can shift them.
"""

# ruff: noqa: E501, RUF001 - names and words in many scripts, a line per language
from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from functions._shared.domain.documents.month_names import LONG, SHORT
from functions._shared.domain.resume.dates import year_and_month

if TYPE_CHECKING:
    from datetime import date as Date  # noqa: N812 - a method has the name

_KEYS: Final = (
    "summary", "experience", "education", "skills", "projects", "certifications", "languages", "awards", "volunteer",
    "publications", "interests", "references",
)  # fmt: skip
_WORDS: Final = ("present", "technical", "soft", "contact", "technologies", "courses", "document")

# Language → the headings in the order of `_KEYS`; then the words in the order of `_WORDS`.
_TEXTS: Final[dict[str, tuple[str, str]]] = {
    "en": ("Summary|Experience|Education|Skills|Projects|Certifications|Languages|Awards|Volunteering|Publications|Interests|References", "Present|Technical|Soft skills|Contact|Technologies|Courses|Résumé"),
    "de": ("Profil|Berufserfahrung|Ausbildung|Kenntnisse|Projekte|Zertifikate|Sprachen|Auszeichnungen|Ehrenamt|Veröffentlichungen|Interessen|Referenzen", "heute|Fachlich|Persönlich|Kontakt|Technologien|Kurse|Lebenslauf"),
    "fr": ("Profil|Expérience professionnelle|Formation|Compétences|Projets|Certifications|Langues|Distinctions|Bénévolat|Publications|Centres d’intérêt|Références", "aujourd’hui|Techniques|Qualités personnelles|Contact|Technologies|Cours|Curriculum vitæ"),
    "es": ("Perfil|Experiencia|Formación|Habilidades|Proyectos|Certificaciones|Idiomas|Premios|Voluntariado|Publicaciones|Intereses|Referencias", "actualidad|Técnicas|Personales|Contacto|Tecnologías|Cursos|Currículum"),
    "it": ("Profilo|Esperienza|Istruzione|Competenze|Progetti|Certificazioni|Lingue|Riconoscimenti|Volontariato|Pubblicazioni|Interessi|Referenze", "oggi|Tecniche|Trasversali|Contatti|Tecnologie|Corsi|Curriculum vitae"),
    "pt": ("Perfil|Experiência|Formação|Competências|Projetos|Certificações|Idiomas|Prêmios|Voluntariado|Publicações|Interesses|Referências", "atual|Técnicas|Pessoais|Contato|Tecnologias|Cursos|Currículo"),
    "nl": ("Profiel|Werkervaring|Opleiding|Vaardigheden|Projecten|Certificaten|Talen|Onderscheidingen|Vrijwilligerswerk|Publicaties|Interesses|Referenties", "heden|Technisch|Persoonlijk|Contact|Technologieën|Vakken|Cv"),
    "pl": ("Podsumowanie|Doświadczenie|Wykształcenie|Umiejętności|Projekty|Certyfikaty|Języki|Nagrody|Wolontariat|Publikacje|Zainteresowania|Referencje", "obecnie|Techniczne|Miękkie|Kontakt|Technologie|Kursy|Życiorys"),
    "cs": ("Profil|Pracovní zkušenosti|Vzdělání|Dovednosti|Projekty|Certifikáty|Jazyky|Ocenění|Dobrovolnictví|Publikace|Zájmy|Reference", "dosud|Odborné|Osobní|Kontakt|Technologie|Kurzy|Životopis"),
    "sv": ("Profil|Arbetslivserfarenhet|Utbildning|Kompetenser|Projekt|Certifikat|Språk|Utmärkelser|Ideellt arbete|Publikationer|Intressen|Referenser", "nu|Tekniska|Personliga|Kontakt|Tekniker|Kurser|Meritförteckning"),
    "da": ("Profil|Erhvervserfaring|Uddannelse|Kompetencer|Projekter|Certifikater|Sprog|Priser|Frivilligt arbejde|Publikationer|Interesser|Referencer", "nu|Faglige|Personlige|Kontakt|Teknologier|Kurser|Cv"),
    "nb": ("Profil|Arbeidserfaring|Utdanning|Ferdigheter|Prosjekter|Sertifikater|Språk|Utmerkelser|Frivillig arbeid|Publikasjoner|Interesser|Referanser", "nå|Faglige|Personlige|Kontakt|Teknologier|Kurs|CV"),
    "fi": ("Profiili|Työkokemus|Koulutus|Osaaminen|Projektit|Sertifikaatit|Kielitaito|Palkinnot|Vapaaehtoistyö|Julkaisut|Kiinnostuksen kohteet|Suosittelijat", "nykyhetki|Tekninen|Henkilökohtainen|Yhteystiedot|Teknologiat|Kurssit|Ansioluettelo"),
    "tr": ("Özet|Deneyim|Eğitim|Beceriler|Projeler|Sertifikalar|Diller|Ödüller|Gönüllülük|Yayınlar|İlgi alanları|Referanslar", "halen|Teknik|Kişisel|İletişim|Teknolojiler|Dersler|Özgeçmiş"),
    "hu": ("Összefoglaló|Szakmai tapasztalat|Tanulmányok|Készségek|Projektek|Tanúsítványok|Nyelvek|Díjak|Önkéntesség|Publikációk|Érdeklődés|Referenciák", "jelenleg|Szakmai|Személyes|Elérhetőség|Technológiák|Kurzusok|Önéletrajz"),
    "ro": ("Profil|Experiență|Educație|Competențe|Proiecte|Certificări|Limbi|Premii|Voluntariat|Publicații|Interese|Referințe", "prezent|Tehnice|Personale|Contact|Tehnologii|Cursuri|Curriculum vitae"),
    "id": ("Ringkasan|Pengalaman|Pendidikan|Keahlian|Proyek|Sertifikasi|Bahasa|Penghargaan|Kegiatan sukarela|Publikasi|Minat|Referensi", "sekarang|Teknis|Pribadi|Kontak|Teknologi|Mata kuliah|Daftar riwayat hidup"),
    "vi": ("Tóm tắt|Kinh nghiệm|Học vấn|Kỹ năng|Dự án|Chứng chỉ|Ngôn ngữ|Giải thưởng|Hoạt động tình nguyện|Ấn phẩm|Sở thích|Người giới thiệu", "hiện tại|Kỹ thuật|Kỹ năng mềm|Liên hệ|Công nghệ|Môn học|Sơ yếu lý lịch"),
    "ru": ("О себе|Опыт работы|Образование|Навыки|Проекты|Сертификаты|Языки|Награды|Волонтёрство|Публикации|Интересы|Рекомендации", "настоящее время|Технические|Личные качества|Контакты|Технологии|Курсы|Резюме"),
    "uk": ("Про себе|Досвід роботи|Освіта|Навички|Проєкти|Сертифікати|Мови|Нагороди|Волонтерство|Публікації|Інтереси|Рекомендації", "дотепер|Технічні|Особисті якості|Контакти|Технології|Курси|Резюме"),
    "el": ("Προφίλ|Επαγγελματική εμπειρία|Εκπαίδευση|Δεξιότητες|Έργα|Πιστοποιήσεις|Γλώσσες|Διακρίσεις|Εθελοντισμός|Δημοσιεύσεις|Ενδιαφέροντα|Συστάσεις", "σήμερα|Τεχνικές|Προσωπικές|Επικοινωνία|Τεχνολογίες|Μαθήματα|Βιογραφικό"),
    "ar": ("نبذة|الخبرة المهنية|التعليم|المهارات|المشاريع|الشهادات|اللغات|الجوائز|العمل التطوعي|المنشورات|الاهتمامات|المراجع", "حتى الآن|تقنية|شخصية|معلومات الاتصال|التقنيات|المقررات|السيرة الذاتية"),
    "fa": ("خلاصه|سوابق کاری|تحصیلات|مهارت‌ها|پروژه‌ها|گواهی‌نامه‌ها|زبان‌ها|جوایز|فعالیت داوطلبانه|انتشارات|علاقه‌مندی‌ها|معرف‌ها", "اکنون|فنی|فردی|تماس|فناوری‌ها|دوره‌ها|رزومه"),
    "he": ("תמצית|ניסיון תעסוקתי|השכלה|כישורים|פרויקטים|הסמכות|שפות|פרסים|התנדבות|פרסומים|תחומי עניין|ממליצים", "היום|טכניים|אישיים|פרטי קשר|טכנולוגיות|קורסים|קורות חיים"),
    "hi": ("परिचय|कार्य अनुभव|शिक्षा|कौशल|परियोजनाएँ|प्रमाणपत्र|भाषाएँ|पुरस्कार|स्वयंसेवा|प्रकाशन|रुचियाँ|संदर्भ", "वर्तमान|तकनीकी|व्यक्तिगत|संपर्क|तकनीकें|पाठ्यक्रम|जीवनवृत्त"),
    "zh": ("个人简介|工作经历|教育背景|技能|项目经历|证书|语言|获奖情况|志愿活动|出版物|兴趣爱好|推荐人", "至今|专业技能|综合能力|联系方式|技术|课程|简历"),
    "ja": ("自己紹介|職務経歴|学歴|スキル|プロジェクト|資格|語学|受賞歴|ボランティア活動|著作|趣味|推薦者", "現在|技術|対人|連絡先|使用技術|履修科目|履歴書"),
    "ko": ("자기소개|경력|학력|기술|프로젝트|자격증|어학|수상|봉사활동|저서 및 논문|관심사|추천인", "현재|전문 기술|대인 역량|연락처|사용 기술|수강 과목|이력서"),
}  # fmt: skip
_TOO_FULL_TO_CAPITALISE: Final = frozenset({"ar", "fa", "he", "hi", "zh", "ja", "ko"})
_COMMAS: Final = {"ar": "، ", "fa": "، ", "zh": "、", "ja": "、"}
_PLAIN: Final = "{day} {month} {year}"
_OF: Final = "{day} de {month} de {year}"
_DAYS: Final = {
    "en": _PLAIN, "de": "{day}. {month} {year}", "fr": _PLAIN, "es": _OF, "it": _PLAIN, "pt": _OF, "nl": _PLAIN,
    "sv": _PLAIN, "da": "{day}. {month} {year}", "nb": "{day}. {month} {year}", "tr": _PLAIN, "ro": _PLAIN, "id": _PLAIN,
    "hu": "{year}. {month} {day}.", "hi": _PLAIN, "ar": _PLAIN, "fa": _PLAIN, "he": "{day} ב{month} {year}",
}  # fmt: skip
"""Languages that write the name of the month beside a day as they do beside a year."""
_GREEK_CAPITALS: Final = str.maketrans("ΆΈΉΊΌΎΏ", "ΑΕΗΙΟΥΩ")


@dataclass(frozen=True, slots=True)
class Time:
    """A date as it is printed, and as ``YYYY`` or ``YYYY-MM``; the latter is empty for the present."""

    text: str
    date: str = ""


@dataclass(frozen=True, slots=True)
class Locale:
    """The words of one language.

    Parameters
    ----------
    language : str
        ISO 639-1.
    headings : dict
        Section → heading.
    words : dict
        ``present``, ``technical``, ``soft``, ``contact``, ``technologies``, ``courses`` and ``document``.
    """

    language: str
    headings: dict[str, str]
    words: dict[str, str]

    @property
    def comma(self) -> str:
        """What stands between the items of a list."""
        return _COMMAS.get(self.language, ", ")

    @property
    def colon(self) -> str:
        """What stands after a label."""
        return "：" if self.language in {"zh", "ja"} else ": "

    def date(self, value: str | None, pattern: str) -> str:
        """Write a partial date. What it leaves out is not invented: "2019" stays "2019"."""
        parsed = year_and_month(value)
        if parsed is None:
            return ""
        year, month = parsed
        if not month or "M" not in pattern:
            return str(year)
        if pattern.count("M") < len("MMM"):
            return f"{month:02}/{year}"
        if self.language in {"zh", "ja"}:
            return f"{year}年{month}月"
        if self.language == "ko":
            return f"{year}년 {month}월"
        names = LONG if "MMMM" in pattern else SHORT
        name = names.get(self.language, names["en"])[month - 1]
        return f"{year}. {name}" if self.language == "hu" else f"{name} {year}"

    def day(self, value: Date, *, american: bool = False) -> str:
        """Write a day in full. Where the month would have another ending beside a day, it is a number."""
        day, month, year = value.day, value.month, value.year
        if self.language in {"zh", "ja"}:
            return f"{year}年{month}月{day}日"
        if self.language == "ko":
            return f"{year}년 {month}월 {day}일"
        if self.language not in _DAYS:
            return f"{day:02}.{month:02}.{year}"
        name = LONG[self.language][month - 1]
        if self.language == "en" and american:
            return f"{name} {day}, {year}"
        return _DAYS[self.language].format(day=day, month=name, year=year)

    def time(self, value: str | None, pattern: str) -> list[Time]:
        """Write a partial date as a list of one time, or of none."""
        text = self.date(value, pattern)
        return [Time(text, shown_date(value, pattern))] if value and text else []

    def span(self, start: str | None, end: str | None, pattern: str) -> list[Time]:
        """Write the time between two partial dates; without an end it is ongoing."""
        first = self.time(start, pattern)
        last = self.time(end, pattern) or ([Time(self.words["present"])] if first else [])
        return last if first == last else first + last

    def upper(self, text: str) -> str:
        """Write a text in capitals, as the language does; a script without capitals stays as it is."""
        if self.language in _TOO_FULL_TO_CAPITALISE:
            return text
        if self.language == "tr":
            text = text.replace("i", "İ").replace("ı", "I")
        upper = text.upper()
        return upper.translate(_GREEK_CAPITALS) if self.language == "el" else upper


def shown_date(value: str, pattern: str) -> str:
    """Cut a partial date down to what a document with this pattern shows of it."""
    parsed = year_and_month(value)
    if parsed is None:
        return value
    year, month = parsed
    return f"{year}-{month:02}" if month and "M" in pattern else str(year)


def locale_of(language: str) -> Locale:
    """Return the words of a language; English ones if there are none."""
    code = language.split("-", maxsplit=1)[0].lower()
    headings, words = _TEXTS.get(code) or _TEXTS["en"]
    return Locale(
        code if code in _TEXTS else "en",
        dict(zip(_KEYS, headings.split("|"), strict=True)),
        dict(zip(_WORDS, words.split("|"), strict=True)),
    )


def languages() -> tuple[str, ...]:
    """Return the languages that headings exist in."""
    return tuple(_TEXTS)
